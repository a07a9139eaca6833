import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { launchBrowser } from './chromium.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

async function show(html: string) {
  const page = await browser.newPage({ viewport: { width: 400, height: 80 } })
  await page.setContent(`<!doctype html><body style="margin:0;font:32px system-ui">${html}`)
  return page
}

test('a page is shown, and a click does what its script says', async () => {
  const page = await show(`<button onclick="this.textContent = 'kliknięto'">klik</button>`)
  await page.getByRole('button', { name: 'klik' }).click()
  expect(await page.textContent('button')).toBe('kliknięto')
  await page.close()
})

test('every Polish and Ukrainian letter is drawn', async () => {
  const page = await show('')
  const missing = await page.evaluate(() => {
    const draw = (text: string): string => {
      const canvas = document.createElement('canvas')
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('no canvas')
      context.font = '40px system-ui'
      context.fillText(text, 0, 50)
      return canvas.toDataURL()
    }
    // What no font has is drawn as nothing or as one and the same box.
    const nothing = [draw('\u{10fffd}'), draw(' ')]
    return [...'ĄĆĘŁŃÓŚŹŻąćęłńóśźżҐЄІЇЩґєіїщ'].filter((letter) => nothing.includes(draw(letter)))
  })
  expect(missing).toEqual([])
  await page.close()
})

test('emoji do no harm where no font has them', async () => {
  const page = await show('<p>👍🏽 🇵🇱 👨‍👩‍👧</p><i>after</i>')
  await page.screenshot()
  expect(await page.textContent('i')).toBe('after')
  await page.close()
})

test('the browser has its real rules of origin, which tests of CORS rely on', async () => {
  const page = await show('')
  const outcome = await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.sandbox.add('allow-scripts')
    frame.srcdoc = '<p>other origin</p>'
    document.body.append(frame)
    return new Promise<boolean>((resolve) => {
      frame.onload = () => resolve(frame.contentDocument === null)
    })
  })
  expect(outcome).toBe(true)
  await page.close()
})

test('a wrong CHROMIUM_PATH is reported and not passed over', async () => {
  vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium')
  onTestFinished(() => void vi.unstubAllEnvs())
  await expect(launchBrowser()).rejects.toThrow('CHROMIUM_PATH names /nowhere/chromium')
})
