import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, unlink } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { FilesAdapter } from './files.ts'

/** Keeps files in a folder, which only this account of the machine can read; several processes may share it. */
export function diskFiles(options: { folder: string }): FilesAdapter {
  if (typeof options?.folder !== 'string' || options.folder === '') {
    throw new TypeError('diskFiles: option `folder` is missing')
  }
  const root = resolve(options.folder)
  return {
    async put(key, content) {
      const path = pathIn(root, key)
      const unfinished = `${path}.${randomBytes(6).toString('hex')}.part`
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      try {
        await writeNewFile(unfinished, content)
        await rename(unfinished, path)
      } catch (error) {
        await remove(unfinished)
        throw error
      }
      await syncFolder(dirname(path))
    },
    async get(key, range) {
      try {
        const file = await open(pathIn(root, key), 'r')
        return file.createReadStream(range ?? {})
      } catch (error) {
        if (isAbsent(error)) return null
        throw error
      }
    },
    delete: async (key) => remove(pathIn(root, key)),
    list: (prefix) => walk(root, prefix),
    pathOf: (key) => pathIn(root, key),
  }
}

/** The names come from the desk; a key that led out of the folder would be a mistake worth stopping at. */
function pathIn(root: string, key: string): string {
  const path = join(root, key)
  const inside = relative(root, path)
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) {
    throw new Error('diskFiles: a key leads out of the folder')
  }
  return path
}

/** Writes a new file, readable by its owner alone, and waits until the disk has it. */
export async function writeNewFile(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const piece of content) {
      await file.writeFile(piece)
      free(piece)
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Gives a piece's memory back at once. The collector lets tens of megabytes of them pile up before it looks, and
 * uploads are nothing but such pieces.
 */
function free({ buffer, byteLength }: Uint8Array): void {
  // Smaller ones share their memory with others.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}

/** Without it a power cut could take the new name away again, the file with it. */
async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders.
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function remove(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if (!isAbsent(error)) throw error
  }
}

async function* walk(root: string, prefix: string): AsyncIterable<string> {
  const start = prefix.slice(0, prefix.lastIndexOf('/') + 1)
  const folders = [start]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await entriesOf(join(root, folder))) {
      const key = folder + entry.name
      if (entry.isDirectory()) folders.push(`${key}/`)
      else if (key.startsWith(prefix)) yield key.split(sep).join('/')
    }
  }
}

async function entriesOf(path: string) {
  try {
    return await readdir(path, { withFileTypes: true })
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}

function isAbsent(error: unknown): boolean {
  const code = (error as { code?: unknown })?.code
  return code === 'ENOENT' || code === 'ENOTDIR'
}
