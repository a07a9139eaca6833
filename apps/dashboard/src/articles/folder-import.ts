import type { Locale } from '@helpdesk/core'
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client, errorText, fieldProblems } from '../client.ts'
import { targetOf } from './import-paths.ts'
import { words } from './words.ts'

/** A file that was chosen to be imported. */
export interface ImportFile {
  /** As it lay in the folder. */
  from: string
  /** What the desk gets as its path; `null` for a file that is left out. */
  path: string | null
  state: 'ready' | 'skipped' | 'sending' | 'made' | 'changed' | 'failed'
  /** Why it is left out or was refused. */
  problem: string | null
}

/** A folder on its way into the knowledge base. */
export interface FolderImport {
  readonly files: ReadonlySignal<readonly ImportFile[]>
  readonly running: ReadonlySignal<boolean>
  readonly done: ReadonlySignal<number>
  readonly todo: ReadonlySignal<number>
  start(): Promise<void>
  stop(): void
}

const mostCharacters = 2_000_000

/** Takes in files one after the other, in the order of their paths. */
export function importFolder(deskId: string, chosen: readonly File[], own: Locale): FolderImport {
  const byPath = new Map<string, File>()
  const first = chosen.map((file): ImportFile => {
    const from = file.webkitRelativePath || file.name
    byPath.set(from, file)
    const { path, problem } = targetOf(from, own)
    if (path === null) return { from, path, state: 'skipped', problem }
    // A character has four bytes at most.
    if (file.size > mostCharacters * 4) {
      return { from, path: null, state: 'skipped', problem: words.files.reasons.size }
    }
    return { from, path, state: 'ready', problem }
  })
  const files = signal<readonly ImportFile[]>(
    first.toSorted((a, b) => Number(a.path === null) - Number(b.path === null) || (a.from < b.from ? -1 : 1)),
  )
  const running = signal(false)
  let stopped = false

  const patch = (from: string, change: Partial<ImportFile>) => {
    files.value = files.peek().map((one) => (one.from === from ? { ...one, ...change } : one))
  }

  async function take({ from, path }: ImportFile): Promise<void> {
    const content = await byPath.get(from)?.text()
    if (path === null || content === undefined) return
    patch(from, { state: 'sending', problem: null })
    try {
      if (content.length > mostCharacters) throw new RangeError(words.files.reasons.size)
      const { made } = await withSession(() => client.articles.importFile(deskId, { path, content }))
      patch(from, { state: made ? 'made' : 'changed' })
    } catch (error) {
      const [refused] = Object.values(fieldProblems(error))
      const problem = error instanceof RangeError ? error.message : (refused ?? errorText(error))
      patch(from, { state: 'failed', problem })
    }
  }

  return {
    files,
    running,
    done: computed(
      () => files.value.filter(({ state }) => ['made', 'changed', 'failed'].includes(state)).length,
    ),
    todo: computed(() => files.value.filter(({ path }) => path !== null).length),
    async start() {
      stopped = false
      running.value = true
      const waiting = files.peek().filter(({ state }) => state === 'ready' || state === 'failed')
      for (const file of waiting) {
        if (stopped) break
        await take(file)
      }
      running.value = false
    },
    stop() {
      stopped = true
    },
  }
}
