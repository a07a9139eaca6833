import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diskFiles } from './disk-files.ts'
import type { FilesAdapter } from './files.ts'
import { s3Files } from './s3-files.ts'
import { startS3, startScript } from './testing-s3.ts'

let folder: string
let s3: Awaited<ReturnType<typeof startS3>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-adapters-'))
  s3 = await startS3()
})
afterAll(async () => {
  await s3?.close()
  await rm(folder, { recursive: true, force: true })
})

async function* pieces(...parts: (string | Uint8Array | Error)[]): AsyncIterable<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part
    yield Buffer.from(part)
  }
}

const key = (name: string, day = '2026-11-21') => `${day}/0190a000-0000-7000-8000-000000000001/${name}`
const read = async (files: FilesAdapter, name: string, range?: { start: number; end: number }) => {
  const stream = await files.get(name, range)
  return stream && (await buffer(stream)).toString('latin1')
}
const listed = async (files: FilesAdapter, prefix: string) => {
  const keys: string[] = []
  for await (const one of files.list(prefix)) keys.push(one)
  return keys.sort()
}

const kinds: [string, () => FilesAdapter][] = [
  ['a folder', () => diskFiles({ folder: join(folder, 'disk') })],
  ['a bucket', () => s3Files({ ...s3.options, prefix: 'some/where/' })],
]

describe.each(kinds)('files in %s', (_name, open) => {
  test('come back as they were put, whole and in part', async () => {
    const files = open()
    await files.put(key('a'), pieces('0123', '456', '789'))
    expect(await read(files, key('a'))).toBe('0123456789')
    expect(await read(files, key('a'), { start: 2, end: 4 })).toBe('234')
    expect(await read(files, key('a'), { start: 9, end: 9 })).toBe('9')
    const large = Buffer.alloc(3_000_001, 'x')
    await files.put(key('large'), pieces(large.subarray(0, 1_000_000), large.subarray(1_000_000)))
    expect((await read(files, key('large')))?.length).toBe(large.length)
  })

  test('are not there before they were put and after they were removed', async () => {
    const files = open()
    expect(await files.get(key('none'))).toBeNull()
    await files.put(key('b'), pieces('b'))
    await files.delete(key('b'))
    expect(await files.get(key('b'))).toBeNull()
    await files.delete(key('b'))
  })

  test('that break off leave nothing, and say why', async () => {
    const files = open()
    const before = await listed(files, '')
    await expect(files.put(key('broken'), pieces('half', new Error('gone')))).rejects.toThrow('gone')
    expect(await files.get(key('broken'))).toBeNull()
    expect(await listed(files, '')).toEqual(before)
  })

  test('are listed by day', async () => {
    const files = open()
    await files.put(key('c', '2026-01-02'), pieces('c'))
    await files.put(key('d', '2026-01-02'), pieces('d'))
    await files.put(key('e', '2026-01-03'), pieces('e'))
    expect(await listed(files, '2026-01-02/')).toEqual([key('c', '2026-01-02'), key('d', '2026-01-02')])
    expect(await listed(files, '2025-01-01/')).toEqual([])
  })
})

describe('a folder', () => {
  test('is readable by its owner alone, and keeps what is unfinished beside', async () => {
    const root = join(folder, 'modes')
    const files = diskFiles({ folder: root })
    let seen: string[] = []
    async function* watched() {
      yield Buffer.from('half')
      seen = await listed(files, '2026-11-21/')
      yield Buffer.from('whole')
    }
    await files.put(key('a'), watched())
    expect(seen).toEqual([expect.stringMatching(/\/a\.[0-9a-f]{12}\.part$/)])
    expect((await stat(join(root, key('a')))).mode & 0o777).toBe(0o600)
    expect((await stat(join(root, '2026-11-21'))).mode & 0o777).toBe(0o700)
  })

  test.each(['../outside', '2026/../../outside', '', '.', '/..'])(
    'A37: the key %j leads nowhere',
    async (bad) => {
      const files = diskFiles({ folder: join(folder, 'inner', 'most') })
      await writeFile(join(folder, 'outside'), 'secret')
      await expect(files.put(bad, pieces('x'))).rejects.toThrow('out of the folder')
      await expect(files.get(bad)).rejects.toThrow('out of the folder')
      await expect(files.delete(bad)).rejects.toThrow('out of the folder')
    },
  )

  test('has to be named', () => {
    expect(() => diskFiles({} as never)).toThrow('`folder`')
  })
})

describe('a bucket', () => {
  const scripted = async (...answers: [number, string][]) => {
    const server = await startScript(answers)
    return { ...server, files: s3Files({ ...s3.options, endpoint: server.endpoint, prefix: 'p/' }) }
  }
  const page = (names: string[], isTruncated: boolean) =>
    `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${names
      .map((name) => `<Contents><Key>p/${name}</Key></Contents>`)
      .join('')}</ListBucketResult>`

  test('of more files than one answer names is listed whole', async () => {
    const { files, asked, close } = await scripted(
      [200, page(['d/1', 'd/2'], true)],
      [200, page(['d/3'], true)],
      [200, page([], false)],
    )
    expect(await listed(files, 'd/')).toEqual(['d/1', 'd/2', 'd/3'])
    expect(asked.map((line) => new URLSearchParams(line.trim().split('?')[1]).get('start-after'))).toEqual([
      null,
      'p/d/2',
      'p/d/3',
    ])
    await close()
  })

  test('that is busy for a moment is asked again, with the whole file', async () => {
    const { files, asked, close } = await scripted([503, ''], [500, ''], [200, ''])
    await files.put('a', pieces('01', '23'))
    expect(asked).toEqual(Array(3).fill('PUT /desk/p/a 0123'))
    await close()
  })

  test('that stays busy is given up', async () => {
    const { files, asked, close } = await scripted([503, ''], [503, ''], [503, '<Code>SlowDown</Code>'])
    await expect(files.put('a', pieces('0'))).rejects.toThrow('S3 PUT was answered 503 SlowDown')
    expect(asked).toHaveLength(3)
    await close()
  })

  test('that is wrong, forbidden or away is an error that says so, and leaves nothing on disk', async () => {
    const options = { ...s3.options, temporaryFolder: join(folder, 'waiting') }
    const wrong = [
      [{ ...options, accessKeyId: 'nobody' }, /403 InvalidAccessKeyId/],
      [{ ...options, bucket: 'nowhere' }, /404 NoSuchBucket/],
      [{ ...options, endpoint: 'http://127.0.0.1:1' }, /S3 PUT failed/],
    ] as const
    for (const [one, message] of wrong) {
      await expect(s3Files(one).put(key('a'), pieces('x'))).rejects.toThrow(message)
    }
    expect(await readdir(options.temporaryFolder)).toEqual([])
    expect(() => s3Files({ ...options, bucket: '' })).toThrow('`bucket`')
  })
})
