import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import type { ReceivedMail } from '../support/smtp.ts'
import { collectErrors, type RunningDesk, startRunningDesk, writeInWidget } from './running-desk.ts'

const vera = { name: 'Vera', email: 'vera@visitor.example', text: 'Does the grinder fit a V60?' }
const entry = /^Wrote to us before\?/

describe('a conversation that a browser has lost comes back by e-mail', () => {
  let desk: RunningDesk
  let browser: Browser
  let visitor: Page
  const errors: string[][] = []
  const used: string[] = []

  async function person(): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    errors.push(collectErrors(page))
    return page
  }

  /** The newest e-mail to the visitor whose link nobody has used. */
  async function newestLink(): Promise<{ url: string; code: string; mail: ReceivedMail }> {
    const read = ({ text = '' }: ReceivedMail) => ({
      url: /http\S+#link=[\w-]{43}/.exec(text)?.[0] ?? '',
      code: /^(\d{6})\s*$/m.exec(text)?.[1] ?? '',
    })
    const mail = await desk.smtp.waitForMail((one) => {
      const { url } = read(one)
      return one.envelope.to.includes(vera.email) && url !== '' && !used.includes(url)
    })
    const { url, code } = read(mail)
    used.push(url)
    return { url, code, mail }
  }

  /** Where pictures of every step go, to be looked at. */
  const shots = process.env.HELPDESK_SHOTS
  const issues = async (page: Page) =>
    (
      await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
    ).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)

  /** In both lights, on a phone and on a desk: nothing is wider than the page, and axe finds nothing. */
  async function looksRight(page: Page, name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 780 })
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(`${name} ${width}: ${excess}`).toBe(`${name} ${width}: 0`)
        if (shots) await page.screenshot({ path: `${shots}/restore-${name}-${colorScheme}-${width}.png` })
      }
      expect(await issues(page)).toEqual([])
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

  const kept = (page: Page) => page.evaluate(() => localStorage.getItem('helpdesk:demo:'))
  const openWidget = (page: Page) =>
    page
      .getByRole('button', { name: /^Slowpour/ })
      .first()
      .click()
  async function ask(page: Page): Promise<void> {
    await page.getByLabel('Email').fill(vera.email)
    await page.getByRole('button', { name: 'Send email' }).click()
    await page.getByLabel('Six-digit code').waitFor()
  }

  beforeAll(async () => {
    desk = await startRunningDesk()
    browser = await launchBrowser()
    visitor = await person()
  })
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
  })

  it('with the code, typed where it was asked for', async () => {
    await visitor.goto(`${desk.url}/demo`)
    await openWidget(visitor)
    await writeInWidget(visitor, vera)
    await visitor.getByText(vera.text, { exact: true }).waitFor()
    const first = await kept(visitor)
    expect(first).not.toBeNull()
    await visitor.evaluate(() => localStorage.clear())
    await visitor.reload()
    await openWidget(visitor)
    await visitor.getByRole('button', { name: entry }).waitFor()
    await looksRight(visitor, '1-home')
    await visitor.getByRole('button', { name: entry }).click()
    await visitor.getByLabel('Email').waitFor()
    await looksRight(visitor, '2-address')
    await ask(visitor)
    expect(await kept(visitor)).toBeNull()
    const { code, mail } = await newestLink()
    expect(mail.raw).not.toContain('V60')
    await looksRight(visitor, '3-code')
    const field = visitor.getByLabel('Six-digit code')
    expect(await field.evaluate((one: HTMLInputElement) => [one.inputMode, one.autocomplete])).toEqual([
      'numeric',
      'one-time-code',
    ])
    await field.fill(code === '000000' ? '111111' : '000000')
    await visitor.keyboard.press('Enter')
    await visitor.getByText(/This code is wrong or no longer works/).waitFor()
    await looksRight(visitor, '4-wrong')
    await field.fill(`${code.slice(0, 3)} ${code.slice(3)}`)
    await visitor.keyboard.press('Enter')
    await visitor.getByText(vera.text, { exact: true }).waitFor()
    await looksRight(visitor, '5-back')
    expect(await kept(visitor)).not.toBe(first)
    await visitor.reload()
    await openWidget(visitor)
    await visitor.getByText(`You: ${vera.text}`).click()
    await visitor.getByText(vera.text, { exact: true }).waitFor()
  })

  it('with the link, in whatever browser it is opened, once and by a person', async () => {
    const other = await person()
    await other.goto(`${desk.url}/p/demo/contact?locale=en`)
    await other.getByRole('button', { name: entry }).scrollIntoViewIfNeeded()
    await looksRight(other, '6-contact')
    await other.getByRole('button', { name: entry }).click()
    await ask(other)
    await looksRight(other, '7-contact-code')
    const { url } = await newestLink()
    const reader = await person()
    // A program that looks into e-mails opens the address, and nothing is used up.
    const scanner = await fetch(url.split('#')[0] ?? '')
    expect([
      scanner.status,
      scanner.headers.get('x-robots-tag'),
      scanner.headers.get('referrer-policy'),
    ]).toEqual([200, 'noindex, nofollow', 'no-referrer'])
    await reader.goto(url)
    const button = reader.getByRole('button', { name: 'Open my conversations' })
    await button.waitFor()
    await looksRight(reader, '8-link')
    await button.click()
    await reader.getByText(vera.text, { exact: true }).waitFor()
    expect(new URL(reader.url()).hash).toBe('')
    await looksRight(reader, '9-link-open')
    await reader.getByRole('textbox').fill('I am on the train now.')
    await reader.keyboard.press('Enter')
    // Where it was brought back first it arrives as well.
    await visitor.getByText('I am on the train now.', { exact: true }).waitFor()
    await reader.reload()
    await reader
      .getByText(/I am on the train now\./)
      .first()
      .waitFor()

    const late = await person()
    await late.goto(url)
    await late.getByRole('button', { name: 'Open my conversations' }).click()
    await late
      .getByRole('alert')
      .getByText(/This link no longer works/)
      .waitFor()
    await looksRight(late, '10-link-over')
  })

  it('and where tickets are opened and followed it is offered as well', async () => {
    const page = await person()
    await page.goto(`${desk.url}/p/demo/tickets?locale=en`)
    const offer = page.getByRole('button', { name: /^Already have tickets\?/ })
    await offer.waitFor()
    await looksRight(page, '11-tickets')
    await page.getByRole('button', { name: 'New ticket' }).click()
    await offer.scrollIntoViewIfNeeded()
    await looksRight(page, '12-new-ticket')
    await offer.click()
    await page.getByRole('heading', { name: 'Your earlier conversations' }).waitFor()
  })

  it('without an error in any page, apart from codes and links that were refused', () => {
    expect(errors.flat()).toEqual([])
  })
})
