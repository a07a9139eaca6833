import { HelpdeskError, isInlineImage } from '@helpdesk/core'
import type { Upload } from '@helpdesk/core/api'
import type { ContactActor } from '../contacts/service.ts'
import type { AttachmentFacts } from '../conversations/tables.ts'
import type { Queryable } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import type { ServedFile } from '../http/download.ts'
import { ipKey } from '../http/throttle.ts'
import { type AddressedFile, opensFile } from './addresses.ts'
import { readAttachmentKey } from './keys.ts'
import type { Uploader } from './receiving.ts'
import { keepAttachment, linkAttachments, selectAttachment, selectImage } from './store.ts'

export { attachmentViews } from './addresses.ts'
export { receiveFile } from './receiving.ts'

/**
 * Gives uploaded files to a message, in the order of the keys, inside the caller's transaction.
 * @returns what the message keeps of them
 * @throws HelpdeskError validation_failed, naming each key that is unknown, of another desk or attached already: the
 * caller's transaction has to be rolled back then
 */
export async function takeAttachments(
  db: Queryable,
  deps: Pick<Deps, 'vault'>,
  deskId: string,
  keys: readonly string[],
  message: { conversationId: string; messageId: string },
): Promise<AttachmentFacts[]> {
  if (keys.length === 0) return []
  const ids = keys.map((key) => readAttachmentKey(deps, deskId, key))
  const known = [...new Set(ids)].filter((id) => id !== null)
  const linked = known.length > 0 ? await linkAttachments(db, deskId, known, message) : []
  const left = new Map(linked.map((facts) => [facts.id, facts]))
  const taken: AttachmentFacts[] = []
  const wrong: number[] = []
  for (const [place, id] of ids.entries()) {
    const facts = id === null ? undefined : left.get(id)
    if (facts) taken.push(facts)
    else wrong.push(place)
    if (id !== null) left.delete(id)
  }
  if (wrong.length === 0) return taken
  throw new HelpdeskError('validation_failed', {
    detail: 'Check attachments',
    errors: wrong.map((place) => ({
      pointer: `/body/attachments/${place}`,
      detail: 'is not known, or belongs to a message already',
    })),
  })
}

/** A visitor as the quota knows it: by its contact, else by its address, of which only a keyed hash is kept. */
export function visitorUploader(
  deps: Pick<Deps, 'vault'>,
  deskId: string,
  contact: Pick<ContactActor, 'id'> | null,
  ip: string,
): Uploader {
  if (contact) return { kind: 'contact', owner: `contact:${contact.id}` }
  const hash = deps.vault.mac('attachment-keys', `uploader ${deskId} ${ipKey(ip)}`)
  return { kind: 'anonymous', owner: `ip:${hash}` }
}

/**
 * The file behind a signed address.
 * @throws HelpdeskError not_found when the address is wrong or has expired, or the file is gone: all the same
 */
export async function findFile(deps: Deps, address: AddressedFile, signature: string): Promise<ServedFile> {
  const { files } = deps
  if (!files || !opensFile(deps, address, signature)) throw new HelpdeskError('not_found')
  const row = await selectAttachment(deps.db, address.deskId, address.id)
  const isPreview = address.variant === 'preview'
  const key = isPreview ? row?.preview_key : row?.file_key
  if (!row || !key) throw new HelpdeskError('not_found')
  return {
    name: row.name,
    type: isPreview ? 'image/webp' : row.type,
    isInline: isPreview || isInlineImage(row.type),
    bytes: isPreview ? null : row.bytes,
    etag: `"${address.id}${isPreview ? '-preview' : ''}"`,
    maxAge: Math.floor(Number(address.expires) - deps.now().getTime() / 1000),
    open: (range) => files.get(key, range),
  }
}

/**
 * Keeps an uploaded image for articles, to be shown to everybody for good.
 * @throws HelpdeskError attachment_refused when it is no image that can be shown
 */
export async function keepImage(deps: Deps, deskId: string, upload: Upload): Promise<string> {
  const id = readAttachmentKey(deps, deskId, upload.key)
  if (id === null || !isInlineImage(upload.type))
    throw new HelpdeskError('attachment_refused', {
      detail: 'Articles show PNG, JPEG, GIF, WebP and AVIF images',
    })
  await keepAttachment(deps.db, deskId, id)
  return id
}

/** An image of articles. @throws HelpdeskError not_found */
export async function findImage(deps: Deps, deskId: string, id: string): Promise<ServedFile> {
  const { files } = deps
  const row = files && (await selectImage(deps.db, deskId, id))
  if (!files || !row) throw new HelpdeskError('not_found')
  return {
    name: row.name,
    type: row.type,
    isInline: true,
    bytes: row.bytes,
    etag: `"${id}"`,
    maxAge: 31_536_000,
    open: (range) => files.get(row.file_key, range),
  }
}
