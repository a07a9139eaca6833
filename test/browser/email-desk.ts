import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser } from '../support/chromium.ts'
import { type Letter, writeLetter } from '../support/letters.ts'
import { type Mailbox, startMailbox } from '../support/mailbox.ts'
import { type ReceivedMail, type SmtpSink, startSmtpSink } from '../support/smtp.ts'
import {
  collectErrors,
  openDashboard,
  type RunningDesk,
  startRunningDesk,
  writeInWidget,
} from './running-desk.ts'

/** The desk's own address, where answers go. */
export const support = 'support@shop.example'

/** What the dashboard knows of an e-mail that came in. */
interface Incoming {
  id: string
  subject: string
  state: string
  reason: string | null
  match: string | null
  conversation: { id: string; number: string } | null
}

/** A desk with a mail server and a mailbox of its own, and an agent who looks at it. */
export interface EmailDesk {
  desk: RunningDesk
  /** The server that the desk hands its e-mails to once it is told so. */
  out: SmtpSink
  mailbox: Mailbox
  agent: Page
  /** What any page has complained about. */
  errors: string[][]
  person(options?: BrowserContextOptions): Promise<Page>
  /** Opens a page of the dashboard, `emails/sent` for example. */
  open(place: string): Promise<void>
  /** Opens a conversation by words in its row of the inbox. */
  openConversation(words: string): Promise<void>
  /** Answers in the conversation that is open. */
  reply(text: string): Promise<void>
  /** Asks the API as the signed-in agent. */
  ask<T>(method: string, path: string, body?: object): Promise<T>
  /** A visitor writes in the widget, and closes it. */
  writes(visitor: Page, message: { email: string; name: string; text: string }): Promise<void>
  /** Somebody's letter comes into the mailbox. */
  post(letter: Partial<Letter> & Pick<Letter, 'from' | 'text' | 'messageId'>): Promise<void>
  /** What became of the e-mail with this subject, undefined while nothing is decided. */
  outcomeOf(subject: string): Promise<Incoming | undefined>
  /** The e-mails to an address so far. */
  mailsTo(address: string): ReceivedMail[]
  /** The first e-mail to an address in which these words stand, waited for. */
  mailTo(address: string, words: string): Promise<ReceivedMail>
  /** What axe finds on a page, and how much wider than the window it is. */
  issues(page: Page): Promise<string[]>
  close(): Promise<void>
}

/** Starts a desk, both mail servers and a browser; the agent is signed in. */
export async function startEmailDesk(): Promise<EmailDesk> {
  const desk = await startRunningDesk({ behind: 3_600 })
  const out = await startSmtpSink()
  const mailbox = await startMailbox()
  const browser = await launchBrowser()
  const errors: string[][] = []
  const person = async (options: BrowserContextOptions = {}) => {
    const page = await newPage(browser, options)
    errors.push(collectErrors(page))
    return page
  }
  const agent = await person()
  await openDashboard(agent, desk)
  const ask = <T>(method: string, path: string, body?: object) => asAgent<T>(agent, method, path, body)
  const mailsTo = (address: string) => out.mails.filter((mail) => mail.envelope.to.includes(address))
  return {
    desk,
    out,
    mailbox,
    agent,
    errors,
    person,
    ask,
    mailsTo,
    issues,
    async open(place) {
      await agent.goto(`${desk.url}/dashboard/#/desks/demo/${place}`)
    },
    async openConversation(words) {
      await agent.goto(`${desk.url}/dashboard/#/desks/demo/messages/all`)
      await agent
        .getByRole('list', { name: /^Conversations/ })
        .getByText(words)
        .first()
        .click()
      await agent.getByRole('textbox', { name: /^Reply to/ }).waitFor()
    },
    async reply(text) {
      await agent.getByRole('textbox', { name: /^Reply to/ }).fill(text)
      await agent.getByRole('button', { name: 'Send', exact: true }).click()
      await agent
        .locator('.entry.ours', { hasText: text })
        .getByText(/^E-mail/)
        .waitFor()
    },
    async writes(visitor, message) {
      await visitor.goto(`${desk.url}/demo`)
      await visitor
        .getByRole('button', { name: /^Slowpour/ })
        .first()
        .click()
      await writeInWidget(visitor, message)
      await visitor.getByText(message.text, { exact: true }).waitFor()
      await visitor.keyboard.press('Escape')
      await visitor.getByRole('dialog').waitFor({ state: 'hidden' })
    },
    post: (letter) => mailbox.add(writeLetter({ to: support, subject: '', ...letter })),
    async outcomeOf(subject) {
      const { emails } = await ask<{ emails: Incoming[] }>('GET', 'emails?limit=100')
      return emails.find((one) => one.subject === subject && one.state !== 'received')
    },
    mailTo: (address, words) =>
      out.waitForMail(
        (mail) => mail.envelope.to.includes(address) && Boolean(mail.text?.includes(words)),
        20_000,
      ),
    async close() {
      await browser.close()
      await desk.close()
      await mailbox.stop()
      await out.stop()
    },
  }
}

async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const viewport = { width: 1280, height: 900 }
  const page = await (await browser.newContext({ locale: 'en-GB', viewport, ...options })).newPage()
  page.setDefaultTimeout(20_000)
  return page
}

async function asAgent<T>(agent: Page, method: string, path: string, body?: object): Promise<T> {
  const answer = await agent.evaluate(
    async ([verb, url, payload]) => {
      const json = { body: payload, headers: { 'content-type': 'application/json' } }
      const response = await fetch(url as string, { method: verb as string, ...(payload ? json : {}) })
      return { status: response.status, text: await response.text() }
    },
    [method, `/api/desks/demo${path && '/'}${path}`, body && JSON.stringify(body)] as const,
  )
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  return JSON.parse(answer.text || 'null')
}

async function issues(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page })
      // What stands in a frame is the e-mail's own, and no script of axe's can run there.
      .setLegacyMode()
      .options({ iframes: false })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    for (const { id, nodes } of violations)
      found.push(`${colorScheme} ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
  }
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  return excess > 0 ? [...found, `${excess} pixels wider than the window`] : found
}

/** A header field of an e-mail. */
export const fieldOf = (mail: ReceivedMail, name: string) =>
  mail.headers.find(({ key }) => key === name)?.value ?? null

/** The address at which an e-mail of ours wants to be answered. */
export const replyAddressOf = (mail: ReceivedMail) => mail.replyTo?.[0]?.address ?? ''

/** What a mail program puts under an answer: the e-mail that it answers, quoted. */
export function quotationOf(mail: ReceivedMail): { text: string; html: string } {
  const intro = 'On Sun, 22 Nov 2026 at 10:12, Slowpour <support@shop.example> wrote:'
  const quoted = (mail.text ?? '').split('\n').map((line) => `> ${line}`.trimEnd())
  return {
    text: `\n\n${intro}\n\n${quoted.join('\n')}\n`,
    html: `<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${intro.replaceAll('<', '&lt;')}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${mail.html ?? ''}</blockquote></div>`,
  }
}
