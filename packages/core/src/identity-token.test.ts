import { describe, expect, it } from 'vitest'
import { signText } from './hmac.ts'
import { verifyIdentityToken } from './identity-token.ts'

const desk = 'desk_demo'
const secret = 'hd_secret_correct-horse-battery-staple'
const now = 1_893_400_000
const options = { desk, keys: [{ id: 'k1', secret }], now }
const claims = {
  user_external_id: 'USR-456',
  user_email: 'user@company.example',
  exp: now + 3_600,
  aud: desk,
}

const encode = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const encodeText = (text: string) => encode(new TextEncoder().encode(text))

async function mint(
  payload: unknown,
  header: unknown = { alg: 'HS256', typ: 'JWT', kid: 'k1' },
  key = secret,
) {
  const signed = `${encodeText(JSON.stringify(header))}.${encodeText(JSON.stringify(payload))}`
  const hex = await signText(key, signed)
  return `${signed}.${encode(Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16)))}`
}

async function reasonOf(token: unknown) {
  const result = await verifyIdentityToken(token, options)
  return result.ok ? 'accepted' : result.reason
}

describe('verifyIdentityToken', () => {
  it('trusts every attribute of a valid token and nothing else in it', async () => {
    expect(await verifyIdentityToken(await mint({ ...claims, role: 'owner' }), options)).toEqual({
      ok: true,
      form: 'jwt',
      keyId: 'k1',
      trusted: { user_external_id: 'USR-456', user_email: 'user@company.example' },
      unverified: {},
      expires: now + 3_600,
    })
  })
  it('accepts a token made without this code (by the hmac and base64 modules of Python)', async () => {
    const token = [
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImsxIn0',
      'eyJ1c2VyX2V4dGVybmFsX2lkIjoiVVNSLTQ1NiIsInVzZXJfbmFtZSI6IsW9b2ZpYSDwn5CZIiwiYXVkIjoiZGVza19kZW1vIiwiZXhwIjoxODkzNDAzNjAwLCJpYXQiOjE4OTM0MDAwMDB9',
      '5S5F7dXAWrDhX8rKFD6U_hYLD8lMuV70qCKCLaFBj8s',
    ].join('.')
    expect(await verifyIdentityToken(token, options)).toMatchObject({
      ok: true,
      trusted: { user_external_id: 'USR-456', user_name: 'Žofia 🐙' },
    })
  })
  it('accepts one audience of several and a start within the skew', async () => {
    expect(await reasonOf(await mint({ ...claims, aud: ['other', desk], nbf: now + 60 }))).toBe('accepted')
  })
  it.each([undefined, null, ''])('A01: %o is missing', async (token) => {
    expect(await reasonOf(token)).toBe('signature_missing')
  })
  it.each([[], {}, 5, true, 'a', 'a.b', 'a.b.c', `${'a'.repeat(20_000)}.b.${'A'.repeat(43)}`])(
    'A01: %o is malformed',
    async (token) => expect(await reasonOf(token)).toBe('signature_malformed'),
  )
  it('A05: every part of the time and the audience counts', async () => {
    expect(await reasonOf(await mint({ ...claims, exp: now - 60 }))).toBe('accepted')
    expect(await reasonOf(await mint({ ...claims, exp: now - 61 }))).toBe('signature_expired')
    expect(await reasonOf(await mint({ ...claims, exp: now + 31 * 86_400 }))).toBe('signature_expired')
    expect(await reasonOf(await mint({ ...claims, exp: undefined }))).toBe('signature_expired')
    expect(await reasonOf(await mint({ ...claims, exp: String(now + 60) }))).toBe('signature_expired')
    expect(await reasonOf(await mint({ ...claims, nbf: now + 61 }))).toBe('signature_expired')
    expect(await reasonOf(await mint({ ...claims, nbf: 'soon' }))).toBe('signature_expired')
    expect(await reasonOf(await mint({ ...claims, aud: 'desk_other' }))).toBe('signature_mismatch')
    expect(await reasonOf(await mint({ ...claims, aud: undefined }))).toBe('signature_mismatch')
  })
  it.each(['none', 'HS384', 'hs256', 'RS256', '', null])('refuses the algorithm %o', async (alg) => {
    expect(await reasonOf(await mint(claims, { alg, kid: 'k1' }))).toBe('signature_malformed')
  })
  it('refuses a critical header, a header that is no object and an unknown key', async () => {
    expect(await reasonOf(await mint(claims, { alg: 'HS256', kid: 'k1', crit: ['b64'] }))).toBe(
      'signature_malformed',
    )
    expect(await reasonOf(await mint(claims, ['HS256']))).toBe('signature_malformed')
    expect(await reasonOf(await mint(claims, { alg: 'HS256', kid: 'k2' }))).toBe('signature_unknown_key')
    expect(await reasonOf(await mint(claims, { alg: 'HS256' }))).toBe('signature_unknown_key')
    expect(await reasonOf(await mint(claims, { alg: 'HS256', kid: '__proto__' }))).toBe(
      'signature_unknown_key',
    )
  })
  it('A05: refuses a key that has retired and one that is too short', async () => {
    const token = await mint(claims)
    const reason = async (key: object) => {
      const result = await verifyIdentityToken(token, { ...options, keys: [{ id: 'k1', secret, ...key }] })
      return result.ok ? 'accepted' : result.reason
    }
    expect(await reason({ retiresAt: now + 1 })).toBe('accepted')
    expect(await reason({ retiresAt: now })).toBe('signature_unknown_key')
    expect(await reason({ secret: 'short' })).toBe('signature_unknown_key')
  })
  it('refuses a token that another secret has signed', async () => {
    const token = await mint(claims, undefined, 'another-secret-of-another-desk-0123456')
    expect(await reasonOf(token)).toBe('signature_mismatch')
  })
  it('A06: every change of one character is refused', async () => {
    const token = await mint(claims)
    for (let at = 0; at < token.length; at++) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
      expect(await reasonOf(changed)).toMatch(/^signature_(malformed|mismatch|unknown_key)$/)
    }
  })
  it('A06: a second spelling of the same MAC is malformed', async () => {
    const token = await mint(claims)
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const same = alphabet[alphabet.indexOf(token.at(-1)!) + 1]
    expect(await reasonOf(token.slice(0, -1) + same)).toBe('signature_malformed')
  })
  it.each([{ user_email: ['a@b.example'] }, { user_name: 'Ann' }, { user_email: 'a\nb' }])(
    'refuses the attributes %o',
    async (attributes) =>
      expect(await reasonOf(await mint({ exp: now + 60, aud: desk, ...attributes }))).toBe(
        'identity_invalid',
      ),
  )
  it('refuses signed bytes that are not a JSON object in UTF-8', async () => {
    for (const payload of ['[]', '5', 'null', '{', '']) {
      const head = encodeText('{"alg":"HS256","kid":"k1"}')
      const body = payload === '' ? encode(Uint8Array.of(0xff, 0xfe)) : encodeText(payload)
      const hex = await signText(secret, `${head}.${body}`)
      const mac = encode(Uint8Array.from(hex.match(/../g)!, (pair) => Number.parseInt(pair, 16)))
      expect(await reasonOf(`${head}.${body}.${mac}`)).toBe('identity_invalid')
    }
  })
})
