import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  canonicalIdentity,
  type Identity,
  type IdentityInput,
  identifierOf,
  readIdentity,
  signIdentifier,
  signIdentity,
  type VerifyOptions,
  verifyIdentity,
} from './identity.ts'
import vectors from './identity.vectors.json'

const desk = 'desk_demo'
const secret = 'hd_secret_correct-horse-battery-staple'
const now = 1_893_400_000
const expires = now + 86_400
const day = 86_400
const options: VerifyOptions = { desk, keys: [{ id: 'k1', secret }], now }
const every = vectors[0]?.identity as Identity

const sign = (identity: IdentityInput, more: { expires?: number; keyId?: string; secret?: string } = {}) =>
  signIdentity(identity, { desk, keyId: 'k1', secret, expires, ...more })

async function reasonOf(identity: unknown, signature: unknown, more: Partial<VerifyOptions> = {}) {
  const result = await verifyIdentity(identity, signature, { ...options, ...more })
  return result.ok ? 'accepted' : result.reason
}

/** Any code points, lone surrogates included. */
const anyText = fc
  .array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff), fc.nat(0x10ffff)))
  .map((codes) => String.fromCodePoint(...codes))

describe('the shared vectors, made with openssl', () => {
  for (const vector of vectors) {
    const given = { desk: vector.desk, keyId: vector.keyId, secret: vector.secret, expires: vector.expires }
    const keys = [{ id: vector.keyId, secret: vector.secret }]
    const identity: Identity = vector.identity

    it(`"${vector.name}": the canonical text and both forms are as published`, async () => {
      expect(canonicalIdentity(identity, given)).toBe(vector.canonical)
      expect(await signIdentity(identity, given)).toBe(vector.signature)
      expect(await signIdentifier(identity, vector.secret)).toBe(vector.shortSignature)
      expect(identifierOf(identity)).toBe(vector.shortIdentifier)
    })

    it(`"${vector.name}": both forms verify`, async () => {
      const present = Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== ''))
      const at = { desk: vector.desk, keys, now: vector.expires - day }
      expect(await verifyIdentity(identity, vector.signature, at)).toEqual({
        ok: true,
        form: 'full',
        keyId: vector.keyId,
        trusted: present,
        unverified: {},
        expires: vector.expires,
      })
      const { [vector.shortIdentifier]: value, ...rest } = present
      expect(await verifyIdentity(identity, vector.shortSignature, at)).toEqual({
        ok: true,
        form: 'short',
        keyId: vector.keyId,
        trusted: { [vector.shortIdentifier]: value },
        unverified: rest,
        expires: null,
      })
    })
  }
})

describe('A09: text that is not well-formed', () => {
  it.each(['\ud800', '\udc00', 'a\ud801b', '\udc00\ud800'])(
    'A09: a lone surrogate is refused',
    async (value) => {
      expect(await reasonOf({ user_external_id: value }, await sign(every))).toBe('identity_invalid')
      await expect(sign({ user_external_id: value })).rejects.toThrow(TypeError)
    },
  )
  it('A09: a pair of surrogates and every other script are fine', async () => {
    const identity = {
      user_external_id: '🐙',
      user_name: 'Žofia \t (ü)',
      client_external_id: 'x'.repeat(5_000),
    }
    expect(await reasonOf(identity, await sign(identity))).toBe('accepted')
  })
  it('A09: composed and decomposed letters are different ids', async () => {
    const signature = await sign({ user_external_id: 'é' })
    expect(await reasonOf({ user_external_id: 'e\u0301' }, signature)).toBe('signature_mismatch')
  })
})

describe('own properties only', () => {
  it('inherited attributes count as absent', async () => {
    const heir: unknown = Object.create(every)
    expect(await reasonOf(heir, await sign(every))).toBe('identity_invalid')
    class Host {
      get user_email() {
        return 'a@b.example'
      }
    }
    expect(readIdentity(new Host())).toEqual({ ok: true, identity: {} })
  })
  it('a polluted Object.prototype adds nothing', async () => {
    const identity = { client_external_id: 'CRM-123' }
    const before = await sign(identity)
    const prototype = Object.prototype as Record<string, unknown>
    prototype.user_email = 'eve@evil.example'
    try {
      expect(await sign(identity)).toBe(before)
      const result = await verifyIdentity(identity, before, options)
      expect(result.ok && Object.keys(result.trusted)).toEqual(['client_external_id'])
      expect(await reasonOf({}, before)).toBe('identity_invalid')
    } finally {
      delete prototype.user_email
    }
  })
  it('a getter or proxy that throws makes the identity invalid', async () => {
    const throwing = {
      get user_email() {
        throw new Error('no')
      },
    }
    const proxy = new Proxy(
      {},
      {
        getOwnPropertyDescriptor() {
          throw new Error('no')
        },
      },
    )
    for (const value of [throwing, proxy])
      expect(await reasonOf(value, await sign(every))).toBe('identity_invalid')
  })
  it('a value that changes between two reads is read once', async () => {
    let reads = 0
    const changing = {
      get user_email() {
        return `${++reads}@b.example`
      },
    }
    expect(await reasonOf(changing, await sign({ user_email: '1@b.example' }))).toBe('accepted')
    expect(reads).toBe(1)
  })
})

describe('the short form', () => {
  it('trusts the first identifier alone', async () => {
    const signature = await signIdentifier(every, secret)
    const changed = { ...every, user_email: 'eve@evil.example' }
    const result = await verifyIdentity(changed, signature, options)
    expect(result).toMatchObject({ ok: true, form: 'short', trusted: { client_external_id: 'CRM-123' } })
    expect(result.ok && result.unverified.user_email).toBe('eve@evil.example')
  })
  it('does not let the signature of one identifier pass for another', async () => {
    const signature = await signIdentifier({ user_email: 'a@b.example' }, secret)
    const result = await verifyIdentity(
      { client_external_id: 'CRM-123', user_email: 'a@b.example' },
      signature,
      options,
    )
    expect(result).toEqual({ ok: false, reason: 'signature_mismatch' })
  })
  it('is malformed where the desk has switched it off', async () => {
    expect(await reasonOf(every, await signIdentifier(every, secret), { allowShort: false })).toBe(
      'signature_malformed',
    )
    expect(await reasonOf(every, await sign(every), { allowShort: false })).toBe('accepted')
  })
  it('accepts any live key and says which', async () => {
    const other = 'another-secret-of-the-same-desk-012345'
    const keys = [
      { id: 'k1', secret },
      { id: 'k2', secret: other },
    ]
    const result = await verifyIdentity(every, await signIdentifier(every, other), { ...options, keys })
    expect(result).toMatchObject({ ok: true, keyId: 'k2' })
  })
})

describe('signing', () => {
  it('needs an identifier', async () => {
    await expect(sign({ user_name: 'Ann', client_plan: 'Premium' })).rejects.toThrow(/client_external_id/)
    await expect(signIdentifier({}, secret)).rejects.toThrow(TypeError)
    expect(await reasonOf({ user_name: 'Ann' }, await sign(every))).toBe('identity_invalid')
  })
  it('refuses an identity that is no object', () => {
    expect(() => canonicalIdentity(null as never, { desk, expires })).toThrow(/an object/)
  })
  it.each(['', 'a\nb', '\ud800', undefined])('refuses %j as a desk', (value) => {
    expect(() => canonicalIdentity(every, { desk: value as string, expires })).toThrow(/desk/)
  })
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e15, '1'])(
    'refuses %j as an expiry',
    (value) => {
      expect(() => canonicalIdentity(every, { desk, expires: value as number })).toThrow(/expires/)
    },
  )
  it.each(['', 'a.b', 'k 1', 'k'.repeat(33)])('refuses %j as a key id', async (keyId) => {
    await expect(sign(every, { keyId })).rejects.toThrow(/keyId/)
  })
  it('verifies what it has signed, whatever the identity', async () => {
    const text = anyText.filter((value) => readIdentity({ user_name: value }).ok)
    const identity = fc.record({
      user_email: text,
      user_name: text,
      client_plan: text,
      client_external_id: text,
    })
    await fc.assert(
      fc.asyncProperty(identity, async (one) => {
        fc.pre(one.user_email !== '' || one.client_external_id !== '')
        expect(await reasonOf(one, await sign(one))).toBe('accepted')
      }),
    )
  })
})

describe('keys', () => {
  it('tries every live key of the same id', async () => {
    const keys = [
      { id: 'k1', secret: 'not-the-one-that-signed-0123456789' },
      { id: 'k1', secret },
    ]
    expect(await reasonOf(every, await sign(every), { keys })).toBe('accepted')
  })
  it('imports a key once, also when many ask at the same time', async () => {
    const fresh = 'a-secret-that-no-other-test-uses-012345'
    const imports = vi.spyOn(crypto.subtle, 'importKey')
    const signature = await sign(every, { secret: fresh })
    const keys = [{ id: 'k1', secret: fresh }]
    const results = await Promise.all(Array.from({ length: 20 }, () => reasonOf(every, signature, { keys })))
    expect(new Set(results)).toEqual(new Set(['accepted']))
    expect(imports).toHaveBeenCalledTimes(1)
    imports.mockRestore()
  })
  it('keeps many checks at the same time apart', async () => {
    const people = Array.from({ length: 50 }, (_, at) => ({
      user_external_id: `USR-${at}`,
      user_name: 'x'.repeat(at),
    }))
    const signatures = await Promise.all(people.map((one) => sign(one)))
    const right = await Promise.all(people.map((one, at) => reasonOf(one, signatures[at])))
    const wrong = await Promise.all(people.map((one, at) => reasonOf(one, signatures[(at + 1) % 50])))
    expect(new Set(right)).toEqual(new Set(['accepted']))
    expect(new Set(wrong)).toEqual(new Set(['signature_mismatch']))
  })
  it('keeps the last 1,000 keys only, and still verifies with one that it has forgotten', async () => {
    const secrets = Array.from({ length: 1_001 }, (_, at) => `one-of-very-many-secrets-of-desks-${at}`)
    const signatures = await Promise.all(secrets.map((one) => signIdentifier(every, one)))
    const imports = vi.spyOn(crypto.subtle, 'importKey')
    const importsFor = async (at: number) => {
      imports.mockClear()
      const keys = [{ id: 'k1', secret: secrets[at]! }]
      expect(await reasonOf(every, signatures[at], { keys })).toBe('accepted')
      return imports.mock.calls.length
    }
    expect([await importsFor(1_000), await importsFor(1), await importsFor(0), await importsFor(1)]).toEqual([
      0, 0, 1, 1,
    ])
    imports.mockRestore()
  })
})
