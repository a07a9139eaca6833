import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import { signIdentity } from '@helpdesk/core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { collectErrors, openDashboard, type RunningDesk, startRunningDesk } from './running-desk.ts'

/** A picture of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const jan = {
  client_external_id: 'CRM-123',
  client_email: 'office@nowak.example',
  client_name: 'John Smith',
  client_url: 'https://client.nowak.example',
  client_plan: 'Premium',
  user_external_id: 'USR-456',
  user_email: 'jan@nowak.example',
  user_name: 'Jan Nowak',
  user_phone: '+48123456789',
}
const stranger = { ...jan, client_external_id: 'CRM-9', user_external_id: 'USR-9', user_name: 'Zoe' }

/** The help page of somebody's product, as the documentation of the original widget shows it; only the script's address differs. */
const hostPage = (script: string, config: object) => `<!doctype html>
<html lang="en"><head><title>Help</title></head><body><main><h1>Help</h1>
<div id="intum-helpdesk-widget" style="height: 640px"></div></main>
<script>
  var IntumHelpdeskWidget = ${JSON.stringify(config)};
</script>
<script src="${script}"></script>
</body></html>`

/** Somebody else's site. */
interface Site {
  url: string
  html: string
  close(): Promise<void>
}

async function startSite(): Promise<Site> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(site.html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const site: Site = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    html: '',
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return site
}

describe('tickets of clients whom the host vouches for', () => {
  let desk: RunningDesk
  let browser: Browser
  let agent: Page
  let key: { id: string; secret: string }
  let number: string
  let site: Site
  const errors: string[][] = []

  async function person(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    return page
  }

  /** A page of another site that embeds the widget for a user; its address may ask for something. */
  async function hostVisit(page: Page, identity: Record<string, string> | null, query = ''): Promise<void> {
    const expires = Math.floor(desk.clock.now().getTime() / 1000) + 3600
    const signature =
      identity && (await signIdentity(identity, { desk: 'demo', keyId: key.id, secret: key.secret, expires }))
    const config = {
      account_url: 'https://youraccount.intum.pl',
      desk_token: 'demo',
      locale: 'en',
      ...identity,
      ...(signature ? { signature } : {}),
    }
    site.html = hostPage(`${desk.url}/widget.js`, config)
    await page.goto(`${site.url}/help${query}`)
  }

  const issues = async (page: Page) =>
    (
      await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
    ).violations.map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
    )
  const composer = () => agent.getByRole('textbox', { name: /^Reply to/ })
  async function reply(text: string): Promise<void> {
    await composer().fill(text)
    await agent.getByRole('button', { name: 'Send', exact: true }).click()
    await agent.getByText(text).first().waitFor()
  }
  const asAgent = <T>(method: string, path: string) =>
    agent.evaluate(async ([verb, url]) => (await fetch(url, { method: verb })).json(), [
      method,
      `/api/desks/demo/${path}`,
    ] as [string, string]) as Promise<T>

  beforeAll(async () => {
    desk = await startRunningDesk({ mail: false })
    site = await startSite()
    browser = await launchBrowser()
    agent = await person()
    errors.push(collectErrors(agent))
    await openDashboard(agent, desk)
    const made = await asAgent<{ key: { id: string }; secret: string }>('POST', 'secrets')
    key = { id: made.key.id, secret: made.secret }
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
    await desk?.close()
  })

  it('are opened from a page that embeds as the original documentation shows, with a screenshot', async () => {
    const visitor = await person()
    errors.push(collectErrors(visitor))
    await hostVisit(visitor, jan, '?title=Login+problem&c=repair&priority=high')
    expect(await visitor.getByLabel('Title').inputValue()).toBe('Login problem')
    expect(await visitor.getByLabel('Priority').inputValue()).toBe('high')
    await visitor.getByLabel('Description').fill('I cannot sign in since this morning.')
    await visitor
      .locator('helpdesk-widget input[type=file]')
      .first()
      .setInputFiles({ name: 'screen.png', mimeType: 'image/png', buffer: png })
    await visitor.getByText('screen.png').first().waitFor()
    expect(await issues(visitor)).toEqual([])
    await visitor.getByRole('button', { name: 'Send ticket' }).click()
    await visitor.getByText('I cannot sign in since this morning.', { exact: true }).waitFor()
    const row = agent
      .getByRole('list', { name: /^Conversations/ })
      .getByText('Login problem')
      .first()
    await row.waitFor()
    await row.click()
    await agent.getByText('Verified.').first().waitFor()
    await agent.getByText('Premium').first().waitFor()
    expect(await issues(agent)).toEqual([])
    await reply('We are on it.')
    await visitor.getByText('We are on it.', { exact: true }).waitFor()
    const { conversations } = await asAgent<{ conversations: { subject: string; number: string }[] }>(
      'GET',
      'conversations',
    )
    number = conversations.find(({ subject }) => subject === 'Login problem')?.number ?? ''
    expect(number).toMatch(/^\d{4}-\d+$/)
  })

  it('are there in another browser of the same client, from the list and from a link', async () => {
    const elsewhere = await person()
    errors.push(collectErrors(elsewhere))
    await hostVisit(elsewhere, {
      ...jan,
      user_external_id: 'USR-457',
      user_email: 'ewa@nowak.example',
      user_name: 'Ewa Nowak',
    })
    await elsewhere.getByRole('button', { name: 'Your tickets' }).click()
    await elsewhere.getByText('Login problem').first().click()
    await elsewhere.getByText('We are on it.', { exact: true }).waitFor()
    await elsewhere.getByText('Jan Nowak').first().waitFor()
    expect(await issues(elsewhere)).toEqual([])
    await hostVisit(elsewhere, jan, `?n=${number}`)
    await elsewhere.getByText('We are on it.', { exact: true }).waitFor()
  })

  it('are not there for another client, nor for nobody, whatever the address says', async () => {
    const other = await person()
    await hostVisit(other, stranger, `?n=${number}`)
    await other
      .getByText(/could not be found|not found|does not exist|no ticket/i)
      .first()
      .waitFor()
    expect(await other.getByText('We are on it.').count()).toBe(0)
    await hostVisit(other, stranger)
    await other.getByRole('button', { name: 'Your tickets' }).click()
    await other.getByText('No open tickets.').waitFor()
    const nobody = await person()
    await hostVisit(nobody, null, `?n=${number}`)
    await nobody.locator('helpdesk-widget').waitFor({ state: 'attached' })
    await nobody.getByRole('button').first().waitFor()
    expect(await nobody.getByText('We are on it.').count()).toBe(0)
  })

  it('are listed in the ticket centre for whoever comes by a link that the host signed', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const exp = Math.floor(desk.clock.now().getTime() / 1000) + 600
    const text = `${part({ alg: 'HS256', kid: key.id })}.${part({ ...jan, aud: 'demo', exp })}`
    const token = `${text}.${createHmac('sha256', key.secret).update(text).digest('base64url')}`
    const visitor = await person()
    errors.push(collectErrors(visitor))
    await visitor.goto(`${desk.url}/p/demo/tickets#identity_token=${token}`)
    await visitor.getByText('Login problem').first().waitFor()
    expect(visitor.url()).toBe(`${desk.url}/p/demo/tickets`)
    expect(await issues(visitor)).toEqual([])
    await visitor.reload()
    await visitor.getByText('Login problem').first().click()
    await visitor.getByText('We are on it.', { exact: true }).waitFor()
  })

  it('are opened by strangers too, who say who they are first', async () => {
    const visitor = await person()
    errors.push(collectErrors(visitor))
    await visitor.goto(`${desk.url}/demo`)
    await visitor
      .getByRole('button', { name: /^Slowpour/ })
      .first()
      .click()
    await visitor.getByRole('button', { name: 'New ticket' }).click()
    await visitor.getByLabel('Email').fill('vera@visitor.example')
    await visitor.getByRole('button', { name: 'Continue' }).click()
    await visitor.getByLabel('Title').fill('Where is my kettle?')
    await visitor.getByLabel('Description').fill('Ordered last week.')
    await visitor.getByRole('button', { name: 'Send ticket' }).click()
    await visitor.getByText('Ordered last week.', { exact: true }).waitFor()
    await agent.getByText('Where is my kettle?').first().waitFor()
  })

  it('are read and answered through their public link, also where scripts are off, until it is replaced', async () => {
    const { conversations } = await asAgent<{ conversations: { id: string; subject: string }[] }>(
      'GET',
      'conversations',
    )
    const { id } = conversations.find(({ subject }) => subject === 'Login problem') ?? { id: '' }
    const link = (await asAgent<{ url: string }>('GET', `conversations/${id}/public-link`)).url
    const still = await person({ javaScriptEnabled: false })
    await still.goto(link)
    expect(await still.getByText('We are on it.').count()).toBe(1)
    expect(await still.title()).toContain('Login problem')
    const guest = await person()
    errors.push(collectErrors(guest))
    await guest.goto(link)
    const box = guest.getByRole('textbox').last()
    await box.fill('Works again, thank you.')
    await box.press('Enter')
    await guest.getByText('Works again, thank you.', { exact: true }).first().waitFor()
    expect(await issues(guest)).toEqual([])
    await agent.getByText('Login problem').first().click()
    await agent.getByText('Works again, thank you.').first().waitFor()
    await agent
      .getByText(/public link/i)
      .first()
      .waitFor()
    await asAgent('POST', `conversations/${id}/public-link`)
    const late = await person()
    expect((await late.goto(link))?.status()).toBe(404)
    expect(await late.getByText('We are on it.').count()).toBe(0)
  })

  it('reported no error in any console', () => {
    expect(errors.flat()).toEqual([])
  })
})
