import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import {
  collectErrors,
  openDashboard,
  type RunningDesk,
  startRunningDesk,
  writeInWidget,
} from './running-desk.ts'

const email = 'vera@visitor.example'

describe('a visitor writes, an agent answers, the visitor gets it', () => {
  let desk: RunningDesk
  let browser: Browser
  let visitor: Page
  let agent: Page
  const errors: string[][] = []

  beforeAll(async () => {
    desk = await startRunningDesk()
    browser = await launchBrowser()
    // Two people: nothing is shared between their browsers.
    visitor = await (await browser.newContext({ locale: 'en-GB' })).newPage()
    agent = await (await browser.newContext({ locale: 'en-GB' })).newPage()
    for (const page of [visitor, agent]) {
      page.setDefaultTimeout(20_000)
      errors.push(collectErrors(page))
    }
  })
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
  })

  const launcher = () => visitor.getByRole('button', { name: /^Slowpour/ }).first()
  const composer = () => agent.getByRole('textbox', { name: /^Reply to/ })
  async function reply(text: string): Promise<void> {
    await composer().fill(text)
    await agent.getByRole('button', { name: 'Send', exact: true }).click()
    await agent.getByText(text).first().waitFor()
  }
  const mailsTo = (address: string) => desk.smtp.mails.filter((mail) => mail.envelope.to.includes(address))

  it('opens the shop and finds the widget, which has kept nothing in the browser yet', async () => {
    await openDashboard(agent, desk)
    await visitor.goto(`${desk.url}/demo`)
    await launcher().waitFor()
    expect(
      await visitor.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]),
    ).toEqual([0, 0, ''])
    await launcher().click()
    await visitor.getByRole('dialog').waitFor()
    expect(await visitor.evaluate(() => localStorage.length)).toBe(0)
  })

  it('sends a message, which appears in the open dashboard by itself', async () => {
    await writeInWidget(visitor, { email, name: 'Vera', text: 'Does the grinder fit a V60?' })
    await visitor.getByText('Does the grinder fit a V60?', { exact: true }).waitFor()
    const row = agent.getByRole('list', { name: /^Conversations/ }).getByText('Does the grinder fit a V60?')
    await row.waitFor()
    await row.click()
    await agent.getByRole('heading', { name: /Vera/ }).first().waitFor()
  })

  it('is answered, and the answer arrives live in the open widget', async () => {
    await reply('It does, with the 02 filter.')
    await visitor.getByText('It does, with the 02 filter.', { exact: true }).waitFor()
    await agent.getByText(/^Seen/).first().waitFor()
  })

  it('gets no e-mail about what has been read, and the dashboard says so', async () => {
    await desk.pass(61)
    await agent
      .getByText(/skipped: read/i)
      .first()
      .waitFor()
    expect(mailsTo(email)).toEqual([])
  })

  it('closes the widget; two answers within 60 seconds come as one e-mail', async () => {
    await visitor.keyboard.press('Escape')
    await visitor.getByRole('dialog').waitFor({ state: 'hidden' })
    await reply('One more thing: it is on sale.')
    await desk.pass(20)
    await reply('Until Friday.')
    await visitor.getByRole('button', { name: /^Slowpour.*2/ }).waitFor()
    await desk.pass(39)
    expect(mailsTo(email)).toEqual([])
    await desk.pass(2)
    const mail = await desk.smtp.waitForMail((one) => one.envelope.to.includes(email))
    expect(mailsTo(email)).toHaveLength(1)
    expect(mail.text).toContain('One more thing: it is on sale.')
    expect(mail.text).toContain('Until Friday.')
    expect(mail.text).not.toContain('02 filter')
    expect(mail.html).toContain('Until Friday.')
    // Nobody has proved the address: no word of whoever typed it goes there.
    expect(mail.raw).not.toContain('V60')
    expect(mail.headers.find((header) => header.key === 'auto-submitted')?.value).toBe('auto-generated')
    await agent
      .getByText(/sent \d/i)
      .first()
      .waitFor()
  })

  it('sends instantly when the agent says so', async () => {
    await agent.getByRole('switch', { name: 'Send instantly' }).click()
    await reply('Your coupon: SLOW10')
    await desk.pass(0)
    await desk.smtp.waitForMail((one) => one.text?.includes('SLOW10') === true)
    expect(mailsTo(email)).toHaveLength(2)
  })

  it('finds the conversation again after a reload, with everything in it', async () => {
    await visitor.reload()
    await visitor.getByRole('button', { name: /^Slowpour.*3/ }).waitFor()
    await launcher().click()
    await visitor.getByText('Your coupon: SLOW10').first().click()
    for (const text of ['Does the grinder fit a V60?', 'It does, with the 02 filter.', 'Until Friday.']) {
      await visitor.getByText(text, { exact: true }).first().waitFor()
    }
    await visitor.getByRole('button', { name: /^Slowpour\s*$/ }).waitFor({ state: 'attached' })
  })

  it('told the team by e-mail about the message that nobody had opened', async () => {
    // The first message was opened by the agent at once, so nothing was owed for it.
    expect(desk.smtp.mails.filter((mail) => mail.text?.includes('Does the grinder fit'))).toEqual([])
    await agent.goto(`${desk.url}/dashboard/#/`)
    await agent.close()
    await visitor.getByRole('textbox', { name: /write a message/i }).fill('And the filters?')
    const taken = visitor.waitForResponse(
      (response) => response.url().endsWith('/reply') && response.status() === 201,
    )
    await visitor.keyboard.press('Enter')
    await taken
    await visitor.getByText('And the filters?', { exact: true }).first().waitFor()
    await desk.pass(61)
    const mail = await desk.smtp.waitForMail((one) => one.text?.includes('And the filters?') === true)
    expect(mail.envelope.to).toEqual(['olga@shop.example'])
  })

  it('left no error in either browser', () => {
    expect(errors.flat()).toEqual([])
  })
})
