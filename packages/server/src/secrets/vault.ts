import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import type { Db } from '../db/db.ts'
import { insertInstallationKey, selectInstallationKey } from './store.ts'

/** What a derived key is for; keys of different purposes tell nothing of each other. */
export type Purpose =
  | 'desk-secrets'
  | 'public-links'
  | 'attachment-keys'
  | 'file-addresses'
  | 'readers'
  | 'mail-passwords'
  | 'mail-webhooks'
  | 'reply-addresses'
  | 'unsubscribe'
  | 'email-codes'

/** Encrypts and signs with the installation's key. */
export interface Vault {
  /** Encrypts (AES-256-GCM). @param about bound to it: a sealed text moved elsewhere does not open */
  seal(purpose: Purpose, about: string, secret: string): string
  /** The secret of `seal`. @throws Error when it was made with another key, for something else, or was changed */
  unseal(purpose: Purpose, about: string, sealed: string): string
  /** A signature of 256 bits, base64url, 43 characters. */
  mac(purpose: Purpose, text: string): string
  /** Whether a signature is right, in constant time. */
  verify(purpose: Purpose, text: string, mac: string): boolean
}

/**
 * Opens the vault with the operator's key, else with one that is made at the first start and kept in the database.
 * @param key 64 hex digits
 */
export async function openVault(db: Db, key: string | null, now: Date): Promise<Vault> {
  const master = key ?? (await keptKey(db, now))
  return createVault(Buffer.from(master, 'hex'))
}

async function keptKey(db: Db, now: Date): Promise<string> {
  const kept = await selectInstallationKey(db)
  if (kept) return kept
  // Of two processes that start together, both use the key that came first.
  await insertInstallationKey(db, randomBytes(32).toString('hex'), now)
  const made = await selectInstallationKey(db)
  if (!made) throw new Error('The installation key could not be kept')
  return made
}

/** A vault with a key of 32 bytes. */
export function createVault(master: Uint8Array): Vault {
  if (master.length !== 32) throw new TypeError('helpdesk: the installation key must have 32 bytes')
  const derived = new Map<Purpose, Buffer>()
  const keyFor = (purpose: Purpose) => {
    const known = derived.get(purpose)
    if (known) return known
    const made = Buffer.from(hkdfSync('sha256', master, '', `helpdesk-${purpose}`, 32))
    derived.set(purpose, made)
    return made
  }
  const mac = (purpose: Purpose, text: string) =>
    createHmac('sha256', keyFor(purpose)).update(text).digest('base64url')
  return {
    mac,
    verify(purpose, text, given) {
      const [right, wanted] = [Buffer.from(mac(purpose, text)), Buffer.from(given)]
      return right.length === wanted.length && timingSafeEqual(right, wanted)
    },
    seal(purpose, about, secret) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), iv).setAAD(Buffer.from(about))
      return Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
        'base64url',
      )
    },
    unseal(purpose, about, sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), bytes.subarray(0, 12))
      decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(-16))
      return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
