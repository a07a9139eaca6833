import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { createDatabase, dropDatabase, startPostgres } from './postgres.ts'

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function commandLines(): Promise<string> {
  const list = 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "'
  return (await promisify(execFile)('/bin/sh', ['-c', list])).stdout
}

test('the run has a real PostgreSQL that answers', async () => {
  expect(await query(inject('postgresUrl'), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a database is made, copied with its content, and dropped while somebody is connected', async () => {
  const server = inject('postgresUrl')
  const original = await createDatabase(server, `support-${process.pid}`)
  await query(original, `CREATE TABLE notes AS SELECT 'żółw' AS note`)
  const copy = await createDatabase(server, `support-copy-${process.pid}`, `support-${process.pid}`)
  expect(await query(copy, 'SELECT note FROM notes')).toEqual([{ note: 'żółw' }])

  const reader = new pg.Client({ connectionString: copy })
  reader.on('error', () => {})
  await reader.connect()
  for (const name of [`support-copy-${process.pid}`, `support-${process.pid}`, 'never-was']) {
    await dropDatabase(server, name)
  }
  await expect(query(copy, 'SELECT 1')).rejects.toThrow('does not exist')
})

test('a killed server loses no committed row, and keeps its address when it is back', async () => {
  const server = await startPostgres({ fsync: true })
  onTestFinished(() => server.stop())
  await query(server.url, 'CREATE TABLE kept AS SELECT 7 AS seven')
  expect(await query(server.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }])
  await server.kill9()
  await expect(query(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
  await server.restart()
  expect(await query(server.url, 'SELECT seven FROM kept')).toEqual([{ seven: 7 }])
})

test('a server goes away with its files when the process that started it is killed', async () => {
  const module = fileURLToPath(new URL('postgres.ts', import.meta.url))
  const script = `
    const { startPostgres } = await import(${JSON.stringify(module)})
    const server = await startPostgres()
    console.log(server.url)
    setInterval(() => {}, 1000)`
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(owner.stdout, 'data')) as [Buffer]
  const url = line.toString().trim()
  const [{ data_directory: folder }] = (await query(url, 'SHOW data_directory')) as [
    { data_directory: string },
  ]
  expect(existsSync(folder)).toBe(true)

  owner.kill('SIGKILL')
  await vi.waitFor(
    async () => {
      expect(existsSync(dirname(folder))).toBe(false)
      expect(await commandLines()).not.toContain(dirname(folder))
    },
    { timeout: 30_000, interval: 100 },
  )
})
