import type { FilesAdapter } from '../adapters/files.ts'
import { sweepFiles } from '../adapters/files-sweep.ts'
import type { Deps } from '../deps.ts'
import { selectExistingEmails } from './arriving-store.ts'

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const keyForm = new RegExp(`^\\d{4}-\\d\\d-\\d\\d/(${uuid})/(${uuid})\\.eml(\\.[0-9a-f]+\\.part)?$`)

/**
 * Takes away the files of e-mails that have no row: what a process left behind that died between the two. Whoever
 * brought such an e-mail was told nothing and has brought it again.
 * @param days how many past days of files to look through
 * @returns how many files were removed
 */
export function sweepRaw(
  deps: Pick<Deps, 'db'> & { files: FilesAdapter },
  now: Date,
  days: number,
): Promise<number> {
  return sweepFiles(deps.files, now, { days, withoutRow: (keys) => withoutRow(deps, keys) })
}

async function withoutRow({ db }: Pick<Deps, 'db'>, keys: readonly string[]): Promise<string[]> {
  const named = keys.flatMap((key) => {
    const [, deskId, id, unfinished] = keyForm.exec(key) ?? []
    return deskId && id ? [{ key, deskId, id, isUnfinished: unfinished !== undefined }] : []
  })
  if (named.length === 0) return []
  const known = new Set(await selectExistingEmails(db, named))
  return named.filter(({ isUnfinished, id }) => isUnfinished || !known.has(id)).map(({ key }) => key)
}
