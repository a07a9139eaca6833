import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { api, Result } from '@helpdesk/core/api'
import type { Send } from './demo-conversations.ts'

type Secrets = (typeof api)['secrets']

/** A key with which the shop's server signs its customers. */
export interface DemoKey {
  id: string
  secret: string
}

/** The shop's key of the last start as long as it is live, or a new one, which only this account of the machine can read. */
export async function readOrMakeKey(send: Send, deskId: string, dataDir: string): Promise<DemoKey> {
  const path = join(dataDir, 'demo-key.json')
  const url = `/api/desks/${deskId}/secrets`
  const kept = await readKey(path)
  if (kept) {
    const { secrets } = await send<Result<Secrets['list']>>('GET', url)
    if (secrets.some(({ id, live }) => live && id === kept.id)) return kept
  }
  const { key, secret } = await send<Result<Secrets['create']>>('POST', url)
  const made = { id: key.id, secret }
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(`${path}.new`, `${JSON.stringify(made)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
  return made
}

async function readKey(path: string): Promise<DemoKey | null> {
  try {
    const kept: Partial<DemoKey> = JSON.parse(await readFile(path, 'utf8'))
    return kept.id && kept.secret ? { id: kept.id, secret: kept.secret } : null
  } catch {
    // Not there, or cut short: a new one is as good.
    return null
  }
}
