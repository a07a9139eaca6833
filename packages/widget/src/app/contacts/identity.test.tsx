import { fireEvent } from '@testing-library/preact'
import { expect, test, vi } from 'vitest'
import type { PageIdentity } from '../../options.ts'
import { answered, inside, open, place, remember, setUp, shadow } from '../../testing.ts'
import type { Widget } from '../../widget.ts'

const state = setUp({
  desk: { name: 'Acme Support' },
  conversations: [
    {
      contact: { externalId: '17', name: 'Ann Lee', email: 'ann@example.com' },
      messages: [
        ['contact', 'Annas question'],
        ['agent', 'Annas answer'],
      ],
    },
    {
      contact: { externalId: '18', name: 'Ben Ortiz', email: 'ben@example.com' },
      messages: [['contact', 'Bens question']],
    },
  ],
})

const tomorrow = () => Math.floor(Date.now() / 1000) + 86_400
const signed = (hex = 'a', expires = tomorrow()) => `v2.main.${expires}.${hex.repeat(64)}`
const ann = (): PageIdentity => ({
  user_external_id: '17',
  user_email: 'ann@example.com',
  signature: signed(),
})
const ben = (): PageIdentity => ({
  user_external_id: '18',
  user_email: 'ben@example.com',
  signature: signed(),
})

const warn = () => vi.spyOn(console, 'warn').mockImplementation(() => {})
const asked = (id: string) => state.requests.filter((one) => one.id === id)
const sees = (text: string) =>
  vi.waitFor(() => expect(shadow().textContent).toContain(text), { timeout: 3_000 })
const token = () => asked('conversations.history').at(-1)?.headers.get('authorization')
function hear(widget: Widget) {
  const heard: unknown[] = []
  widget.on('identity:rejected', (detail) => heard.push(['rejected', detail]))
  widget.on('identity:expired', (detail) => heard.push(['expired', detail]))
  return heard
}

test('a signed user sees their own conversations, and the badge before anything is opened', async () => {
  const widget = place(ann())
  await vi.waitFor(() => expect(widget.unreadCount).toBe(1))
  expect(asked('contacts.identify')).toHaveLength(1)
  expect(asked('conversations.history')).toHaveLength(0)
  widget.open()
  await sees('Annas answer')
  expect(widget.whyUnavailable()).toBeUndefined()
})

test('the attributes may stand in an object of their own, and a number stands for its digits', async () => {
  await open({ identity: { user_external_id: 17 }, signature: signed() })
  await sees('Annas answer')
})

test('nothing about a page without an identity is different: no part is loaded, nothing is asked', async () => {
  const widget = await open()
  expect(asked('contacts.identify')).toHaveLength(0)
  expect(Object.keys(sessionStorage)).toEqual([])
  expect(widget.unreadCount).toBe(0)
})

test('a session lasts from page to page in its tab, and says nothing of the person', async () => {
  const first = await open(ann())
  await sees('Annas answer')
  first.destroy()
  await open({ ...ann(), signature: signed('b') })
  await sees('Annas answer')
  expect(asked('contacts.identify')).toHaveLength(1)
  const kept = JSON.stringify({ ...sessionStorage, ...localStorage })
  expect(kept).not.toContain('ann@example.com')
  expect(localStorage.length).toBe(0)
})

test('another attribute makes another session', async () => {
  const first = await open(ann())
  await sees('Annas answer')
  first.destroy()
  await open({ ...ann(), user_name: 'Ann' })
  await sees('Annas answer')
  expect(asked('contacts.identify')).toHaveLength(2)
})

test('a session that is over is renewed once, in the middle of everything', async () => {
  const widget = await open(ann())
  const heard = hear(widget)
  await sees('Annas answer')
  const before = token()
  state.endSessions()
  const known = state.conversations[0]!
  widget.openConversation(known.id)
  const composer = await inside().findByRole('textbox', { name: 'Write a message…' })
  fireEvent.input(composer, { target: { value: 'One more thing' } })
  fireEvent.keyDown(composer, { key: 'Enter' })
  await vi.waitFor(() => expect(state.conversations[0]!.messages.at(-1)!.body).toBe('One more thing'))
  expect(asked('contacts.identify')).toHaveLength(2)
  expect(asked('conversations.reply').at(-1)!.headers.get('authorization')).not.toBe(before)
  expect(heard).toEqual([])
})

test('identify() is asked at first and again when a session is over', async () => {
  const identify = vi.fn(async () => ann())
  const widget = await open({ identify })
  await sees('Annas answer')
  expect(identify).toHaveBeenCalledTimes(1)
  state.endSessions()
  widget.openConversation(state.conversations[0]!.id)
  await vi.waitFor(() => expect(identify).toHaveBeenCalledTimes(2))
  await vi.waitFor(() => expect(asked('contacts.identify')).toHaveLength(2))
})

test('when identify() suddenly names somebody else, nothing of the first one is left to see', async () => {
  const identify = vi.fn(async () => ben())
  identify.mockResolvedValueOnce(ann())
  const widget = await open({ identify })
  await sees('Annas answer')
  state.endSessions()
  widget.openConversation(state.conversations[0]!.id)
  await sees('Bens question')
  expect(shadow().textContent).not.toContain('Annas')
})

test('identify() that names nobody is a visitor without a name', async () => {
  const widget = await open({ identify: async () => ({}) })
  expect(asked('contacts.identify')).toHaveLength(0)
  expect(widget.whyUnavailable()).toBeUndefined()
})

test('A12: a wrong signature is told to the developer once, and the visitor may write as anybody', async () => {
  const console = warn()
  const widget = place({ ...ann(), signature: signed('0') })
  const heard = hear(widget)
  await vi.waitFor(() => expect(heard).toEqual([['rejected', { reason: 'signature_mismatch' }]]))
  await vi.waitFor(() => expect(widget.whyUnavailable()).toMatchObject({ reason: 'identity-rejected' }))
  expect(console).toHaveBeenCalledTimes(1)
  expect(console.mock.calls[0]).toContain('signature_mismatch')
  widget.open('message')
  const email = await inside().findByLabelText<HTMLInputElement>('Email', { exact: false })
  expect(email.value).toBe('ann@example.com')
})

test.each([
  ['an old signature', { ...ann(), signature: signed('a', 1_700_000_000) }, 'signature_expired'],
  ['a signature of no form', { ...ann(), signature: 'abc' }, 'signature_malformed'],
  ['an attribute with a line break', { ...ann(), user_name: 'Ann\nLee' }, 'identity_invalid'],
  ['an attribute that is no text', { ...ann(), user_name: ['Ann'] as unknown as string }, 'identity_invalid'],
])('%s is refused with its reason', async (_name, identity, reason) => {
  warn()
  const heard = hear(place(identity))
  await vi.waitFor(() => expect(heard).toEqual([['rejected', { reason }]]))
})

test('identify() that fails is told as what it is', async () => {
  const console = warn()
  const cause = new Error('No such user')
  const heard = hear(place({ identify: () => Promise.reject(cause) }))
  await vi.waitFor(() => expect(heard).toEqual([['rejected', { reason: 'identify_failed' }]]))
  expect(console.mock.calls[0]).toContain(cause)
})

test('a session that the signature no longer renews ends; nothing of its user is left to see', async () => {
  warn()
  const widget = await open(ann())
  const heard = hear(widget)
  await sees('Annas answer')
  state.endSessions()
  state.failNext('contacts.identify', 'identity_rejected')
  widget.openConversation(state.conversations[0]!.id)
  await vi.waitFor(() => expect(heard).toEqual([['expired', { reason: expect.any(String) }]]))
  await vi.waitFor(() => expect(shadow().textContent).not.toContain('Annas'))
  expect(JSON.stringify(sessionStorage)).not.toContain('contactToken')
  widget.identify({ ...ann(), signature: signed('c') })
  await sees('Annas answer')
})

test('on a desk of level `signature` an unsigned identity asks nothing and opens nothing', async () => {
  state.updateDesk({ security: { level: 'signature' } })
  const { signature: _, ...unsigned } = ann()
  const widget = place(unsigned)
  await vi.waitFor(() => expect(widget.whyUnavailable()).toMatchObject({ reason: 'identity-required' }))
  expect(asked('contacts.identify')).toHaveLength(0)
})

test('on a desk of level `signature` a signed user writes', async () => {
  state.updateDesk({ security: { level: 'signature' } })
  const widget = await open(ann())
  await sees('Annas answer')
  expect(widget.whyUnavailable()).toBeUndefined()
  expect(inside().getByText('Send us a message')).toBeDefined()
})

test('on a desk of level `open` the identity alone will do', async () => {
  state.updateDesk({ security: { level: 'open' } })
  const { signature: _, ...unsigned } = ann()
  await open(unsigned)
  await sees('Annas answer')
})

test('on a desk of level `verified` an unsigned identity fills in the form and goes along as a claim', async () => {
  const widget = await open({ user_email: 'eve@example.com', user_name: 'Eve', client_plan: 'Premium' })
  expect(asked('contacts.identify')).toHaveLength(0)
  widget.open('message')
  const email = await inside().findByLabelText<HTMLInputElement>('Email', { exact: false })
  await vi.waitFor(() => expect(email.value).toBe('eve@example.com'))
  fireEvent.input(inside().getByLabelText('Message'), { target: { value: 'Hello' } })
  inside().getByRole('button', { name: 'Send message' }).click()
  await vi.waitFor(() => expect(asked('conversations.start')).toHaveLength(1))
  expect(asked('conversations.start')[0]!.body).toMatchObject({
    claims: { user_email: 'eve@example.com', user_name: 'Eve', client_plan: 'Premium' },
  })
})

test('an anonymous visitor who signs in keeps the conversation, and the browser forgets the anonymous token', async () => {
  remember(state.contactStarts({ message: 'Before signing in' }))
  localStorage.setItem('helpdesk:acme:drafts', JSON.stringify({ message: 'Half a thought' }))
  const widget = await open()
  await sees('Before signing in')
  widget.identify(ann())
  await sees('Annas answer')
  await sees('Before signing in')
  expect(localStorage.getItem('helpdesk:acme:')).toBeNull()
  widget.open('message')
  const field = await inside().findByLabelText<HTMLTextAreaElement>('Message')
  expect(field.value).toBe('Half a thought')
})

test('a page of an open desk proves nothing: the anonymous conversation stays with the browser', async () => {
  state.updateDesk({ security: { level: 'open' } })
  remember(state.contactStarts({ message: 'Before signing in' }))
  const { signature: _, ...unsigned } = ann()
  const widget = await open(unsigned)
  await sees('Annas answer')
  expect(localStorage.getItem('helpdesk:acme:')).not.toBeNull()
  widget.logout()
  await sees('Before signing in')
})

test('another user sees nothing of the one before: no conversation, draft, outbox or count', async () => {
  const widget = await open(ann())
  await sees('Annas answer')
  widget.open('message')
  fireEvent.input(await inside().findByLabelText('Message'), { target: { value: 'A secret of Ann' } })
  widget.identify(ben())
  expect(shadow().querySelector('.panel')).toBeNull()
  await sees('Bens question')
  expect(shadow().textContent).not.toContain('Annas')
  expect(widget.unreadCount).toBe(0)
  widget.open('message')
  expect((await inside().findByLabelText<HTMLTextAreaElement>('Message')).value).toBe('')
  widget.identify(ann())
  await sees('Annas answer')
  widget.open('message')
  expect((await inside().findByLabelText<HTMLTextAreaElement>('Message')).value).toBe('A secret of Ann')
})

test('the same user again, with a fresh signature, disturbs nothing', async () => {
  const widget = await open(ann())
  await sees('Annas answer')
  const panel = shadow().querySelector('.panel')
  widget.identify({ ...ann(), signature: signed('d') })
  expect(shadow().querySelector('.panel')).toBe(panel)
  expect(asked('contacts.identify')).toHaveLength(1)
})

test('logout() ends the session and leaves nothing of the user in the browser', async () => {
  const widget = await open(ann())
  await sees('Annas answer')
  widget.open('message')
  fireEvent.input(await inside().findByLabelText('Message'), { target: { value: 'A secret of Ann' } })
  await vi.waitFor(() => expect(localStorage.length).toBe(1))
  widget.logout()
  await vi.waitFor(() => expect(asked('contacts.signOut')).toHaveLength(1))
  expect(asked('contacts.signOut')[0]!.headers.get('authorization')).toBe(token())
  await vi.waitFor(() => expect(shadow().querySelector('.panel.open')).not.toBeNull())
  expect(shadow().textContent).not.toContain('Annas')
  expect([localStorage.length, sessionStorage.length]).toEqual([0, 0])
  expect(widget.unreadCount).toBe(0)
})

test('a JWT is exchanged as it is', async () => {
  const part = (value: unknown) => btoa(JSON.stringify(value)).replaceAll('=', '')
  const claims = { user_external_id: '17', aud: 'acme', exp: tomorrow() }
  const identityToken = `${part({ alg: 'HS256', kid: 'main' })}.${part(claims)}.${'b'.repeat(43)}`
  await open({ identityToken })
  await sees('Annas answer')
  expect(asked('contacts.identify')[0]!.body).toEqual({ identityToken })
})

test('a desk that does not answer now is asked again; the user is not taken for somebody else meanwhile', async () => {
  state.failNext('contacts.identify', 'unavailable')
  const widget = await open(ann())
  const heard = hear(widget)
  await sees('Annas answer')
  expect(heard).toEqual([])
  expect(asked('contacts.identify').length).toBeGreaterThan(1)
})

test('a widget that is destroyed while it asks who is there never appears', async () => {
  const release = state.hold('contacts.identify')
  const widget = place(ann())
  await vi.waitFor(() => expect(asked('contacts.identify')).toHaveLength(1))
  widget.open()
  widget.destroy()
  release()
  await answered(asked('contacts.identify')[0]!)
  expect(document.querySelector('helpdesk-widget')).toBeNull()
  expect(sessionStorage.length).toBe(0)
})
