import type { FilesAdapter } from './files.ts'

const dayMs = 24 * 60 * 60 * 1000
const pageSize = 500

/** Which files to look through, and what says that one is nobody's. */
export interface FilesSweep {
  /** How many past days of files. */
  days: number
  /** Of these keys, those whose rows are not there. */
  withoutRow(keys: readonly string[]): Promise<readonly string[]>
  /** Begin nothing further. */
  signal?: AbortSignal | undefined
}

/**
 * Takes away the files that have no row: what a process left behind that died between the two.
 * @returns how many files were removed
 */
export async function sweepFiles(files: FilesAdapter, now: Date, sweep: FilesSweep): Promise<number> {
  let removed = 0
  let page: string[] = []
  const flush = async () => {
    const keys = await sweep.withoutRow(page)
    page = []
    for (const key of keys) await files.delete(key)
    removed += keys.length
  }
  // Keeping a file lasts minutes: what bears the date of the day before yesterday has its row or never gets one.
  for (let age = 2; age < 2 + sweep.days; age++) {
    const day = new Date(now.getTime() - age * dayMs).toISOString().slice(0, 10)
    for await (const key of files.list(`${day}/`)) {
      if (sweep.signal?.aborted) return removed
      page.push(key)
      if (page.length === pageSize) await flush()
    }
    if (sweep.signal?.aborted) return removed
    await flush()
  }
  return removed
}
