import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type {} from './embedded-setup.ts'

/** A new folder for a server's data, in whose `pglite` an empty embedded database lies already. */
export async function makeDataFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `helpdesk-${name}-`))
  await cp(inject('emptyEmbedded'), join(folder, 'pglite'), { recursive: true })
  return folder
}
