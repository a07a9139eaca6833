import type { FilesAdapter } from '../adapters/files.ts'
import { sweepFiles } from '../adapters/files-sweep.ts'
import type { Deps } from '../deps.ts'
import { type AttachmentRef, deleteOrphans, selectExisting } from './store.ts'

const dayMs = 24 * 60 * 60 * 1000
const pageSize = 500

/** What a sweep took away. */
export interface Swept {
  rows: number
  files: number
}

type SweepDeps = Pick<Deps, 'db' | 'log'> & { files: FilesAdapter }

/**
 * Takes away uploads that no message named within a day, and files that have no row: what a process left behind that
 * died between the two.
 * @param options `days`: how many past days of files to look through; `signal`: begin nothing further
 */
export async function sweepAttachments(
  deps: SweepDeps,
  now: Date,
  options: { days: number; signal?: AbortSignal },
): Promise<Swept> {
  const rows = await sweepRows(deps, new Date(now.getTime() - dayMs), options.signal)
  const files = await sweepFiles(deps.files, now, {
    ...options,
    withoutRow: (keys) => withoutRow(deps, keys),
  })
  return { rows, files }
}

async function sweepRows({ db, files, log }: SweepDeps, before: Date, signal?: AbortSignal): Promise<number> {
  let rows = 0
  while (!signal?.aborted) {
    const orphans = await deleteOrphans(db, before, pageSize)
    for (const key of orphans.flat()) {
      // Without its row, the file is found by its day.
      await files.delete(key).catch((error) => log.warn({ err: error, file: key }, 'A file was not removed'))
    }
    rows += orphans.length
    if (orphans.length < pageSize) break
  }
  return rows
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const keyForm = new RegExp(`^\\d{4}-\\d\\d-\\d\\d/(${uuid})/(${uuid})(?:\\.preview)?(\\.[0-9a-f]+\\.part)?$`)

/** The keys whose attachment is not known; what the desk has not named itself is not its to remove. */
async function withoutRow({ db }: SweepDeps, keys: readonly string[]): Promise<string[]> {
  const named = keys.flatMap((key) => {
    const [, deskId, id, unfinished] = keyForm.exec(key) ?? []
    return deskId && id ? [{ key, desk_id: deskId, id, isUnfinished: unfinished !== undefined }] : []
  })
  if (named.length === 0) return []
  const refKey = (ref: AttachmentRef) => `${ref.desk_id} ${ref.id}`
  const known = new Set((await selectExisting(db, named)).map(refKey))
  return named.filter((one) => one.isUnfinished || !known.has(refKey(one))).map(({ key }) => key)
}

const firstMs = 60_000
const intervalMs = 10 * 60_000
const filesEveryMs = 12 * 60 * 60_000
/** How far back files are looked through when a process has started, and later. */
const days = { first: 30, later: 3 }

/** Sweeps a minute after the start and then every ten minutes, files twice a day. */
export function startAttachmentSweeper(deps: Pick<Deps, 'db' | 'log' | 'now'> & { files: FilesAdapter }): {
  stop(): Promise<void>
} {
  const stopping = new AbortController()
  const { signal } = stopping
  let filesSwept: number | null = null
  let sweeping: Promise<void> | undefined
  const sweep = async () => {
    const now = deps.now()
    const isDue = filesSwept === null || now.getTime() - filesSwept >= filesEveryMs
    const count = isDue ? (filesSwept === null ? days.first : days.later) : 0
    const swept = await sweepAttachments(deps, now, { days: count, signal })
    if (isDue) filesSwept = now.getTime()
    if (swept.rows + swept.files > 0) deps.log.info(swept, 'Attachments that nobody used were removed')
  }
  const tick = () => {
    sweeping ??= sweep()
      .catch((error: unknown) => deps.log.error({ err: error }, 'Sweeping attachments failed'))
      .finally(() => {
        sweeping = undefined
      })
  }
  const first = setTimeout(tick, firstMs).unref()
  const timer = setInterval(tick, intervalMs).unref()
  return {
    async stop() {
      clearTimeout(first)
      clearInterval(timer)
      stopping.abort()
      await sweeping
    },
  }
}
