import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readOrMakeSecretKey } from './secret-key.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-key-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a key is made once, for this account alone, and read from then on', async () => {
  const inside = join(folder, 'data')
  const key = await readOrMakeSecretKey(inside)
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  expect((await stat(join(inside, 'secret.key'))).mode & 0o777).toBe(0o600)
  expect((await readFile(join(inside, 'secret.key'), 'utf8')).trim()).toBe(key)
  expect(await readOrMakeSecretKey(inside)).toBe(key)
  expect(await readdir(inside)).toEqual(['secret.key'])
})

test('of processes that start together all use the same key', async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => readOrMakeSecretKey(folder)))
  expect(new Set(keys).size).toBe(1)
  expect(await readdir(folder)).toEqual(['secret.key'])
})

test('a key that the operator brought is used, and closed to others', async () => {
  const path = join(folder, 'secret.key')
  await writeFile(path, 'AB'.repeat(32))
  await chmod(path, 0o644)
  expect(await readOrMakeSecretKey(folder)).toBe('AB'.repeat(32))
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test.each(['', 'short', 'x'.repeat(64)])('a file that holds %j is not replaced', async (text) => {
  await writeFile(join(folder, 'secret.key'), text)
  await expect(readOrMakeSecretKey(folder)).rejects.toThrow('64 hex digits')
  expect(await readFile(join(folder, 'secret.key'), 'utf8')).toBe(text)
})
