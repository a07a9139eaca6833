import type { Readable } from 'node:stream'
import type { Deps } from '../deps.ts'

const pieceBytes = 64 * 1024

/** Where the file store keeps an e-mail: the day in front, as of every file. */
export const rawKey = (deskId: string, id: string, now: Date) =>
  `${now.toISOString().slice(0, 10)}/${deskId}/${id}.eml`

/** Keeps an e-mail in the file store. @returns its key; null when it has to stay in the database */
export async function keepRaw(
  deps: Pick<Deps, 'files' | 'log'>,
  key: string,
  raw: Uint8Array,
): Promise<string | null> {
  if (!deps.files) return null
  try {
    await deps.files.put(key, pieces(raw))
    return key
  } catch (error) {
    // The e-mail is here now; who brought it may not bring it again.
    deps.log.warn({ err: error, file: key }, 'An e-mail is kept in the database, the file store is away')
    return null
  }
}

// An adapter may do with its pieces what it likes: each is a copy.
async function* pieces(raw: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < raw.length; at += pieceBytes) yield new Uint8Array(raw.subarray(at, at + pieceBytes))
}

/** The bytes of an e-mail, from wherever they are kept; null when they are gone. */
export async function loadRaw(
  deps: Pick<Deps, 'files'>,
  row: { raw: Uint8Array | null; fileKey: string | null },
): Promise<Uint8Array | null> {
  if (row.raw !== null) return row.raw
  const stream = row.fileKey === null ? null : await deps.files?.get(row.fileKey)
  return stream ? collect(stream) : null
}

async function collect(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks)
}
