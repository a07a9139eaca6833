import { fireEvent } from '@testing-library/preact'
import { beforeEach, expect, test, vi } from 'vitest'
import { inside, open, setUp, shadow } from '../../testing.ts'
import { loadAllTexts } from '../i18n/index.ts'

vi.mock('../i18n/index.ts', async (load) => {
  const module = await load<typeof import('../i18n/index.ts')>()
  return { ...module, loadAllTexts: vi.fn(module.loadAllTexts) }
})

setUp({ desk: { name: 'Acme Support' } })
const load = vi.mocked(loadAllTexts)
beforeEach(() => {
  load.mockClear()
})

test.each(['pointerEnter', 'focus'] as const)('what the next screen needs is loaded on %s', async (event) => {
  await open()
  const way = inside().getByRole('button', { name: /^Send us a message/ })
  expect(load).not.toHaveBeenCalled()
  fireEvent[event](way)
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1))
  way.click()
  await inside().findByLabelText('Message', {}, { timeout: 5_000 })
})

test('a screen that cannot be loaded says so, and can be tried again', async () => {
  load.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'))
  const widget = await open()
  widget.open('message')
  const retry = await inside().findByRole('button', { name: 'Try again' })
  inside().getByText('There is no connection right now.')
  retry.click()
  await inside().findByLabelText('Message', {}, { timeout: 5_000 })
})

test('a screen that is being loaded says so, keeps the way back, and then has the focus', async () => {
  const widget = await open()
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const { loadAllTexts: original } =
    await vi.importActual<typeof import('../i18n/index.ts')>('../i18n/index.ts')
  load.mockImplementationOnce(async (locale) => {
    await held
    return original(locale)
  })
  widget.open('message')
  await inside().findByRole('status', { name: 'Loading…' })
  inside().getByRole('button', { name: 'Back' })
  release()
  const email = await inside().findByLabelText('Email')
  await vi.waitFor(() => expect(shadow().activeElement).toBe(email))
})

test('a language that is chosen on a later screen is spoken there too', async () => {
  const widget = await open()
  widget.open('message')
  const field = await inside().findByLabelText<HTMLTextAreaElement>('Message')
  fireEvent.input(field, { target: { value: 'Half a thought' } })
  widget.setLocale('de')
  const german = await inside().findByLabelText<HTMLTextAreaElement>('Nachricht', {}, { timeout: 5_000 })
  expect(german.value).toBe('Half a thought')
  inside().getByRole('button', { name: 'Nachricht senden' })
})
