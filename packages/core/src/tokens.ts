import { toBytes, toHex } from './hmac.ts'

const tokenBytes = 32

/**
 * A new secret token: 256 random bits as 43 base64url characters.
 * @param randomBytes gives that many bytes from a cryptographic source
 * @throws RangeError when the source gives another number of bytes
 */
export function newToken(randomBytes: (count: number) => Uint8Array): string {
  const bytes = randomBytes(tokenBytes)
  if (bytes.length !== tokenBytes) throw new RangeError(`a token needs ${tokenBytes} random bytes`)
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Whether a value has the exact form of a token; checked before anything is hashed or looked up. */
export function isToken(value: unknown): value is string {
  // The last character carries 4 of its 6 bits, so that one token has one spelling.
  return typeof value === 'string' && /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(value)
}

/** The form in which a token is stored: its SHA-256 as 64 lower-case hex digits. */
export async function hashToken(token: string): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', toBytes(token)))
}

/** Whether two texts are equal, in a time that depends on their lengths only. */
export function constantTimeEqual(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  // Past its end `charCodeAt` gives NaN, which counts as 0; the lengths differ then anyway.
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at)
  return difference === 0
}
