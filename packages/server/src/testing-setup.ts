import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import Fastify from 'fastify'
import type { TestProject } from 'vitest/node'
import { helpdesk } from './plugin.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A file with an embedded database that has every table and nothing in them. */
    pgliteTemplate: string
  }
}

let folder: string | undefined

/**
 * Vitest's global set-up: makes the embedded database once. Beginning with a copy of it takes a fraction of the time
 * that a new one with its migrations does.
 */
export async function setup(project: TestProject): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-template-'))
  const path = join(folder, 'pglite.tar')
  const pglite = await PGlite.create()
  const app = Fastify({ logger: false })
  await app.register(helpdesk, {
    database: { pglite },
    publicUrl: 'http://localhost',
    worker: false,
    setupToken: 'x',
  })
  await app.ready()
  await app.close()
  const dump = await pglite.dumpDataDir('none')
  await writeFile(path, Buffer.from(await dump.arrayBuffer()))
  await pglite.close()
  project.provide('pgliteTemplate', path)
}

/** Removes the copy. */
export async function teardown(): Promise<void> {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
}
