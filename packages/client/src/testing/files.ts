import { cleanFileName, HelpdeskError, limits, mediaTypeOf } from '@helpdesk/core'
import type { AgentRecord, ContactRecord, DeskRecord, FileRecord, World } from './records.ts'
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
export function addFile(
  world: World,
  desk: DeskRecord,
  owner: AgentRecord | ContactRecord | null,
  { name, bytes, ...size }: Arrival,
): FileRecord {
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
    owner,
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
 * The files that a message names, which nobody has attached yet.
 * @throws {HelpdeskError} `validation_failed`
 */
export function claimFiles(
  { files }: DeskRecord,
  owner: AgentRecord | ContactRecord | null,
  keys: readonly string[] = [],
): FileRecord[] {
  return keys.map((key, index) => {
    // What came before the first message belongs to nobody yet: the key alone is proof.
    const file = files.find((one) => one.key === key && (one.owner === null || one.owner === owner))
    if (file && !file.isAttached) return file
    throw refusal([{ pointer: `/body/attachments/${index}`, detail: 'is not a file that may be attached' }])
  })
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
