import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { collectErrors, openDashboard, type RunningDesk, startRunningDesk } from './running-desk.ts'

describe('an article, from nothing to being rated', () => {
  let desk: RunningDesk
  let browser: Browser
  let agent: Page
  const errors: string[][] = []

  async function person(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    return page
  }
  const issues = async (page: Page) =>
    (
      await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
    ).violations.map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
    )
  /** Writes and publishes an article in the dashboard, in one language. */
  async function write(title: string, language: string, text: string): Promise<void> {
    await agent.goto(`${desk.url}/dashboard/#/desks/demo/articles`)
    await agent.getByRole('button', { name: 'New article' }).first().click()
    const dialog = agent.getByRole('dialog')
    await dialog.getByRole('textbox').fill(title)
    await dialog.getByRole('combobox').first().selectOption({ label: language })
    await dialog.getByRole('button', { name: 'Start writing' }).click()
    await agent.getByLabel('Text, in Markdown').fill(text)
    await agent
      .getByText(/^Saved/)
      .first()
      .waitFor()
    await agent.getByRole('button', { name: 'Publish', exact: true }).click()
    await agent.getByText('Published', { exact: true }).first().waitFor()
  }

  beforeAll(async () => {
    desk = await startRunningDesk({ mail: false })
    browser = await launchBrowser()
    agent = await person()
    errors.push(collectErrors(agent))
    await openDashboard(agent, desk)
  })
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
  })

  it('is written and published in the dashboard, in two languages', async () => {
    await write('Watering the office plants', 'English', '## When\n\nEvery **Tuesday**, with the small can.')
    // Beside the editor stands its preview, which runs no scripts, not even those that look for issues.
    await agent.goto(`${desk.url}/dashboard/#/desks/demo/articles`)
    await agent.getByText('Watering the office plants').first().waitFor()
    expect(await issues(agent)).toEqual([])
    await write('Podlewanie kwiatów', 'Polski', 'W każdy **wtorek**, małą konewką.')
  })

  it.each([
    {
      locale: 'en-GB',
      speak: undefined,
      typo: 'watreing',
      title: 'Watering the office plants',
      text: 'Tuesday',
      search: 'Search for help',
      ask: 'Was this helpful?',
      no: 'No',
    },
    {
      locale: 'pl-PL',
      speak: 'pl',
      typo: 'podlewnaie',
      title: 'Podlewanie kwiatów',
      text: 'wtorek',
      search: 'Szukaj pomocy',
      ask: 'Czy to było pomocne?',
      no: 'Nie',
    },
  ])('is found in the widget with a typo, read and rated: $locale', async (reader) => {
    const visitor = await person({ locale: reader.locale })
    errors.push(collectErrors(visitor))
    await visitor.goto(`${desk.url}/demo`)
    await visitor
      .getByRole('button', { name: /^Slowpour/ })
      .first()
      .waitFor()
    if (reader.speak)
      await visitor.evaluate((locale) => {
        const { Helpdesk } = window as unknown as { Helpdesk: { setLocale(locale: string): void } }
        Helpdesk.setLocale(locale)
      }, reader.speak)
    await visitor
      .getByRole('button', { name: /^Slowpour/ })
      .first()
      .click()
    await visitor.getByPlaceholder(reader.search).fill(reader.typo)
    await visitor.getByText(reader.title).first().click()
    await visitor.getByText(reader.text, { exact: true }).waitFor()
    expect(await issues(visitor)).toEqual([])
    await visitor.getByText(reader.ask).waitFor()
    await visitor.getByRole('button', { name: reader.no, exact: true }).click()
    await expect
      .poll(async () => {
        const answer = await agent.evaluate(async () =>
          (await fetch('/api/desks/demo/article-insights')).json(),
        )
        return (answer.unhelpful as { title: string; feedback: { no: number } }[]).find(
          ({ title }) => title === reader.title,
        )?.feedback.no
      })
      .toBe(1)
  })

  it('stands in the help centre, where scripts are off as well', async () => {
    const still = await person({ javaScriptEnabled: false })
    await still.goto(`${desk.url}/help/demo/en`)
    await still.getByRole('searchbox').fill('watreing')
    await still.getByRole('button', { name: 'Search' }).click()
    await still.getByRole('link', { name: /Watering the office plants/ }).click()
    await still.getByRole('heading', { name: 'Watering the office plants' }).waitFor()
    await still.getByText('Tuesday', { exact: true }).waitFor()
    const reader = await person()
    errors.push(collectErrors(reader))
    for (const path of ['en', 'en/search?q=kettle', 'en/collections/brewing', 'de']) {
      await reader.goto(`${desk.url}/help/demo/${path}`)
      await reader.getByRole('main').waitFor()
      expect([path, await issues(reader)]).toEqual([path, []])
    }
    await reader.goto(`${desk.url}/help/demo/en`)
    await reader.getByRole('combobox').fill('desc')
    await reader.getByRole('option', { name: /Descaling/ }).waitFor()
    await reader.keyboard.press('ArrowDown')
    await reader.keyboard.press('Enter')
    await reader.getByRole('heading', { level: 1, name: /Descaling/ }).waitFor()
    await reader.getByRole('button', { name: 'Yes' }).click()
    await reader.getByText('Thank you for telling us.').waitFor()
    expect(await issues(reader)).toEqual([])
  })

  it.each([
    { width: 360, height: 740 },
    { width: 768, height: 1024 },
    { width: 1280, height: 800 },
  ])('fits a window of $width pixels', async (size) => {
    await agent.emulateMedia({ reducedMotion: 'reduce' })
    await agent.goto(`${desk.url}/dashboard/#/desks/demo/articles`)
    await agent.getByText('Grind sizes').first().waitFor()
    await agent.setViewportSize(size)
    // Nothing in the head of the list lies over anything else there.
    const covered = await agent.locator('.page-header').evaluate((head) => {
      const text = document.createRange()
      text.selectNodeContents(head.querySelector('h1') as Element)
      const title = text.getBoundingClientRect()
      return [...head.querySelectorAll('a, button')]
        .map((one) => ({ name: one.textContent, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.left < title.right && title.left < box.right)
        .filter(({ box }) => box.top < title.bottom && title.top < box.bottom)
        .map(({ name }) => name)
    })
    expect(covered).toEqual([])
    await agent.setViewportSize({ width: 1280, height: 800 })
    await agent
      .getByRole('link', { name: /Grind sizes/ })
      .first()
      .click()
    const title = agent.getByRole('textbox', { name: 'Title' })
    await title.waitFor()
    await agent.setViewportSize(size)
    await expect.poll(() => title.evaluate((field) => field.scrollHeight - field.clientHeight)).toBe(0)
    expect(await agent.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  })

  it('reported no error in any console', () => {
    expect(errors.flat()).toEqual([])
  })
})
