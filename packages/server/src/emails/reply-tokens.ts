import { replyTokenPattern } from '@helpdesk/core'
import type { Deps } from '../deps.ts'

/**
 * What stands after the plus of a reply address names the notification that was sent and is signed with the
 * installation's key, so that an answer finds its conversation and its recipient, and nobody can write another one's.
 * Base32, because a mail server may change capitals; 16 bytes of the id, 10 of the signature.
 */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const idBytes = 16
const macBytes = 10

/** The token of a notification's reply address: 42 lower-case characters. */
export function replyToken(deps: Pick<Deps, 'vault'>, notificationId: string): string {
  const id = Buffer.from(notificationId.replaceAll('-', ''), 'hex')
  return toBase32(Buffer.concat([id, macOf(deps, notificationId)]))
}

/** The notification that a token names; null when it is not one of ours. */
export function readReplyToken(deps: Pick<Deps, 'vault'>, token: string): string | null {
  if (!replyTokenPattern.test(token)) return null
  const hex = fromBase32(token).subarray(0, idBytes).toString('hex')
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return replyToken(deps, id) === token ? id : null
}

const macOf = ({ vault }: Pick<Deps, 'vault'>, notificationId: string) =>
  Buffer.from(vault.mac('reply-addresses', notificationId), 'base64url').subarray(0, macBytes)

function toBase32(bytes: Uint8Array): string {
  let [bits, held, text] = [0, 0, '']
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31]
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = []
  let [bits, held] = [0, 0]
  for (const character of text) {
    held = ((held << 5) | alphabet.indexOf(character)) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  return Buffer.from(bytes)
}
