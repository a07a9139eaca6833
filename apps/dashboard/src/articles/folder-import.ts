import { type Locale, locales } from '@helpdesk/core'
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client, errorText, fieldProblems } from '../client.ts'
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
const isLocale = (part: string | undefined): part is Locale =>
  (locales as readonly (string | undefined)[]).includes(part)

/** The path under which a file is imported: from its language on, or in that of the desk when it names none. */
export function targetOf(from: string, own: Locale): Pick<ImportFile, 'path' | 'problem'> {
  const parts = from.split('/').filter((part) => part !== '' && part !== '.')
  const file = parts.at(-1) ?? ''
  const { ending, deep } = words.files.reasons
  if (!/\.(?:md|markdown)$/i.test(file) || file.startsWith('.')) return { path: null, problem: ending }
  const place = parts.findIndex(isLocale)
  if (place >= 0) {
    return parts.length - place > 3
      ? { path: null, problem: deep }
      : { path: parts.slice(place).join('/'), problem: null }
  }
  // The folder that was chosen says nothing; the one in it is the collection.
  const inside = parts.length > 2 ? parts.slice(1) : parts
  return inside.length > 2
    ? { path: null, problem: deep }
    : { path: [own, ...inside].join('/'), problem: null }
}

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
