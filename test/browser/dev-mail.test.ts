import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { collectErrors, owner, type RunningDesk, startRunningDesk } from './running-desk.ts'

const visitor = { name: 'Anna Nowak', email: 'anna@nowak.example' }

describe('mails that are kept are read and answered in the browser', () => {
  let desk: RunningDesk
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let errors: string[]

  beforeAll(async () => {
    desk = await startRunningDesk({ mail: false })
    // Jobs run by the machine's clock: ours must not be ahead of it when the waiting is over.
    desk.clock.advance(-180_000)
    browser = await launchBrowser()
    context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    page = await context.newPage()
    page.setDefaultTimeout(20_000)
    errors = collectErrors(page)
  })
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
  })

  /** Where pictures of every page go, to be looked at. */
  const shots = process.env.HELPDESK_SHOTS
  async function shoot(name: string): Promise<void> {
    if (shots) await page.screenshot({ path: `${shots}/${name}.png` })
  }
  const issues = async () =>
    (
      await new AxeBuilder({ page })
        // What stands in the frame is the mail's own, and no script of axe's can run there.
        .setLegacyMode()
        .options({ iframes: false })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze()
    ).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)

  /** In both lights and three widths: nothing is wider than the page, and axe finds nothing. */
  async function looksRight(name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({ width, height: 900 })
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(`${name} ${width}: ${excess}`).toBe(`${name} ${width}: 0`)
        await shoot(`${name}-${colorScheme}-${width}`)
      }
      expect(await issues()).toEqual([])
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }

  async function deleteAll(): Promise<void> {
    await page.getByText('Delete all…').click()
    await page.getByRole('button', { name: 'Delete all' }).click()
  }

  /** The visitor writes, the team answers, and nobody reads it for a minute. */
  async function unreadAnswer(from: { name: string; email: string }, ask: string, answer: string) {
    const { app } = desk.server
    const started = await app.inject({
      method: 'POST',
      url: '/api/messaging/widget/demo/message',
      remoteAddress: '192.0.2.9',
      payload: { ...from, message: ask },
    })
    const headers = { host: 'localhost', origin: 'http://localhost' }
    const signIn = { method: 'POST', url: '/api/agents/sign-in', headers, payload: owner } as const
    const cookie = String((await app.inject(signIn)).headers['set-cookie']).split(';', 1)[0] ?? ''
    const { conversationId } = started.json()
    await app.inject({
      method: 'POST',
      url: `/api/desks/demo/conversations/${conversationId}/replies`,
      headers: { ...headers, cookie },
      payload: { message: answer },
    })
    await desk.pass(61)
  }

  it('an empty list says how a mail is made', async () => {
    await page.goto(`${desk.url}/dev/mail`)
    // What the sample conversations owed may be there already.
    if (await page.getByText('Delete all…').isVisible()) await deleteAll()
    await page.getByText('No mail yet').waitFor()
    await looksRight('empty')
  })

  it('a mail comes into the open list by itself', async () => {
    await page.getByText('No mail yet').waitFor()
    await unreadAnswer(
      visitor,
      'Which grind do I take for the pour-over?',
      'Medium, like sea salt. Start with 60 grams per litre, pour slowly, and see https://brew.example/guide for the rest.',
    )
    await unreadAnswer(
      { name: 'Jonas Weber', email: 'jonas@weber.example' },
      'The lid of my kettle does not close any more.',
      'Sorry about that! A new lid is on its way to you.',
    )
    await page.getByText(visitor.email).first().waitFor()
    await page.getByText('jonas@weber.example').first().waitFor()
    // As does the button that deletes them.
    await page.getByText('Delete all…').waitFor()
    await page.getByRole('navigation', { name: 'Whose mailbox' }).getByText(visitor.email).click()
    await page.getByText(`To ${visitor.email}`).waitFor()
    expect(await page.getByText('To jonas@weber.example').count()).toBe(0)
  })

  it('shows a mail in each of its views; links open pages of their own', async () => {
    await page.getByText(`To ${visitor.email}`).click()
    const frame = page.frameLocator('iframe')
    await frame.getByText('like sea salt').waitFor()
    await looksRight('html')
    await page.setViewportSize({ width: 1280, height: 900 })
    const ground = () => frame.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
    await page.getByRole('link', { name: 'Dark' }).click()
    await frame.getByText('like sea salt').waitFor()
    const dark = await ground()
    await shoot('html-dark-frame')
    await page.getByRole('link', { name: 'Light' }).click()
    await frame.getByText('like sea salt').waitFor()
    expect(await ground()).not.toBe(dark)
    await page.getByRole('link', { name: 'Narrow' }).click()
    await frame.getByText('like sea salt').waitFor()
    expect((await page.locator('iframe').boundingBox())?.width).toBe(390)
    await context.route('https://brew.example/**', (route) => route.fulfill({ body: 'The guide' }))
    const opened = context.waitForEvent('page')
    await frame.getByRole('link', { name: 'https://brew.example/guide' }).click()
    const guide = await opened
    await guide.getByText('The guide').waitFor()
    await guide.close()
    for (const view of ['Text', 'Headers', 'Source']) {
      await page.getByRole('link', { name: view, exact: true }).click()
      await page.getByRole('button', { name: `Copy ${view.toLowerCase()}` }).click()
      await page.getByRole('button', { name: 'Copied' }).waitFor()
      const copied = await page.evaluate(() => navigator.clipboard.readText())
      expect(copied).toContain(
        { Text: 'sea salt', Headers: 'Auto-Submitted: auto-generated\n', Source: 'MIME-Version: 1.0' }[view],
      )
      await looksRight(view.toLowerCase())
    }
  })

  it('takes a reply as the recipient into the conversation, while the page looks on', async () => {
    desk.clock.advance(Date.now() - desk.clock.now().getTime())
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByRole('link', { name: 'Reply as the recipient' }).click()
    await looksRight('reply')
    await page.getByLabel('Text').fill('Thank you, that is a good cup.\n\nIs the kettle back in stock?')
    await page.getByLabel('File (optional)').setInputFiles({
      name: 'recipe.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('60 g, 1 l, 3 min'),
    })
    await page.getByRole('button', { name: 'Send to the desk' }).click()
    await page.getByText(/^Taken into conversation/).waitFor()
    await page.getByRole('link', { name: 'Attachments (1)' }).click()
    await page.getByRole('link', { name: 'recipe.txt' }).waitFor()
    await looksRight('taken')
  })

  it('shows that a reply from another address is held', async () => {
    desk.clock.advance(1_000)
    await page.goto(`${desk.url}/dev/mail?to=${visitor.email}`)
    await page.getByText(`To ${visitor.email}`).click()
    await page.getByRole('link', { name: 'Reply as the recipient' }).click()
    await page.getByLabel('Another address, to see').check()
    await page.getByLabel('The other address').fill('mallory@else.example')
    await page.getByLabel('Text').fill('Please send the kettle to me instead.')
    await page.getByRole('button', { name: 'Send to the desk' }).click()
    await page.getByText('Held', { exact: true }).first().waitFor()
    await looksRight('held')
  })

  it('takes a first mail to the desk, without a script as well', async () => {
    desk.clock.advance(1_000)
    await page.goto(`${desk.url}/dev/mail/new`)
    await looksRight('new')
    const plain = await browser.newContext({ javaScriptEnabled: false })
    const still = await plain.newPage()
    await still.goto(`${desk.url}/dev/mail`)
    await still.getByRole('link', { name: 'New e-mail to the desk' }).click()
    await still.getByLabel('Your address').fill('nora@home.example')
    await still.getByLabel('Your name').fill('Nora')
    await still.getByLabel('Subject').fill('Decaf by post')
    await still.getByLabel('Text').fill('Do you send decaf to Norway?')
    await still.getByRole('button', { name: 'Send to the desk' }).click()
    await still.getByText(/^Taken into conversation/).waitFor({ timeout: 20_000 })
    await plain.close()
  })

  it('lists all of it in threads, and forgets it when asked to', async () => {
    await page.goto(`${desk.url}/dev/mail`)
    // Not the subject: that of the team's notification is another, and stands in its place once it has come.
    const letter = page.getByText('Do you send decaf to Norway?').first()
    await letter.waitFor()
    await looksRight('list')
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByText('Delete all…').click()
    await shoot('delete')
    expect(await issues()).toEqual([])
    await page.getByRole('button', { name: 'Delete all' }).click()
    await letter.waitFor({ state: 'detached' })
    // What was owed to somebody else may have come since.
    if (await page.getByText('Delete all…').isVisible()) await deleteAll()
    await page.getByText('No mail yet').waitFor()
    expect(errors).toEqual([])
  })
})
