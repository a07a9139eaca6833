import { afterEach, expect, test, vi } from 'vitest'
import { readScriptOptions } from './options.ts'

afterEach(() => {
  for (const name of ['HelpdeskWidget', 'IntumHelpdeskWidget']) Reflect.deleteProperty(window, name)
  document.body.replaceChildren()
})

function script(attributes: Record<string, string> = {}): HTMLScriptElement {
  const element = document.createElement('script')
  element.src = 'https://desk.test/support/widget.js?v=1'
  Object.assign(element.dataset, attributes)
  return element
}

const give = (config: unknown, name = 'HelpdeskWidget') => Object.assign(window, { [name]: config })

test('the script tag of the Helpdesky page is enough', () => {
  expect(readScriptOptions(script({ helpdeskId: 'acme' }))).toMatchObject({
    url: 'https://desk.test/support/',
    desk: 'acme',
    locale: undefined,
    theme: undefined,
  })
})

test.each(['HelpdeskWidget', 'IntumHelpdeskWidget'])('the global %s of the Intum page is read', (name) => {
  give(
    { account_url: ' https://other.test ', desk_token: 'acme', locale: 'pl', client_plan: 'Premium' },
    name,
  )
  expect(readScriptOptions(script())).toMatchObject({ url: 'https://other.test', desk: 'acme', locale: 'pl' })
})

test('attributes win over the global', () => {
  give({ desk_token: 'global', locale: 'pl' })
  expect(readScriptOptions(script({ helpdeskId: 'mine', locale: 'de' }))).toMatchObject({
    desk: 'mine',
    locale: 'de',
  })
})

test('the nonce of the script goes on to the styles', () => {
  const element = script()
  element.nonce = 'abc'
  expect(readScriptOptions(element).nonce).toBe('abc')
})

test('elements with the name of the global configure nothing', () => {
  document.body.innerHTML = '<form><input name="desk_token" value="evil"></form>'
  // That is where browsers keep what has a name on the page: behind the window, not on it.
  const behind = Object.getPrototypeOf(window)
  Object.defineProperty(behind, 'HelpdeskWidget', {
    value: document.querySelector('form'),
    configurable: true,
  })
  try {
    expect(Reflect.get(window, 'HelpdeskWidget')).toBeInstanceOf(HTMLFormElement)
    expect(readScriptOptions(script())).toMatchObject({ url: 'https://desk.test/support/', desk: '' })
  } finally {
    Reflect.deleteProperty(behind, 'HelpdeskWidget')
  }
})

test('an element put into the global configures nothing', () => {
  document.body.innerHTML = '<form id="f"><input name="desk_token" value="evil"></form>'
  give(document.getElementById('f'))
  expect(readScriptOptions(script()).desk).toBe('')
})

test('a polluted prototype configures nothing', () => {
  const pollution = { account_url: 'https://evil.test', desk_token: 'evil', locale: 'xx', helpdeskId: 'evil' }
  for (const [name, value] of Object.entries(pollution)) {
    Object.defineProperty(Object.prototype, name, { value, configurable: true })
  }
  try {
    give({})
    expect(readScriptOptions(script())).toMatchObject({
      url: 'https://desk.test/support/',
      desk: '',
      locale: undefined,
    })
  } finally {
    for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name)
  }
})

test('only texts count, and getters are not called', () => {
  const getter = vi.fn(() => 'evil')
  const config = Object.defineProperty({ desk_token: 42, locale: ['pl'] }, 'account_url', { get: getter })
  give(config)
  expect(readScriptOptions(script())).toMatchObject({
    url: 'https://desk.test/support/',
    desk: '',
    locale: undefined,
  })
  expect(getter).not.toHaveBeenCalled()
})

test('keys from JSON that mean something to JavaScript change nothing', () => {
  give(JSON.parse('{"__proto__":{"desk_token":"evil"},"constructor":{"prototype":{"desk_token":"evil"}}}'))
  expect(readScriptOptions(script()).desk).toBe('')
  expect(({} as Record<string, unknown>).desk_token).toBeUndefined()
})
