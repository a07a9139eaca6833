import { limits } from './limits.ts'

/**
 * Why a text is refused at the door: `nul` for a NUL character, `ill_formed` for half a surrogate pair, which
 * databases refuse or silently change; `null` when it is fine.
 */
export function checkText(value: string): 'nul' | 'ill_formed' | null {
  if (value.includes('\0')) return 'nul'
  return /\p{Cs}/u.test(value) ? 'ill_formed' : null
}

/** The text, cut to at most `length` characters without splitting a surrogate pair. */
export function cutText(value: string, length: number): string {
  if (value.length <= length) return value
  const last = value.charCodeAt(length - 1)
  return value.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length)
}

/**
 * One line of text without what could disguise it: control, bidi and zero-width characters are dropped, white
 * space and line breaks become single spaces, the ends are trimmed.
 */
export function cleanLine(value: string): string {
  return value
    .replace(/[\p{Z}\t\n\v\f\r]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** The name of a person or company as it is stored: a clean line of at most 200 characters, perhaps empty. */
export function cleanName(value: string): string {
  return cutText(cleanLine(value), limits.name).trimEnd()
}

/**
 * Whether a text is one plain e-mail address of at most 254 characters: no display name, list, quotes,
 * comments, white space or IP address; letters of any script are accepted.
 */
export function isEmail(value: string): boolean {
  const at = value.indexOf('@')
  if (value.length > limits.email || at < 1 || at > 64 || value !== value.normalize('NFKC')) return false
  const local = value.slice(0, at)
  const labels = value.slice(at + 1).split('.')
  return (
    /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~.-]+$/u.test(local) &&
    !/^\.|\.\.|\.$/.test(local) &&
    labels.length > 1 &&
    labels.every(
      (label) => label.length < 64 && /^[\p{L}\p{N}\p{M}-]+$/u.test(label) && !/^-|-$/.test(label),
    ) &&
    /^\p{L}.+$/u.test(labels.at(-1) ?? '')
  )
}

/** The form in which an address is stored and compared (trimmed, lower case), `null` when it is none. */
export function normalizeEmail(value: string): string | null {
  const email = value.trim().normalize('NFC').toLowerCase()
  return isEmail(email) ? email : null
}

/** What has to be known of two contacts to decide whether they are one. */
export interface MergeContact {
  id: string
  /** Proved by a signature; an unproved one is `null` here. */
  userExternalId: string | null
  /** Proved by a signature; an unproved one is `null` here. */
  clientExternalId: string | null
  /** Proved by a signature, a one-time link or a reply from the mailbox; an unproved one is `null` here. */
  verifiedEmail: string | null
}

/** What shows that the anonymous contact is the identified one; e-mail addresses in their normalised form. */
export type MergeProof =
  | { by: 'signature'; userExternalId?: string; clientExternalId?: string; email?: string }
  | { by: 'email_link' | 'mailbox_reply'; email: string }

/** Whether two contacts become one, or why they stay two. */
export type MergeDecision =
  | { merge: true }
  | { merge: false; because: 'same_contact' | 'no_proof' | 'proof_of_another' | 'conflict' }

/**
 * Decides whether an anonymous contact becomes part of an identified one: only on proof of being that
 * contact, and never when the two have different proved ids or addresses (both are kept).
 */
export function decideMerge(
  anonymous: MergeContact,
  identified: MergeContact,
  proof: MergeProof | null,
): MergeDecision {
  if (anonymous.id === identified.id) return { merge: false, because: 'same_contact' }
  if (proof === null) return { merge: false, because: 'no_proof' }
  if (!proves(proof, identified)) return { merge: false, because: 'proof_of_another' }
  const fields = ['userExternalId', 'clientExternalId', 'verifiedEmail'] as const
  const conflict = fields.some((field) => {
    const [one, other] = [anonymous[field], identified[field]]
    return one !== null && other !== null && one !== other
  })
  return conflict ? { merge: false, because: 'conflict' } : { merge: true }
}

function proves(proof: MergeProof, contact: MergeContact): boolean {
  if (proof.by !== 'signature') return proof.email === contact.verifiedEmail
  // The most precise id decides alone: a shared address must not outvote a different user id.
  if (proof.userExternalId !== undefined) return proof.userExternalId === contact.userExternalId
  if (proof.email !== undefined) return proof.email === contact.verifiedEmail
  return (
    proof.clientExternalId !== undefined &&
    contact.userExternalId === null &&
    proof.clientExternalId === contact.clientExternalId
  )
}
