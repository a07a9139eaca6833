import { limits } from './limits.ts'

const maxKeys = 1_000
const keys = new Map<string, CryptoKey | Promise<CryptoKey>>()
const encoder = /* @__PURE__ */ new TextEncoder()

// Web Crypto copies what it is given before it returns, so these two serve every verification; making new
// buffers would cost a third of it.
const textBytes = /* @__PURE__ */ new Uint8Array(4_096)
const macBytes = /* @__PURE__ */ new Uint8Array(32)

/** The UTF-8 bytes of a text. */
export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  // '0' to '9' are 48 to 57, 'a' to 'f' are 97 to 102: the low four bits, and nine more for a letter.
  const digit = (code: number) => (code & 15) + (code >> 6) * 9
  for (let at = 0; at < 32; at++)
    macBytes[at] = (digit(hex.charCodeAt(at * 2)) << 4) | digit(hex.charCodeAt(at * 2 + 1))
  return macBytes
}

/** Bytes as lower-case hex digits. */
export function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Whether a value may serve as a desk's secret: well-formed text of at least 32 bytes of UTF-8. */
export function isSecret(value: unknown): value is string {
  if (typeof value !== 'string') return false
  if (keys.has(value)) return true
  return !/\p{Cs}/u.test(value) && toBytes(value).length >= limits.secretBytesAtLeast
}

/** The key of a secret: importing one costs more than using it, so the last 1,000 are kept. */
function keyFor(secret: string): CryptoKey | Promise<CryptoKey> {
  let key = keys.get(secret)
  if (key === undefined) {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const coming = crypto.subtle.importKey('raw', toBytes(secret), algorithm, false, ['sign', 'verify'])
    const oldest = keys.size < maxKeys ? undefined : keys.keys().next().value
    if (oldest !== undefined) keys.delete(oldest)
    key = coming.then((ready) => {
      if (keys.get(secret) === key) keys.set(secret, ready)
      return ready
    })
    keys.set(secret, key)
  }
  return key
}

/** HMAC-SHA256 of a text's UTF-8 bytes, as 64 lower-case hex digits; the caller has checked the secret. */
export async function signText(secret: string, text: string): Promise<string> {
  return toHex(await crypto.subtle.sign('HMAC', await keyFor(secret), toBytes(text)))
}

/**
 * Whether 32 bytes, as 64 lower-case hex digits, are the HMAC-SHA256 of a text's UTF-8 bytes; Web Crypto
 * compares in constant time. The caller has checked the secret and the digits.
 */
export function verifyText(secret: string, hex: string, text: string): Promise<boolean> {
  const key = keyFor(secret)
  return key instanceof Promise ? key.then((ready) => compare(ready, hex, text)) : compare(key, hex, text)
}

function compare(key: CryptoKey, hex: string, text: string): Promise<boolean> {
  const { read, written } = encoder.encodeInto(text, textBytes)
  const bytes = read === text.length ? textBytes.subarray(0, written) : toBytes(text)
  return crypto.subtle.verify('HMAC', key, fromHex(hex), bytes)
}
