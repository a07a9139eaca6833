import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalIdentity,
  type Identity,
  type IdentityInput,
  type IdentityReason,
  identifierOf,
  identityAttributes,
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

describe('A01: a signature that is not there or not a text', () => {
  it.each([undefined, null, ''])('%o is missing', async (value) => {
    expect(await reasonOf(every, value)).toBe('signature_missing')
  })
  it.each([[], {}, true, false, 0, 1, 1n, Symbol('x'), () => 'x'])('%o is malformed', async (value) => {
    expect(await reasonOf(every, value)).toBe('signature_malformed')
  })
})

describe('A02: array and object tricks', () => {
  it('A02: a valid signature in an array is malformed', async () => {
    expect(await reasonOf(every, [await sign(every)])).toBe('signature_malformed')
  })
  const odd = [
    ['CRM-123'],
    { toString: () => 'CRM-123' },
    true,
    null,
    1n,
    Symbol('x'),
    Number.NaN,
    1e21,
    2 ** 53,
    1e-7,
  ]
  it.each(odd)('A02: an attribute that is %o is refused, not coerced', async (value) => {
    const identity = { ...every, client_external_id: value }
    expect(await reasonOf(identity, await sign(every))).toBe('identity_invalid')
    expect(readIdentity(identity)).toEqual({ ok: false, attribute: 'client_external_id' })
  })
  it.each([null, undefined, 'text', 5, [], [every], true])(
    'A02: an identity that is %o is refused',
    async (value) => {
      expect(await reasonOf(value, await sign(every))).toBe('identity_invalid')
      expect(readIdentity(value)).toEqual({ ok: false, attribute: null })
    },
  )
  it('A02: a number stands for its decimal digits', async () => {
    const signature = await sign({ user_external_id: 42 })
    expect(signature).toBe(await sign({ user_external_id: '42' }))
    const result = await verifyIdentity({ user_external_id: 42 }, signature, options)
    expect(result).toMatchObject({ ok: true, trusted: { user_external_id: '42' } })
    expect(readIdentity({ user_external_id: 1.5, client_external_id: -0 })).toEqual({
      ok: true,
      identity: { user_external_id: '1.5', client_external_id: '0' },
    })
  })
})

describe('A03: any change of a signed identity', () => {
  it.each(identityAttributes)('A03: another %s is a mismatch', async (name) => {
    const signature = await sign(every)
    for (const value of [`${every[name]} `, every[name]!.toUpperCase() + every[name]!.toLowerCase(), 'x'])
      expect(await reasonOf({ ...every, [name]: value }, signature)).toBe('signature_mismatch')
  })
  it.each(identityAttributes)('A03: without its %s it is a mismatch', async (name) => {
    const { [name]: _dropped, ...rest } = every
    expect(await reasonOf(rest, await sign(every))).toBe('signature_mismatch')
    expect(await reasonOf({ ...every, [name]: '' }, await sign(every))).toBe('signature_mismatch')
  })
  it.each(identityAttributes)('A03: with an unsigned %s it is a mismatch', async (name) => {
    const base = name === 'user_email' ? 'user_external_id' : 'user_email'
    const identity = { [base]: 'a@b.example' }
    expect(await reasonOf({ ...identity, [name]: 'x' }, await sign(identity))).toBe('signature_mismatch')
  })
  it('A03: empty and absent are the same', async () => {
    const identity = { user_email: 'a@b.example' }
    const signature = await sign({ ...identity, client_name: '' })
    expect(signature).toBe(await sign(identity))
    const result = await verifyIdentity(
      { ...identity, user_phone: '', user_name: undefined },
      signature,
      options,
    )
    expect(result).toMatchObject({ ok: true, trusted: identity })
  })
  it('A03: names that are no attributes are neither signed nor trusted', async () => {
    const result = await verifyIdentity({ ...every, role: 'owner', desk: 'x' }, await sign(every), options)
    expect(result).toMatchObject({ ok: true })
    expect(result.ok && result.trusted).toEqual(every)
  })
  it('A03: two values that change places are a mismatch', async () => {
    const swapped = { ...every, user_name: every.client_name!, client_name: every.user_name! }
    expect(await reasonOf(swapped, await sign(every))).toBe('signature_mismatch')
  })
})

describe('A04: values that reach over their boundary', () => {
  it.each(['\n', '\r', '\0', 'x\nuser_name=Eve', '\r\n'])('A04: %j in a value is refused', async (value) => {
    expect(await reasonOf({ ...every, user_name: value }, await sign(every))).toBe('identity_invalid')
    await expect(sign({ ...every, user_name: value })).rejects.toThrow(/user_name/)
  })
  it('A04: text moved from one attribute to the next gives another text to sign', () => {
    const of = (identity: IdentityInput) => canonicalIdentity(identity, { desk, expires })
    expect(of({ client_email: 'a|b', client_external_id: 'c' })).not.toBe(
      of({ client_email: 'a', client_external_id: 'b|c' }),
    )
  })
  it('A04: different identities never share a canonical text', () => {
    const value = fc.oneof(fc.constantFrom('a', '=', 'a=b', '&', 'user_name=x'), fc.string())
    const identity = fc.record(
      Object.fromEntries([...identityAttributes].map((name) => [name, value])) as Record<
        string,
        typeof value
      >,
      { requiredKeys: ['user_email'] },
    )
    fc.assert(
      fc.property(identity, identity, (one, other) => {
        const [a, b] = [readIdentity(one), readIdentity(other)]
        fc.pre(
          a.ok && b.ok && identifierOf(a.identity) !== undefined && identifierOf(b.identity) !== undefined,
        )
        const same = JSON.stringify(a.ok && a.identity) === JSON.stringify(b.ok && b.identity)
        expect(
          canonicalIdentity(one, { desk, expires }) === canonicalIdentity(other, { desk, expires }),
        ).toBe(same)
      }),
    )
  })
})

describe('A05: replay', () => {
  const times: [string, number, IdentityReason | 'accepted'][] = [
    ['the second it expires', now, 'accepted'],
    ['60 seconds late', now - 60, 'accepted'],
    ['61 seconds late', now - 61, 'signature_expired'],
    ['a year late', now - 365 * day, 'signature_expired'],
    ['30 days ahead', now + 30 * day, 'accepted'],
    ['one second more than 30 days ahead', now + 30 * day + 1, 'signature_expired'],
    ['milliseconds by mistake', now * 1000, 'signature_expired'],
  ]
  it.each(times)('A05: %s', async (_name, at, outcome) => {
    expect(await reasonOf(every, await sign(every, { expires: at }))).toBe(outcome)
  })
  it('A05: a clock that is not a number lets nothing in', async () => {
    expect(await reasonOf(every, await sign(every), { now: Number.NaN })).toBe('signature_expired')
    const short = await signIdentifier(every, secret)
    expect(await reasonOf(every, short, { now: Number.NaN })).toBe('signature_unknown_key')
  })
  it('A05: another desk is a mismatch', async () => {
    expect(await reasonOf(every, await sign(every), { desk: 'desk_other' })).toBe('signature_mismatch')
  })
  it('A05: the expiry and the key id cannot be exchanged', async () => {
    const [, , , hex] = (await sign(every)).split('.')
    expect(await reasonOf(every, `v2.k1.${expires + 1}.${hex}`)).toBe('signature_mismatch')
    expect(await reasonOf(every, `v2.k2.${expires}.${hex}`)).toBe('signature_unknown_key')
  })
  it('A05: an old secret verifies until it retires, in both forms', async () => {
    const old = 'the-old-secret-of-this-desk-0123456789'
    const full = await sign(every, { keyId: 'k0', secret: old })
    const short = await signIdentifier(every, old)
    const keys = (retiresAt: number | null) => [
      { id: 'k1', secret },
      { id: 'k0', secret: old, retiresAt },
    ]
    for (const retiresAt of [null, now + 1]) {
      expect(await reasonOf(every, full, { keys: keys(retiresAt) })).toBe('accepted')
      expect(await verifyIdentity(every, short, { ...options, keys: keys(retiresAt) })).toMatchObject({
        keyId: 'k0',
      })
    }
    for (const retiresAt of [now, 0]) {
      expect(await reasonOf(every, full, { keys: keys(retiresAt) })).toBe('signature_unknown_key')
      expect(await reasonOf(every, short, { keys: keys(retiresAt) })).toBe('signature_mismatch')
    }
  })
})

describe('A06 and A07: the signature as text', () => {
  const forms = { full: sign, short: (identity: IdentityInput) => signIdentifier(identity, secret) }
  const changes: Record<string, (signature: string) => string> = {
    'junk behind it': (text) => `${text}zz`,
    'a line break behind it': (text) => `${text}\n`,
    'a space in front': (text) => ` ${text}`,
    'upper-case digits': (text) => text.slice(0, -64) + text.slice(-64).toUpperCase(),
    'one digit less': (text) => text.slice(0, -1),
    'one digit more': (text) => `${text}0`,
    'two digits less': (text) => text.slice(0, -2),
    'a letter beyond f': (text) => `${text.slice(0, -1)}g`,
    'full-width digits': (text) => `${text.slice(0, -2)}\uff10\uff11`,
    'base64url instead of hex': (text) => `${text.slice(0, -64)}${'A'.repeat(43)}`,
    'another version': (text) => `v3.k1.${expires}.${text.slice(-64)}`,
    'no key id': (text) => `v2..${expires}.${text.slice(-64)}`,
    'a strange key id': (text) => `v2.k/1.${expires}.${text.slice(-64)}`,
    'a key id of 33 characters': (text) => `v2.${'k'.repeat(33)}.${expires}.${text.slice(-64)}`,
    'an expiry with a zero in front': (text) => `v2.k1.0${expires}.${text.slice(-64)}`,
    'an expiry in another notation': (text) => `v2.k1.1e10.${text.slice(-64)}`,
    'a negative expiry': (text) => `v2.k1.-1.${text.slice(-64)}`,
    'an endless expiry': (text) => `v2.k1.${'9'.repeat(400)}.${text.slice(-64)}`,
    'one part more': (text) => `v2.k1.${expires}.${text.slice(-64)}.`,
    'a megabyte of digits': (text) => `${text}${'0'.repeat(1_000_000)}`,
  }
  for (const [form, make] of Object.entries(forms))
    for (const [name, change] of Object.entries(changes))
      it(`A06: the ${form} form with ${name} is malformed`, async () => {
        expect(await reasonOf(every, change(await make(every)))).toBe('signature_malformed')
      })

  it('A07: every shortened signature is refused with a reason', async () => {
    for (const signature of [await sign(every), await signIdentifier(every, secret)])
      for (let length = 1; length < signature.length; length++)
        expect(await reasonOf(every, signature.slice(0, length))).toMatch(/^signature_(malformed|mismatch)$/)
  })
  it('A06: every change of one bit of the MAC is a mismatch', async () => {
    for (const signature of [await sign(every), await signIdentifier(every, secret)])
      for (let bit = 0; bit < 256; bit++) {
        const at = signature.length - 64 + (bit >> 2)
        const digit = (Number.parseInt(signature.charAt(at), 16) ^ (1 << (bit & 3))).toString(16)
        const changed = signature.slice(0, at) + digit + signature.slice(at + 1)
        expect(await reasonOf(every, changed)).toBe('signature_mismatch')
      }
  })
  it('A06: no random text is accepted and none makes it throw', async () => {
    const hex = fc
      .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 })
      .map((one) => one.join(''))
    const texts = fc.oneof(
      fc.string(),
      hex,
      fc.tuple(hex).map(([one]) => `v2.k1.${expires}.${one}`),
    )
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await reasonOf(every, text)).toMatch(/^signature_/)
      }),
    )
  })
  it('never throws for hostile values', async () => {
    const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withObjectString: true })
    await fc.assert(
      fc.asyncProperty(anything, anything, async (identity, signature) => {
        expect(await reasonOf(identity, signature)).not.toBe('accepted')
        expect(await reasonOf(identity, await sign(every))).not.toBe('accepted')
      }),
    )
  })
})

describe('A08: secrets that are no secrets', () => {
  const short = ['', 'secret', 'x'.repeat(31), `${'ż'.repeat(15)}x`, `\ud800${'x'.repeat(40)}`]
  it.each([...short, undefined, null, 7])('A08: %j neither signs nor verifies', async (value) => {
    const bad = value as string
    await expect(sign(every, { secret: bad })).rejects.toThrow(TypeError)
    await expect(signIdentifier(every, bad)).rejects.toThrow(TypeError)
    const keys = [{ id: 'k1', secret: bad }]
    expect(await reasonOf(every, await sign(every), { keys })).toBe('signature_unknown_key')
    expect(await reasonOf(every, await signIdentifier(every, secret), { keys })).toBe('signature_unknown_key')
  })
  it('A08: 32 bytes are enough, counted in UTF-8', async () => {
    for (const good of ['x'.repeat(32), 'ż'.repeat(16)])
      expect(
        await reasonOf(every, await sign(every, { secret: good }), { keys: [{ id: 'k1', secret: good }] }),
      ).toBe('accepted')
  })
  it('A08: a desk without keys accepts nothing', async () => {
    expect(await reasonOf(every, await sign(every), { keys: [] })).toBe('signature_unknown_key')
  })
})
