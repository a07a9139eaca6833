/// <reference types="node" />
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'tsup'
import { afterAll, beforeAll, expect, test } from 'vitest'

const index = fileURLToPath(new URL('./index.ts', import.meta.url))
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-client-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** What an application gets that imports these names: minified, with everything inside. */
async function bundle(name: string, names: string) {
  const entry = join(folder, `${name}.ts`)
  await writeFile(entry, `export ${names} from ${JSON.stringify(index)}`)
  const outDir = join(folder, name)
  const options = { format: 'esm', platform: 'browser', target: 'es2022', splitting: false } as const
  const quiet = { config: false, silent: true, dts: false, clean: false } as const
  await build({
    ...options,
    ...quiet,
    entry: [entry],
    outDir,
    minify: true,
    metafile: true,
    noExternal: [/./],
  })
  const text = await readFile(join(outDir, `${name}.js`), 'utf8')
  const metafile = (await readdir(outDir)).find((file) => file.startsWith('metafile'))
  const { inputs } = JSON.parse(await readFile(join(outDir, metafile ?? ''), 'utf8'))
  return { text, bytes: brotliCompressSync(text).length, inputs: Object.keys(inputs) }
}

test('the visitor’s half is under 3.5 kB and brings nothing of the agent’s', async () => {
  const { text, bytes } = await bundle('visitor', '{ createVisitorClient, isApiError }')
  expect(text).toContain('/update-email')
  expect(text).not.toContain('/api/desks')
  expect(text).not.toContain('/api/agents')
  expect(bytes).toBeLessThanOrEqual(3_500)
})

test('the agent’s half is under 4.1 kB and brings nothing of the visitor’s', async () => {
  const { text, bytes } = await bundle('agent', '{ createAgentClient, isApiError }')
  expect(text).toContain('/api/desks')
  expect(text).not.toContain('/api/messaging')
  expect(bytes).toBeLessThanOrEqual(4_100)
})

test('both together have no dependency, not even the contract', async () => {
  const { text, bytes, inputs } = await bundle('whole', '*')
  expect(inputs.filter((path) => path.includes('node_modules') || path.includes('core'))).toEqual([])
  expect(text).not.toMatch(/^import |require\(/)
  expect(bytes).toBeLessThanOrEqual(4_860)
})
