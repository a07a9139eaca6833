import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const script = fileURLToPath(new URL('../../scripts/check-size.mjs', import.meta.url))

/** Nothing that a compressor could make smaller than 3/4 of the length. */
const noise = (length: number): string => `//${randomBytes(length).toString('base64').slice(0, length)}\n`

const small = {
  'widget.js': 'console.log(1)',
  'app-1.js': 'import{a}from"./part-1.js";const later=()=>import("./later-1.js");export{a,later}',
  'part-1.js': 'export const a=1',
  'later-1.js': noise(50_000),
  'en-1.js': 'export default{}',
  'pl-1.js': `${noise(3000)}export default{}`,
  'identity-1.js': 'export const meet=1',
  'manifest.json': '{"app":"app-1.js","identity":"identity-1.js","locales":{"en":"en-1.js","pl":"pl-1.js"}}',
}

async function check(changes: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'helpdesk-size-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [name, text] of Object.entries({ ...small, ...changes }))
    await writeFile(join(folder, name), text)
  return spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })
}

test('a small widget passes; its heaviest language counts, and what is loaded later does not', async () => {
  const { status, stdout } = await check()
  expect(status).toBe(0)
  expect(stdout).toMatch(/first open +pl-1\.js/)
  expect(stdout).toMatch(/first open +requests +3 +3/)
  expect(stdout).not.toContain('later-1.js')
})

test.each([
  ['a heavy script', { 'widget.js': noise(5000) }, 'widget.js weighs'],
  ['a heavy app', { 'part-1.js': noise(30_000) }, 'the first opening weighs'],
  ['a heavy language', { 'en-1.js': noise(30_000) }, 'the first opening weighs'],
  ['a fourth request', { 'part-1.js': 'import"./en-1.js";export const a=1' }, 'takes 4 requests'],
  ['a missing part', { 'app-1.js': 'import"./gone.js"' }, 'gone.js is missing'],
  ['a heavy identity', { 'identity-1.js': noise(5000) }, 'who the user is weighs'],
  [
    'no language',
    { 'manifest.json': '{"app":"app-1.js","identity":"identity-1.js","locales":{}}' },
    'names no locales',
  ],
])('%s fails', async (_name, changes, message) => {
  const { status, stderr } = await check(changes)
  expect(status).toBe(1)
  expect(stderr).toContain(message)
})
