import type { SentFile } from './files.ts'

/** Lets the page's copies of pictures go. */
export function freePreviews(files: readonly Pick<SentFile, 'preview'>[] = []): void {
  for (const { preview } of files) if (preview) URL.revokeObjectURL(preview)
}
