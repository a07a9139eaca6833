import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The installation's key from the data folder; made there at the first start, for this account of the machine alone.
 * @throws Error when the file is there and holds something else
 */
export async function readOrMakeSecretKey(dataDir: string): Promise<string> {
  const path = join(dataDir, 'secret.key')
  const kept = await read(path)
  if (kept !== null) return kept
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(unfinished, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true })
  // A name for the whole file or none: of two processes that start together, both use the key that came first.
  await link(unfinished, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(unfinished)
  const made = await read(path)
  if (made === null) throw new Error(`The key in ${path} could not be kept`)
  return made
}

async function read(path: string): Promise<string | null> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const key = text.trim()
  if (!/^[0-9a-f]{64}$/i.test(key)) {
    throw new Error(`${path} must hold 64 hex digits: restore it, or what it encrypted is lost`)
  }
  await chmod(path, 0o600)
  return key
}
