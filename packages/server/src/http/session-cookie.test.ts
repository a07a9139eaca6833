import Fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './session-cookie.ts'

const token = 'A'.repeat(43)
const other = 'b'.repeat(43)

async function ask(
  headers: Record<string, string>,
  options: { publicUrl?: string; proxies?: number; act?: 'clear' } = {},
): Promise<{ read: string | null; cookies: string[] }> {
  const config = { publicUrl: options.publicUrl ?? 'http://localhost:3000' }
  const app = Fastify({ trustProxy: (_address, hop) => hop < (options.proxies ?? 0) })
  app.get('/', (request, reply) => {
    reply.header('set-cookie', 'host=1')
    if (options.act === 'clear') clearSessionCookie(config, request, reply)
    else writeSessionCookie(config, request, reply, token, 60)
    return { read: readSessionCookie(config, request) }
  })
  const response = await app.inject({ url: '/', headers: { host: 'localhost:3000', ...headers } })
  expect(response.statusCode).toBe(200)
  return { read: response.json().read, cookies: [response.headers['set-cookie'] ?? []].flat() }
}

const https = { 'x-forwarded-proto': 'https' }

describe('A45: the name of the cookie fits the connection', () => {
  test('with TLS it is __Host-, Secure, HttpOnly and Lax', async () => {
    const cookie = `__Host-helpdesk_session=${token}`
    const { read, cookies } = await ask({ ...https, cookie }, { proxies: 1 })
    expect(read).toBe(token)
    expect(cookies).toEqual(['host=1', `${cookie}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure`])
  })

  test('without TLS it has another name and is not Secure', async () => {
    const cookie = `helpdesk_session=${token}`
    const { read, cookies } = await ask({ cookie })
    expect(read).toBe(token)
    expect(cookies).toEqual(['host=1', `${cookie}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax`])
  })

  test('the other name is not read', async () => {
    const plain = { ...https, cookie: `helpdesk_session=${token}` }
    expect((await ask(plain, { proxies: 1 })).read).toBeNull()
    expect((await ask({ cookie: `__Host-helpdesk_session=${token}` })).read).toBeNull()
  })

  test('nobody but a trusted proxy says that there is TLS', async () => {
    expect((await ask(https)).cookies[1]).toMatch(/^helpdesk_session=/)
  })

  test('an https public address counts under its own name only', async () => {
    const publicUrl = 'https://desk.example/help'
    expect((await ask({ host: 'desk.example' }, { publicUrl })).cookies[1]).toMatch(/^__Host-.*; Secure$/)
    expect((await ask({}, { publicUrl })).cookies[1]).toMatch(/^helpdesk_session=/)
  })

  test('clearing it makes the browser drop it at once', async () => {
    expect((await ask({}, { act: 'clear' })).cookies[1]).toBe(
      'helpdesk_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
    )
  })
})

describe('hostile Cookie headers', () => {
  test.each<[string, string, string | null]>([
    ['among others', `a=1; helpdesk_session=${token}; b=2`, token],
    ['without a space', `a=1;helpdesk_session=${token}`, token],
    ['white space around', `  helpdesk_session=${token}\t;`, token],
    ['nothing', '', null],
    ['separators only', ';;;=;==;', null],
    ['empty', 'helpdesk_session=', null],
    ['too short', `helpdesk_session=${token.slice(1)}`, null],
    ['too long', `helpdesk_session=${token}A`, null],
    ['foreign characters', `helpdesk_session=${'%41'.repeat(14)}A`, null],
    ['quoted', `helpdesk_session="${token}"`, null],
    ['a space inside', `helpdesk_session= ${token}`, null],
    ['an equals sign behind', `helpdesk_session=${token}=`, null],
    ['a name that ends alike', `xhelpdesk_session=${token}`, null],
    ['a name that begins alike', `helpdesk_session2=${token}`, null],
    ['another case', `Helpdesk_Session=${token}`, null],
    ['twice', `helpdesk_session=${token}; helpdesk_session=${other}`, null],
    ['twice, one of them broken', `helpdesk_session=${token}; helpdesk_session=x`, null],
    ['a prototype', '__proto__=1; constructor=2', null],
    ['very many', `${'a=1;'.repeat(4000)}helpdesk_session=${token}`, token],
  ])('%s', async (_what, cookie, expected) => {
    expect((await ask({ cookie })).read).toBe(expected)
  })
})
