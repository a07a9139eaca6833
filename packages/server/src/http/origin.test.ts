import Fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { checkOrigin, originAllowed } from './origin.ts'
import { sendProblem } from './problem.ts'

const own = ['http://127.0.0.1:3000', 'https://shop.example']
const listed = ['https://admin.other.example']

describe('A40, A41: whether an agent’s write may be carried out', () => {
  test.each<[string, string | undefined, string | undefined, boolean, boolean]>([
    // what, Origin, Sec-Fetch-Site, cookies, allowed
    ['our own page', 'http://127.0.0.1:3000', 'same-origin', true, true],
    ['our own page in a browser without fetch metadata', 'https://shop.example', undefined, true, true],
    ['our own origin that the browser calls cross-site', 'https://shop.example', 'cross-site', true, false],
    ['a listed origin', 'https://admin.other.example', 'cross-site', true, true],
    ['a listed origin on our site', 'https://admin.other.example', 'same-site', true, true],
    ['another site', 'https://evil.example', 'cross-site', true, false],
    ['another site, no cookies', 'https://evil.example', 'cross-site', false, false],
    ['another site, no fetch metadata', 'https://evil.example', undefined, false, false],
    ['a subdomain', 'https://www.shop.example', 'same-site', true, false],
    ['a sibling that ends alike', 'https://evil-shop.example', 'cross-site', true, false],
    ['our name with a suffix', 'https://shop.example.evil.example', 'cross-site', true, false],
    ['http instead of https', 'http://shop.example', 'cross-site', true, false],
    ['a trailing dot', 'https://shop.example.', 'cross-site', true, false],
    ['another port', 'https://shop.example:8443', 'same-site', true, false],
    ['another loopback port', 'http://127.0.0.1:3001', 'same-site', true, false],
    ['a sandboxed frame', 'null', 'cross-site', true, false],
    ['a local file without cookies', 'null', undefined, false, false],
    ['an empty origin', '', undefined, false, false],
    ['curl', undefined, undefined, false, true],
    ['curl with a cookie', undefined, undefined, true, false],
    ['a browser that hides the origin, same origin', undefined, 'same-origin', true, true],
    ['a browser that hides the origin, cross-site', undefined, 'cross-site', true, false],
    ['a browser that hides the origin, cross-site, no cookies', undefined, 'cross-site', false, false],
    ['a browser that hides the origin, same site', undefined, 'same-site', true, false],
    ['typed into the address bar', undefined, 'none', true, false],
  ])('%s', (_what, origin, fetchSite, hasCookies, allowed) => {
    expect(originAllowed({ origin, fetchSite, hasCookies }, own, listed)).toBe(allowed)
  })
})

describe('our own origin', () => {
  const config = { publicUrl: 'https://shop.example/helpdesk', allowedOrigins: [] }
  const write = async (headers: Record<string, string>, proxies = 0) => {
    const app = Fastify({ trustProxy: (_address, hop) => hop < proxies })
    app.setErrorHandler(sendProblem)
    app.post('/', (request) => {
      checkOrigin(config, request)
      return 'done'
    })
    const response = await app.inject({ method: 'POST', url: '/', headers })
    return response.statusCode === 200 || (response.statusCode === 403 && response.json().code)
  }

  test('is that of the public address, whatever the host header says', async () => {
    expect(await write({ host: 'internal:3000', origin: 'https://shop.example' })).toBe(true)
  })

  test('is where the request went to', async () => {
    expect(await write({ host: 'localhost:3000', origin: 'http://localhost:3000' })).toBe(true)
    expect(await write({ host: 'localhost:3000', origin: 'https://localhost:3000' })).toBe(
      'origin_not_allowed',
    )
    expect(await write({ host: 'localhost:80', origin: 'http://localhost' })).toBe(true)
  })

  test('follows a trusted proxy, and only a trusted one', async () => {
    const headers = { host: 'internal', origin: 'https://desk.example' }
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'desk.example' }
    expect(await write({ ...headers, ...forwarded }, 1)).toBe(true)
    expect(await write({ ...headers, ...forwarded })).toBe('origin_not_allowed')
  })

  test.each(['[', 'a b', 'evil.example/@shop.example', ''])('is nothing for the host %j', async (host) => {
    expect(await write({ host, origin: 'null' })).toBe('origin_not_allowed')
    expect(await write({ host, origin: '' })).toBe('origin_not_allowed')
  })

  test('is not "null" under a protocol that has no origins', async () => {
    const headers = { host: 'x', origin: 'null', 'x-forwarded-proto': 'data' }
    expect(await write(headers, 1)).toBe('origin_not_allowed')
  })
})
