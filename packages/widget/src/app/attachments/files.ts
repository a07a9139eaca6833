/** A file that has arrived at the desk, on its way with a message. */
export interface SentFile {
  /** Names the upload to the desk. */
  key: string
  name: string
  type: string
  bytes: number
  /** An address of the picture in this page, as long as the page lives. */
  preview?: string
}

/** A file that has been picked for a message. */
export interface PickedFile extends Omit<SentFile, 'key'> {
  id: string
  /** `refused` can only be removed, `failed` may be tried again. */
  state: 'waiting' | 'uploading' | 'done' | 'failed' | 'refused'
  /** How much has been sent, from 0 to 1. */
  progress?: number
  /** The error code, or what is wrong with the file. */
  error?: string
  /** Once it has arrived. */
  key?: string
}

/** The name of the draft that remembers the uploaded files of a place. */
export function filesDraft(place: string): string {
  return `${place}:files`
}
