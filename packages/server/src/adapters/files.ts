import type { Readable } from 'node:stream'

/** A part of a file: from `start` to `end`, both included, counted in bytes from 0. */
export interface ByteRange {
  start: number
  end: number
}

/**
 * Keeps files: a folder, an object store, or whatever a host has. Keys are made by the desk and safe everywhere:
 * `2026-11-21/<desk>/<attachment>`, lower-case letters, digits, `-`, `.` and `/`, the day of the upload in front.
 */
export interface FilesAdapter {
  /**
   * Stores what arrives, as it arrives; resolves when it would survive a crash. When `content` throws, nothing may be
   * left under the key and the error is passed on. The pieces are the adapter's: nobody else looks at them again.
   */
  put(key: string, content: AsyncIterable<Uint8Array>): Promise<void>
  /** The file, or the part of it; null when there is none. */
  get(key: string, range?: ByteRange): Promise<Readable | null>
  /** Removes the file, if there is one. */
  delete(key: string): Promise<void>
  /** The keys that begin with a day (`2026-11-21/`), with what unfinished uploads left behind. */
  list(prefix: string): AsyncIterable<string>
  /** Where a file lies on this machine, if it does: some readers need far less memory with a path than with a stream. */
  pathOf?(key: string): string
  close?(): Promise<void>
}
