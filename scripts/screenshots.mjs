/**
 * Pictures of the main screens from the built reference server, to look at and for the docs:
 * `pnpm screenshots [folder]` (default: docs/images). Each screen in light and dark, at several widths, goes into
 * `test/output/screens`. `--only email` takes those of e-mail alone.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openDashboard, startRunningDesk, writeInWidget } from '../test/browser/running-desk.ts'
import { launchBrowser } from '../test/support/chromium.ts'
import { emailScreens } from './screenshots-email.mjs'

const { positionals, values } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } })
const images = fileURLToPath(new URL(positionals[0] ?? '../docs/images', import.meta.url))
const all = fileURLToPath(new URL('../test/output/screens', import.meta.url))
for (const folder of [images, all]) await mkdir(folder, { recursive: true })

const sizes = { phone: [360, 740], tablet: [768, 1024], desktop: [1280, 800] }
await emailScreens({ shoot, images })
if (values.only === 'email') process.exit()

const desk = await startRunningDesk({ mail: false })
const browser = await launchBrowser()

async function person(options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', deviceScaleFactor: 1, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  return page
}

/** One picture per width and scheme of whatever the page shows. */
async function shoot(page, name, names = Object.keys(sizes)) {
  for (const size of names) {
    const [width, height] = sizes[size]
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.waitForTimeout(300)
      await page.screenshot({ path: `${all}/${name}-${size}-${colorScheme}.png` })
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.waitForTimeout(300)
}

try {
  const agent = await person()
  await openDashboard(agent, desk)
  const visitor = await person()
  await visitor.goto(`${desk.url}/demo`)
  const launcher = visitor.getByRole('button', { name: /^Slowpour/ }).first()
  await launcher.waitFor()
  await shoot(visitor, 'widget-closed')
  await launcher.click()
  await visitor.getByRole('button', { name: 'Send us a message' }).waitFor()
  await shoot(visitor, 'widget-home')
  await visitor.screenshot({ path: `${images}/widget-home.png` })
  await visitor.getByRole('button', { name: 'Send us a message' }).click()
  await shoot(visitor, 'widget-form')
  await visitor.getByRole('button', { name: 'Back' }).click()
  await writeInWidget(visitor, {
    email: 'vera@visitor.example',
    name: 'Vera',
    text: 'Hello! Does the Ridge grinder fit a V60? I mostly brew two cups.',
  })
  const row = agent.getByRole('list', { name: /^Conversations/ }).getByText('Does the Ridge grinder')
  await row.click()
  await agent
    .getByRole('textbox', { name: /^Reply to/ })
    .fill('It does. Start at 18 clicks, with 30 g for two cups.')
  await agent.getByRole('button', { name: 'Send', exact: true }).click()
  await visitor.getByText('Start at 18 clicks', { exact: false }).first().waitFor()
  await visitor
    .getByRole('textbox', { name: /write a message/i })
    .fill('Perfect, thank you. Is it on sale as well?')
  await visitor.keyboard.press('Enter')
  await agent.getByText('Is it on sale as well?').first().waitFor()
  await agent
    .getByRole('radio', { name: 'Note' })
    .or(agent.getByText('Note', { exact: true }))
    .first()
    .click()
  await agent.getByRole('textbox', { name: /^Note/ }).fill('Sale ends on Friday, 15 % with SLOW15.')
  await agent.getByRole('button', { name: 'Add note' }).click()
  await agent.getByText('Sale ends on Friday').first().waitFor()
  await shoot(visitor, 'widget-thread')
  await visitor.screenshot({ path: `${images}/widget-thread.png` })
  await shoot(agent, 'dashboard-conversation')
  await agent.screenshot({ path: `${images}/dashboard-conversation.png` })
  await agent.goto(`${desk.url}/dashboard/#/desks/demo/settings/widget`)
  await agent.getByRole('heading', { name: 'Widget' }).first().waitFor()
  await shoot(agent, 'dashboard-settings')
  await agent.screenshot({ path: `${images}/dashboard-settings.png` })
  await agent.goto(`${desk.url}/dashboard/#/desks/demo/messages/all`)
  await shoot(agent, 'dashboard-inbox')
  const polish = await person({ locale: 'pl-PL', storageState: await visitor.context().storageState() })
  await polish.goto(`${desk.url}/demo`)
  await polish
    .getByRole('button', { name: /^Slowpour/ })
    .first()
    .click()
  // The desk's language comes before the browser's.
  await polish.evaluate(() => globalThis.Helpdesk.setLocale('pl'))
  await polish.waitForTimeout(1500)
  await shoot(polish, 'widget-polish', ['phone', 'desktop'])
  await tickets(agent)
  await articles(agent)
  await desk.pass(61)
  const mail = await person()
  await mail.goto(`${desk.url}/dev/mail`)
  await shoot(mail, 'dev-mail', ['phone', 'desktop'])
  await mail.getByRole('list', { name: 'E-mails' }).getByRole('link').first().click()
  await mail.getByRole('link', { name: 'Reply as the recipient' }).waitFor()
  await mail.waitForTimeout(1000)
  await mail.screenshot({ path: `${images}/dev-mail.png` })
  await overview()
} finally {
  await browser.close()
  await desk.close()
}

/** A ticket of a signed-in customer, from the form to the dashboard and its public page. */
async function tickets(agent) {
  const customer = await person()
  await customer.goto(`${desk.url}/demo/account`)
  await customer
    .getByRole('button', { name: /sign in/i })
    .or(customer.getByRole('link', { name: /sign in/i }))
    .first()
    .click()
  await customer.goto(`${desk.url}/demo/help?title=The+lid+is+cracked&priority=high`)
  await customer.getByLabel('Title').waitFor()
  await shoot(customer, 'ticket-form')
  await customer.getByLabel('Description').fill('It arrived yesterday, well packed, but the lid has a crack.')
  await customer.screenshot({ path: `${images}/ticket-form.png` })
  await customer.getByRole('button', { name: 'Send ticket' }).click()
  await customer.getByText('the lid has a crack.', { exact: false }).first().waitFor()
  await shoot(customer, 'ticket')
  await agent.getByText('The lid is cracked').first().click()
  await agent.getByText('Verified.').first().waitFor()
  await shoot(agent, 'dashboard-ticket')
  await agent.screenshot({ path: `${images}/dashboard-ticket.png` })
  for (const page of ['security', 'categories', 'tickets']) {
    await agent.goto(`${desk.url}/dashboard/#/desks/demo/settings/${page}`)
    await agent.waitForTimeout(1000)
    await shoot(agent, `dashboard-${page}`)
  }
  await agent.goto(`${desk.url}/dashboard/#/desks/demo/settings/security`)
  await agent.waitForTimeout(600)
  await agent.screenshot({ path: `${images}/dashboard-security.png` })
  const guest = await person()
  for (const path of ['p/demo/contact', 'p/demo/tickets', 't/none']) {
    await guest.goto(`${desk.url}/${path}`)
    await guest.waitForTimeout(1500)
    await shoot(guest, `page-${path.replaceAll('/', '-')}`)
  }
}

/** The knowledge base for readers and for the team. */
async function articles(agent) {
  const reader = await person()
  await reader.goto(`${desk.url}/help/demo/en`)
  await reader.waitForTimeout(600)
  await shoot(reader, 'help-centre')
  await reader.screenshot({ path: `${images}/help-centre.png` })
  await reader.goto(`${desk.url}/help/demo/en/grind-sizes`)
  await reader.waitForTimeout(600)
  await shoot(reader, 'help-article')
  await reader.goto(`${desk.url}/help/demo/en/search?q=gridner`)
  await shoot(reader, 'help-search')
  const visitor = await person()
  await visitor.goto(`${desk.url}/demo`)
  await visitor
    .getByRole('button', { name: /^Slowpour/ })
    .first()
    .click()
  await visitor.getByPlaceholder('Search for help').fill('descale')
  await visitor.waitForTimeout(1500)
  await shoot(visitor, 'widget-search')
  await visitor.screenshot({ path: `${images}/widget-search.png` })
  await visitor.getByText('Descaling the Heron kettle').first().click()
  await visitor.waitForTimeout(1500)
  await shoot(visitor, 'widget-article')
  await agent.goto(`${desk.url}/dashboard/#/desks/demo/articles`)
  await agent.getByText('Grind sizes').first().waitFor()
  await shoot(agent, 'dashboard-articles')
  await agent.screenshot({ path: `${images}/dashboard-articles.png` })
  await agent
    .getByRole('link', { name: /Grind sizes/ })
    .first()
    .click()
  await agent.waitForTimeout(2000)
  await shoot(agent, 'dashboard-editor')
  await agent.screenshot({ path: `${images}/dashboard-editor.png` })
  for (const page of ['insights', 'files']) {
    await agent.goto(`${desk.url}/dashboard/#/desks/demo/articles/${page}`)
    await agent.waitForTimeout(1000)
    await shoot(agent, `dashboard-${page}`)
  }
}

/** The shop with the widget and the inbox, one over the other. */
async function overview() {
  const data = async (name) =>
    `data:image/png;base64,${(await readFile(`${images}/${name}.png`)).toString('base64')}`
  const page = await person({ viewport: { width: 1480, height: 860 } })
  await page.setContent(`<style>
      body { margin: 0; height: 860px; background: linear-gradient(135deg, #eef1f4, #dde5ea); overflow: hidden }
      img { position: absolute; border-radius: 12px; box-shadow: 0 24px 60px rgb(20 30 40 / .25) }
      .desk { left: 40px; top: 40px; width: 1010px } .shop { right: 40px; bottom: 40px; width: 790px }
    </style><img class="desk" src="${await data('dashboard-conversation')}"><img class="shop" src="${await data('widget-thread')}">`)
  await page.waitForTimeout(300)
  await page.screenshot({ path: `${images}/overview.png` })
}
