import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of an embedded database without any tables; begin with a copy of it. */
    emptyEmbedded: string
  }
}

const folders: string[] = []

/** Vitest's global set-up, for each project that names it: makes an empty embedded database, which takes seconds. */
export async function setup(project: TestProject): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'helpdesk-embedded-'))
  folders.push(folder)
  const path = join(folder, 'pglite')
  await (await PGlite.create(path)).close()
  project.provide('emptyEmbedded', path)
}

/** Removes it. */
export async function teardown(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
}
