import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** The right to be the only process that opens a folder. */
export interface FolderLock {
  /** Gives it up; may be called again. */
  release(): Promise<void>
}

/** Who holds a lock, as its file says. */
interface Holder {
  pid: number
  /** Where the pid means something: this start of this machine, and of this container. */
  machine: string
  /** When the process started, in the kernel's ticks; null where the system does not say. */
  startedAt: string | null
  /** Tells two locks of one process apart. */
  id: string
}

/** A holder shows every so often that it lives, for openers on other machines, which cannot ask for its pid. */
const beatMs = 1_000
const silentMs = 5_000

/**
 * Takes the lock of a folder, as a file beside it. A lock left by a process that was killed is taken over at once;
 * one from another machine or container when it has been silent for five seconds.
 * @param path the lock's file
 * @param options `onLost`: somebody removed the lock; the folder must not be written to any more. `pause`: for tests
 * @throws Error with the code `EDATABASEINUSE`, whose message names the process that has the folder
 */
export async function lockFolder(
  path: string,
  options: { onLost?: () => void; pause?: (ms: number) => Promise<unknown> } = {},
): Promise<FolderLock> {
  const mine: Holder = {
    pid: process.pid,
    machine: thisMachine(),
    startedAt: startOf(process.pid),
    id: randomUUID(),
  }
  const text = JSON.stringify(mine)
  await mkdir(dirname(path), { recursive: true })
  while (!(await create(path, text))) {
    const found = await readFile(path, 'utf8').catch(unlessGone)
    if (found === null) continue
    if (await lives(path, found, options.pause ?? wait)) throw inUse(path, parse(found))
    await removeExactly(path, found)
  }
  return hold(path, text, options.onLost ?? (() => undefined))
}

/** Somebody was faster: fine. Anything else is not. */
function unlessGone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

async function create(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function hold(path: string, text: string, onLost: () => void): FolderLock {
  let held = true
  const isMine = async () => (await readFile(path, 'utf8').catch(() => null)) === text
  const beat = setInterval(async () => {
    const mine = await isMine()
    if (!held) return
    if (mine) await utimes(path, new Date(), new Date()).catch(() => undefined)
    else {
      held = false
      clearInterval(beat)
      onLost()
    }
  }, beatMs)
  beat.unref()
  return {
    async release() {
      if (!held) return
      held = false
      clearInterval(beat)
      if (await isMine()) await rm(path, { force: true })
    },
  }
}

async function lives(path: string, text: string, pause: (ms: number) => Promise<unknown>): Promise<boolean> {
  const holder = parse(text)
  if (holder?.machine === thisMachine()) return runs(holder)
  // Clocks of two machines differ: what counts is whether the file's time changes while we look.
  const before = await beatOf(path)
  for (let waited = 0; waited < silentMs; waited += beatMs / 2) {
    await pause(beatMs / 2)
    if ((await beatOf(path)) !== before) return true
  }
  return false
}

const beatOf = (path: string): Promise<number> =>
  stat(path).then(
    (found) => found.mtimeMs,
    () => 0,
  )

/** Whether the very process that wrote the lock still runs, not another one that got its number since. */
function runs(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it runs, but as somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return holder.startedAt === startOf(holder.pid)
}

/** Moves the file away before it is deleted: two who find the same old lock must not remove each other's new one. */
async function removeExactly(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  if ((await rename(path, aside).catch(unlessGone)) === null) return
  const moved = await readFile(aside, 'utf8')
  if (moved !== text) await create(path, moved)
  await rm(aside, { force: true })
}

function parse(text: string): Holder | null {
  try {
    const value: Partial<Holder> | null = JSON.parse(text)
    return typeof value?.pid === 'number' && typeof value.machine === 'string' ? (value as Holder) : null
  } catch {
    return null
  }
}

function inUse(path: string, holder: Holder | null): Error {
  const folder = path.replace(/\.lock$/, '')
  const who = holder ? `process ${holder.pid}` : 'another process'
  const where =
    holder && holder.machine !== thisMachine() ? ' on another machine or in another container' : ''
  const message = `The embedded database in ${folder} is in use by ${who}${where}. Stop it first, or set DATA_DIR to another folder. (If no helpdesk is running, delete ${path}.)`
  return Object.assign(new Error(message), { code: 'EDATABASEINUSE' })
}

/** Linux only; elsewhere a process is known by its number alone. A dead one that nobody collected has no start. */
function startOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses, which may contain anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

function thisMachine(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}
