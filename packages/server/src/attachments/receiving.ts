import type { Readable } from 'node:stream'
import { checkAttachment, cleanFileName, HelpdeskError } from '@helpdesk/core'
import type { Upload } from '@helpdesk/core/api'
import type { FilesAdapter } from '../adapters/files.ts'
import type { Deps } from '../deps.ts'
import type { Incoming } from '../http/upload.ts'
import type { Quotas } from '../options.ts'
import { headBytes, typeOfFile } from './content.ts'
import { dimensionsOf } from './dimensions.ts'
import { attachmentKey } from './keys.ts'
import type { Previews } from './previews.ts'
import { type InFlight, quotaExceeded, type Reservation, reserveQuota } from './quota.ts'
import { insertAttachment, type NewAttachment } from './store.ts'

/** What uploads share in a process. */
export interface Uploads {
  inFlight: InFlight
  previews: Previews
}

/** Who uploads, for the quota. */
export interface Uploader {
  kind: keyof Quotas
  /** `contact:<id>`, `agent:<id>` or `ip:<hash>`. */
  owner: string
}

/**
 * Takes a file in: its type is decided by its first bytes before any of it is kept, then it is stored as it arrives,
 * scanned, and gets its row. Whatever fails, neither file nor row is left.
 * @throws HelpdeskError attachments_disabled, payload_too_large, quota_exceeded, attachment_refused, validation_failed,
 * unavailable
 */
export async function receiveFile(
  deps: Deps,
  deskId: string,
  uploader: Uploader,
  file: { name: string; content: () => Incoming },
): Promise<Upload> {
  const { files } = deps
  if (!files) throw new HelpdeskError('attachments_disabled')
  const name = cleanFileName(file.name)
  const { announced, chunks } = file.content()
  const quota = deps.config.attachmentQuota?.[uploader.kind] ?? null
  const reservation = await reserveQuota(
    { db: deps.db, inFlight: deps.uploads.inFlight, now: deps.now() },
    { deskId, owner: uploader.owner, quota },
    announced,
  )
  try {
    const row = await store(deps, files, { deskId, owner: uploader.owner, name }, chunks, reservation)
    return { key: attachmentKey(deps, deskId, row.id), name, type: row.type, bytes: row.bytes }
  } finally {
    reservation.release()
  }
}

type Begun = Pick<NewAttachment, 'deskId' | 'owner' | 'name'>

async function store(
  deps: Deps,
  files: FilesAdapter,
  begun: Begun,
  chunks: AsyncIterable<Uint8Array>,
  reservation: Reservation,
): Promise<NewAttachment> {
  const source = chunks[Symbol.asyncIterator]()
  try {
    const head = await readHead(source)
    if (head.length === 0) throw refused('The file is empty')
    const type = await typeOfFile(begun.name, head)
    const size = dimensionsOf(type, head)
    const createdAt = deps.now()
    const id = deps.newId()
    const fileKey = `${createdAt.toISOString().slice(0, 10)}/${begun.deskId}/${id}`
    const counted = { bytes: 0 }
    await keep(files, fileKey, counting(head, source, counted, reservation.bytes))
    const row: NewAttachment = {
      ...begun,
      id,
      type,
      bytes: counted.bytes,
      width: size?.width ?? null,
      height: size?.height ?? null,
      fileKey,
      previewKey: null,
      createdAt,
    }
    return await finish(deps, files, row)
  } finally {
    await source.return?.()
  }
}

/** The rest, once the file lies there whole; takes it away again when something is wrong with it. */
async function finish(deps: Deps, files: FilesAdapter, row: NewAttachment): Promise<NewAttachment> {
  const complete = { ...row }
  try {
    const problem = checkAttachment(row)
    if (problem !== null) throw refused('The file cannot be attached')
    await scan(deps, files, row)
    complete.previewKey = await deps.uploads.previews.make(files, row)
    await insertAttachment(deps.db, complete)
    return complete
  } catch (error) {
    for (const key of [complete.fileKey, complete.previewKey]) {
      // What cannot be removed now is found by the sweep.
      if (key !== null) await files.delete(key).catch(() => undefined)
    }
    throw error
  }
}

async function keep(files: FilesAdapter, key: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await files.put(key, content)
  } catch (error) {
    if (error instanceof HelpdeskError) throw error
    throw new HelpdeskError('unavailable', {
      detail: 'The file could not be stored',
      retryAfter: 5,
      cause: error,
    })
  }
}

async function scan(deps: Deps, files: FilesAdapter, row: NewAttachment): Promise<void> {
  if (!deps.scanFile) return
  const opened: Readable[] = []
  let isOver = false
  const open = async () => {
    const stream = await files.get(row.fileKey)
    if (!stream) throw new Error('A file just stored is not there')
    opened.push(stream)
    if (isOver) stream.destroy()
    return stream
  }
  let found: string | null
  try {
    found = await deps.scanFile({ name: row.name, type: row.type, bytes: row.bytes, open })
  } catch (error) {
    throw new HelpdeskError('unavailable', {
      detail: 'The file could not be checked for viruses',
      retryAfter: 5,
      cause: error,
    })
  } finally {
    // A scanner that knows enough, or fails, reads no further; the file would stay open.
    isOver = true
    for (const stream of opened) stream.destroy()
  }
  if (found === null) return
  deps.log.warn({ found, owner: row.owner, file: row.name }, 'An attachment was refused by the virus scanner')
  throw refused('The file was refused by a virus scanner')
}

async function readHead(source: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  while (length < headBytes) {
    const next = await source.next()
    if (next.done) break
    parts.push(next.value)
    length += next.value.length
  }
  return Buffer.concat(parts)
}

async function* counting(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  counted: { bytes: number },
  most: number,
): AsyncIterable<Uint8Array> {
  for (let chunk: Uint8Array | null = head; chunk !== null; ) {
    counted.bytes += chunk.length
    if (counted.bytes > most) throw quotaExceeded()
    yield chunk
    const next: IteratorResult<Uint8Array> = await rest.next()
    chunk = next.done ? null : next.value
  }
}

const refused = (detail: string) => new HelpdeskError('attachment_refused', { detail })
