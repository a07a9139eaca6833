import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createServer, type HelpdeskServer } from '@helpdesk/app-server/server'
import type { Page } from 'playwright-core'
import { type Clock, createClock } from '../support/clock.ts'
import { makeDataFolder } from '../support/embedded.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp.ts'

/** The built reference server in demo mode, with a clock of our own and a mail server that keeps what it gets. */
export interface RunningDesk {
  server: HelpdeskServer
  url: string
  clock: Clock
  smtp: SmtpSink
  /** Moves the clock and delivers what is due then. */
  pass(seconds: number): Promise<void>
  close(): Promise<void>
}

export const owner = { email: 'olga@shop.example', password: 'correct horse battery' }

/** How a desk is to run. */
export interface RunningOptions {
  /** PostgreSQL instead of the embedded database. */
  databaseUrl?: string
  /** False: e-mails are kept instead of sent. */
  mail?: boolean
  /** So many seconds the desk's clock is behind the machine's, by which jobs run: it may be moved that far. */
  behind?: number
}

/** Starts everything in this process. */
export async function startRunningDesk(options: RunningOptions = {}): Promise<RunningDesk> {
  const dataDir = await makeDataFolder('browser')
  const clock = createClock(new Date(Date.now() - (options.behind ?? 0) * 1000))
  const smtp = await startSmtpSink()
  const server = await createServer(
    {
      host: '127.0.0.1',
      port: 0,
      dataDir,
      databaseUrl: options.databaseUrl ?? null,
      publicUrl: null,
      smtpUrl: options.mail === false ? null : smtp.url,
      incomingMail: null,
      // The mail servers of the tests are on this machine.
      allowPrivateMailServers: true,
      mailFrom: { name: 'Slowpour', address: 'desk@shop.example' },
      owner,
      files: { folder: join(dataDir, 'files') },
      clamd: null,
      helpCenterDesk: null,
      secretKey: null,
      demo: true,
      trustProxy: 0,
      logLevel: 'error',
    },
    { now: clock.now },
  )
  await server.listen()
  return {
    server,
    url: server.publicUrl,
    clock,
    smtp,
    async pass(seconds) {
      clock.advance(seconds * 1000)
      await server.handle.deliverDue()
    },
    async close() {
      await server.close()
      await smtp.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Fails a test in which a page reported an error: collect with this, then expect the list to be empty. */
export function collectErrors(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    // The dashboard asks who it is before anybody has signed in; browsers print that answer.
    if (message.type() === 'error' && !message.text().includes('401 (Unauthorized)'))
      errors.push(`${page.url()}: ${message.text()}`)
  })
  return errors
}

/** Signs the owner in and opens the inbox. */
export async function openDashboard(page: Page, desk: RunningDesk): Promise<void> {
  await page.goto(`${desk.url}/dashboard/`)
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('list', { name: /^Conversations/ }).waitFor()
}

/** Writes the first message in the widget of the page. */
export async function writeInWidget(
  page: Page,
  message: { email: string; name: string; text: string },
): Promise<void> {
  await page.getByRole('button', { name: 'Send us a message' }).click()
  await page.getByLabel('Email').fill(message.email)
  await page.getByLabel('Name (optional)').fill(message.name)
  await page.getByLabel('Message', { exact: true }).fill(message.text)
  await page.getByRole('button', { name: 'Send message' }).click()
}
