// @vitest-environment jsdom
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createAgentClient } from './agent-client.ts'
import { createHelpdeskHandlers } from './testing.ts'
import { createVisitorClient } from './visitor-client.ts'

const url = 'http://desk.test'
const { handlers, state } = createHelpdeskHandlers({ seed: { signedIn: true } })
const server = setupServer(...handlers)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => state.reset())
afterAll(() => server.close())

const newVisitor = () => createVisitorClient({ url, desk: 'acme' })
const csv = new File(['name;price\n'], 'prices.csv')

test('a file goes as it is, with its name in the address and the credentials in a header', async () => {
  const visitor = newVisitor()
  const { contactId, contactToken } = await visitor.conversations.start({ message: 'Hi', email: 'a@b.cc' })
  const upload = await visitor.uploadAttachment(csv)
  expect(upload).toMatchObject({ name: 'prices.csv', type: 'text/csv', bytes: 11 })
  const { url: address, headers, body } = state.requests.at(-1)!
  expect(new URL(address).search).toBe('?name=prices.csv')
  expect(headers.get('content-type')).toBe('application/octet-stream')
  expect(headers.get('authorization')).toBe(`Bearer ${contactId}.${contactToken}`)
  expect(new TextDecoder().decode(body as Uint8Array)).toBe('name;price\n')
})

test('an agent’s file goes to the agents’ address, under another name when it is given one', async () => {
  const client = createAgentClient({ url })
  const upload = await client.uploadAttachment('acme', csv, { name: '../export.csv' })
  expect(upload.name).toBe('export.csv')
  expect(state.requests.at(-1)?.id).toBe('attachments.agentUpload')
})

/** As much of XMLHttpRequest as an upload needs, moved by the test. */
class ScriptedRequest {
  static last: ScriptedRequest
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {}
  headers: Record<string, string> = {}
  status = 0
  statusText = ''
  response = ''
  isAborted = false
  onload?: () => void
  onerror?: () => void
  constructor() {
    ScriptedRequest.last = this
  }
  open() {}
  send() {}
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value
  }
  abort() {
    this.isAborted = true
  }
  answer(status: number, body: object) {
    Object.assign(this, { status, response: JSON.stringify(body) })
    this.onload?.()
  }
}

function scripted(options: Parameters<ReturnType<typeof newVisitor>['uploadAttachment']>[1] = {}) {
  vi.stubGlobal('XMLHttpRequest', ScriptedRequest)
  const outcome = newVisitor()
    .uploadAttachment(csv, options)
    .catch((error) => error)
  vi.unstubAllGlobals()
  return { outcome, request: ScriptedRequest.last }
}

test('progress is told as parts of 1', async () => {
  const seen: number[] = []
  const { outcome, request } = scripted({ onProgress: (sent) => seen.push(sent) })
  request.upload.onprogress?.({ loaded: 25, total: 100 })
  request.upload.onprogress?.({ loaded: 100, total: 100 })
  request.answer(201, { key: 'k' })
  expect(await outcome).toEqual({ key: 'k' })
  expect(seen).toEqual([0.25, 1])
})

test('a signal cancels it at once, and the request with it', async () => {
  const stop = new AbortController()
  const { outcome, request } = scripted({ signal: stop.signal })
  stop.abort()
  expect(await outcome).toMatchObject({ code: 'aborted' })
  expect(request.isAborted).toBe(true)
})

test('a refusal is an ApiError with the problem of the desk', async () => {
  const { outcome, request } = scripted()
  const title = 'Too many files in a short time'
  request.answer(413, { code: 'quota_exceeded', title, status: 413, retryAfter: 60 })
  expect(await outcome).toMatchObject({ code: 'quota_exceeded', status: 413, retryAfter: 60 })
})

test('a connection that breaks is `network`, and the file is not sent again by itself', async () => {
  const { outcome, request } = scripted()
  request.onerror?.()
  expect(await outcome).toMatchObject({ name: 'ApiError', code: 'network' })
  expect(ScriptedRequest.last).toBe(request)
})

test('a fetch of the page’s own is used instead', async () => {
  const seen: RequestInit[] = []
  const fetch = async (_: RequestInfo | URL, init?: RequestInit) => {
    seen.push(init!)
    return Response.json({ key: 'k' })
  }
  const visitor = createVisitorClient({ url, desk: 'acme', fetch })
  expect(await visitor.uploadAttachment(csv)).toEqual({ key: 'k' })
  expect(seen[0]).toMatchObject({ method: 'POST', body: csv })
})

test.each([
  ['program.exe', 'x', 'attachment_refused', 415],
  ['page.html', '<p>', 'attachment_refused', 415],
  ['empty.txt', '', 'attachment_refused', 415],
  ['big.txt', 'x'.repeat(10_485_761), 'payload_too_large', 413],
])('the desk refuses %s', async (name, content, code, status) => {
  const upload = newVisitor().uploadAttachment(new File([content], name))
  await expect(upload).rejects.toMatchObject({ code, status })
})

test('10 MiB are not too large', async () => {
  const upload = await newVisitor().uploadAttachment(new File(['x'.repeat(10_485_760)], 'big.txt'))
  expect(upload.bytes).toBe(10_485_760)
})
