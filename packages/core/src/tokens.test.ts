import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constantTimeEqual, hashToken, isToken, newToken } from './tokens.ts'

/** Any UTF-16 code units, half pairs included. */
const utf16 = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes))
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe('newToken', () => {
  it('writes 32 bytes as base64url', () => {
    expect(newToken(() => new Uint8Array(32))).toBe('A'.repeat(43))
    expect(newToken(() => new Uint8Array(32).fill(255))).toBe(`${'_'.repeat(42)}8`)
    expect(newToken(() => new Uint8Array(32).fill(0xfb))).toBe(`${'-_v7'.repeat(10)}-_s`)
  })
  it('always makes a token, and different ones from different bytes', () => {
    fc.assert(
      fc.property(bytes32, bytes32, (one, other) => {
        const token = newToken(() => one)
        expect(isToken(token)).toBe(true)
        expect(token === newToken(() => other)).toBe(one.join() === other.join())
      }),
    )
  })
  it('asks for 32 bytes and refuses fewer', () => {
    expect(newToken((count) => new Uint8Array(count))).toHaveLength(43)
    expect(() => newToken(() => new Uint8Array(16))).toThrow(RangeError)
  })
})

describe('isToken', () => {
  const token = newToken(() => new Uint8Array(32).fill(7))
  const bad = [
    '',
    token.slice(1),
    `${token}A`,
    `${token}\n`,
    ` ${token}`,
    `${token.slice(0, -1)}=`,
    `+${token.slice(1)}`,
  ]
  it.each([...bad, `${token.slice(0, -1)}B`, undefined, null, 5, {}, [token]])('%j is none', (value) => {
    expect(isToken(value)).toBe(false)
  })
})

describe('hashToken', () => {
  it('is SHA-256 in hex', async () => {
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(await hashToken('abc')).toBe(abc)
  })
})

describe('constantTimeEqual', () => {
  it('agrees with ===', () => {
    fc.assert(
      fc.property(utf16, utf16, (one, other) => {
        expect(constantTimeEqual(one, one)).toBe(true)
        expect(constantTimeEqual(one, other)).toBe(one === other)
        expect(constantTimeEqual(one, `${one}\0`)).toBe(false)
        expect(constantTimeEqual(`${one}\0`, one)).toBe(false)
      }),
    )
  })
})
