import { afterEach, expect, test, vi } from 'vitest'
import { namesOfVisitor, readScriptOptions } from './options.ts'

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
    nonce: '',
  })
  expect(namesOfVisitor(readScriptOptions(script({ helpdeskId: 'acme' })))).toEqual([])
})

test('the global HelpdeskWidget is read', () => {
  give({ account_url: 'https://other.test', desk_token: 'acme', locale: 'pl', client_plan: 'Premium' })
  expect(readScriptOptions(script())).toMatchObject({
    url: 'https://other.test',
    desk: 'acme',
    locale: 'pl',
    client_plan: 'Premium',
  })
})

test('a page with the original names moves over by the address of its script alone', () => {
  const config = { account_url: 'https://youraccount.intum.pl', desk_token: 'DESK_TOKEN', locale: 'en' }
  give(config, 'IntumHelpdeskWidget')
  const options = readScriptOptions(script())
  expect(options).toMatchObject({ url: 'https://desk.test/support/', desk: 'DESK_TOKEN', locale: 'en' })
  expect(document.createElement('div').matches(options.container as string)).toBe(false)
  const container = Object.assign(document.createElement('div'), { id: 'intum-helpdesk-widget' })
  expect(container.matches(options.container as string)).toBe(true)
  expect(readScriptOptions(script({ url: 'https://other.test' })).url).toBe('https://other.test')
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

test('the page of the seed says who its user is, in the global or in attributes', () => {
  const person = {
    client_external_id: 'CRM-123',
    client_email: 'john@example.com',
    client_name: 'John Smith',
    client_url: 'https://client.example.com',
    client_plan: 'Premium',
    user_external_id: 'USR-456',
    user_email: 'user@example.com',
    user_name: ' User ',
    user_phone: '+48123456789',
    signature: 'HMAC_SIGNATURE',
  }
  give({ account_url: 'https://other.test', desk_token: 'acme', locale: 'en', ...person })
  expect(readScriptOptions(script())).toMatchObject(person)
  const attributes = script({ helpdeskId: 'acme', userExternalId: 'USR-7', email: 'ann@example.com' })
  expect(readScriptOptions(attributes)).toMatchObject({
    ...person,
    user_external_id: 'USR-7',
    email: 'ann@example.com',
  })
})

test('a number in the global is an id like any other', () => {
  give({ desk_token: 'acme', client_external_id: 123 })
  expect(readScriptOptions(script())).toMatchObject({ client_external_id: 123 })
})

test('what is empty or undefined says nothing of the visitor', () => {
  const options = { ...readScriptOptions(script({ email: '', signature: '' })), identity: undefined }
  expect(namesOfVisitor(options)).toEqual([])
})

test('A24: elements with the name of the global configure nothing', () => {
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

test('A24: an element put into the global configures nothing', () => {
  document.body.innerHTML = '<form id="f"><input name="desk_token" value="evil"></form>'
  give(document.getElementById('f'))
  expect(readScriptOptions(script()).desk).toBe('')
})

test('A25: a polluted prototype configures nothing', () => {
  const pollution = {
    account_url: 'https://evil.test',
    desk_token: 'evil',
    locale: 'xx',
    helpdeskId: 'evil',
    user_email: 'evil@example.com',
    identity: { user_email: 'evil@example.com' },
    signature: 'evil',
    link_token: 'evil',
  }
  for (const [name, value] of Object.entries(pollution)) {
    Object.defineProperty(Object.prototype, name, { value, configurable: true })
  }
  try {
    give({})
    const options = readScriptOptions(script())
    expect(options).toMatchObject({ url: 'https://desk.test/support/', desk: '' })
    expect(Object.keys(options).sort()).toEqual(['container', 'desk', 'nonce', 'url'])
    expect(namesOfVisitor(options)).toEqual([])
  } finally {
    for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name)
  }
})

test('only texts and numbers count, and getters are not called', () => {
  const getter = vi.fn(() => 'evil')
  const config = { desk_token: {}, locale: ['pl'], user_email: null, identity: () => 'evil' }
  give(Object.defineProperty(config, 'account_url', { get: getter, enumerable: true }))
  const options = readScriptOptions(script())
  expect(options).toMatchObject({ url: 'https://desk.test/support/', desk: '' })
  expect(Object.keys(options).sort()).toEqual(['container', 'desk', 'nonce', 'url'])
  expect(getter).not.toHaveBeenCalled()
})

test('A25: keys from JSON that mean something to JavaScript change nothing', () => {
  give(JSON.parse('{"__proto__":{"desk_token":"evil"},"constructor":{"prototype":{"desk_token":"evil"}}}'))
  expect(readScriptOptions(script()).desk).toBe('')
  expect(({} as Record<string, unknown>).desk_token).toBeUndefined()
})
