import type { Readable } from 'node:stream'

/** A stored file that a scanner may look at before anybody else can. */
export interface ScannedFile {
  name: string
  type: string
  bytes: number
  /** Its content, from the start. */
  open(): Promise<Readable>
}

/**
 * Looks at a file. @returns what it found, null when the file is clean
 * @throws anything, when it cannot say: the file is not kept then
 */
export type ScanFile = (file: ScannedFile) => Promise<string | null>
