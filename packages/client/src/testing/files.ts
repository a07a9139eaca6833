import { cleanFileName, HelpdeskError, limits, mediaTypeOf } from '@helpdesk/core'
import type { DeskRecord, FileRecord, World } from './records.ts'
import { refusal } from './schema.ts'

/** A file as it arrives. */
export interface Arrival {
  name: string
  bytes: Uint8Array<ArrayBuffer>
  width?: number
  height?: number
}

/**
 * Keeps a file; its ending says what it is.
 * @throws {HelpdeskError} `payload_too_large` beyond 10 MiB, `attachment_refused` for an ending not on the list
 */
export function addFile(world: World, desk: DeskRecord, { name, bytes, ...size }: Arrival): FileRecord {
  const type = mediaTypeOf(name)
  if (bytes.length > limits.attachmentBytes) {
    throw new HelpdeskError('payload_too_large', { detail: 'A file may have 10 MiB (10,485,760 bytes)' })
  }
  if (type === null || bytes.length === 0) throw new HelpdeskError('attachment_refused')
  const id = world.newId()
  const { width = null, height = null } = { ...pixelsOf(bytes), ...size }
  const file: FileRecord = {
    id,
    key: `${id}.${world.newToken()}`,
    name: cleanFileName(name),
    type,
    bytes,
    width,
    height,
    url: `data:${type};base64,${toBase64(bytes)}`,
    isAttached: false,
  }
  desk.files.push(file)
  return file
}

/**
 * The files that a message names: whoever has a key may attach its file, once.
 * @throws {HelpdeskError} `validation_failed`
 */
export function claimFiles({ files }: DeskRecord, keys: readonly string[] = []): FileRecord[] {
  const found = keys.map((key) => files.find((one) => one.key === key && !one.isAttached))
  const detail = 'is not known, or belongs to a message already'
  const errors = found.flatMap((file, index) =>
    file ? [] : [{ pointer: `/body/attachments/${index}`, detail }],
  )
  if (errors.length) throw refusal(errors)
  return found.flatMap((file) => file ?? [])
}

/** A message says something, or has files. @throws {HelpdeskError} `validation_failed` */
export function mustSaySomething(text: string, files: readonly FileRecord[], member = 'message'): void {
  if (text.trim() !== '' || files.length > 0) return
  throw refusal([{ pointer: `/body/${member}`, detail: 'must have at least 1 visible character' }])
}

/** The size of a PNG image, as it says itself. */
function pixelsOf(bytes: Uint8Array): { width?: number; height?: number } {
  if (bytes.length < 24 || String.fromCharCode(...bytes.subarray(1, 4)) !== 'PNG') return {}
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  // In pieces: a function takes so many arguments and no more.
  for (let at = 0; at < bytes.length; at += 8_192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  }
  return btoa(binary)
}
