import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/chromium.ts'
import { openDashboard, type RunningDesk, startRunningDesk } from './running-desk.ts'

describe('what the team sets takes effect on pages that nobody touches', () => {
  let desk: RunningDesk
  let browser: Browser
  let agent: Page
  let visitor: Page

  beforeAll(async () => {
    desk = await startRunningDesk({ mail: false })
    browser = await launchBrowser()
    agent = await (await browser.newContext({ locale: 'en-GB' })).newPage()
    visitor = await (
      await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } })
    ).newPage()
    for (const page of [agent, visitor]) page.setDefaultTimeout(20_000)
    await openDashboard(agent, desk)
  })
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
  })

  /** As the signed-in dashboard does it. */
  const change = (settings: object) =>
    agent.evaluate(
      async (body) =>
        (
          await fetch('/api/desks/demo', {
            method: 'PATCH',
            body: JSON.stringify(body),
            headers: { 'content-type': 'application/json' },
          })
        ).status,
      settings,
    )
  const launcher = () => visitor.getByRole('button', { name: /^Slowpour|^Help/ }).first()
  const seriousIssues = async (page: Page) =>
    (
      await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
    ).violations.map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
    )

  it('colour, place and label, at the next page', async () => {
    await visitor.goto(`${desk.url}/demo`)
    await launcher().waitFor()
    expect((await launcher().boundingBox())!.x).toBeGreaterThan(900)
    expect(await change({ widget: { color: '#0a7d4f', position: 'left', launcherLabel: 'Help' } })).toBe(200)
    await visitor.reload()
    await visitor.getByRole('button', { name: /^Help/ }).waitFor()
    expect((await launcher().boundingBox())!.x).toBeLessThan(100)
    expect(await launcher().evaluate((button) => getComputedStyle(button).backgroundColor)).toBe(
      'rgb(10, 125, 79)',
    )
  })

  it('hide rules, at once on every navigation inside the page', async () => {
    expect(await change({ widget: { hideRules: ['*/demo/secret*'] } })).toBe(200)
    await visitor.reload()
    await launcher().waitFor()
    await visitor.evaluate(() => history.pushState(null, '', '/demo/secret/page'))
    await launcher().waitFor({ state: 'hidden' })
    await visitor.evaluate(() => history.back())
    await launcher().waitFor()
  })

  it('messaging off: the widget offers tickets only, and nothing to write once they are off as well', async () => {
    expect(await change({ messaging: { enabled: false } })).toBe(200)
    await visitor.reload()
    await launcher().click()
    await visitor.getByRole('button', { name: 'New ticket' }).waitFor()
    expect(await visitor.getByRole('button', { name: 'Send us a message' }).count()).toBe(0)
    expect(await change({ tickets: { enabled: false } })).toBe(200)
    await visitor.reload()
    await launcher().click()
    await visitor.getByRole('dialog').waitFor()
    expect(await visitor.getByRole('button', { name: /New ticket|Send us a message/ }).count()).toBe(0)
    expect(await change({ messaging: { enabled: true }, tickets: { enabled: true } })).toBe(200)
  })

  it('axe finds nothing in the widget, nor in the dashboard', async () => {
    await visitor.reload()
    await launcher().click()
    await visitor.getByRole('button', { name: 'Send us a message' }).click()
    await visitor.getByLabel('Email').waitFor()
    expect(await seriousIssues(visitor)).toEqual([])
    await agent.goto(`${desk.url}/dashboard/#/desks/demo/messages/all`)
    await agent
      .getByRole('list', { name: /^Conversations/ })
      .getByRole('link')
      .first()
      .click()
    await agent.getByRole('textbox', { name: /^Reply to/ }).waitFor()
    expect(await seriousIssues(agent)).toEqual([])
    await agent.goto(`${desk.url}/dashboard/#/desks/demo/settings/widget`)
    await agent.getByRole('heading', { name: 'Embed code' }).waitFor()
    expect(await seriousIssues(agent)).toEqual([])
  })
})
