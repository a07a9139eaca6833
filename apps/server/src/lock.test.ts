import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { lockFolder } from './lock.ts'

const program = (path: string) => `
  import { lockFolder } from ${JSON.stringify(fileURLToPath(new URL('lock.ts', import.meta.url)))}
  try {
    await lockFolder(${JSON.stringify(path)})
    console.log('got it')
    setInterval(() => {}, 1000)
  } catch (error) {
    console.log(error.message)
  }`

describe('the lock of the embedded database', () => {
  let folder: string
  let path: string
  const children: ChildProcess[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-lock-'))
    path = join(folder, 'data', 'pglite.lock')
  })
  afterEach(async () => {
    for (const child of children.splice(0)) await stop(child)
    await rm(folder, { recursive: true, force: true })
  })

  const stop = async (child: ChildProcess) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** Another process that takes the lock and keeps it; what it printed first. */
  const opener = async (): Promise<{ child: ChildProcess; said: string }> => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program(path)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    })
    children.push(child)
    const [chunk] = await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data')
    return { child, said: String(chunk).trim() }
  }

  test('keeps a second process out, and says who is in', async () => {
    const lock = await lockFolder(path)
    expect((await opener()).said).toBe(
      `The embedded database in ${join(folder, 'data', 'pglite')} is in use by process ${process.pid}. ` +
        `Stop it first, or set DATA_DIR to another folder. (If no helpdesk is running, delete ${path}.)`,
    )
    await lock.release()
    await lock.release()
    expect((await opener()).said).toBe('got it')
  })

  test('keeps the same process out, too', async () => {
    const lock = await lockFolder(path)
    await expect(lockFolder(path)).rejects.toThrow(`in use by process ${process.pid}`)
    await lock.release()
  })

  test('is taken over at once from a process that was killed', async () => {
    const { child } = await opener()
    await expect(lockFolder(path)).rejects.toThrow(`in use by process ${child.pid}`)
    await stop(child)
    const lock = await lockFolder(path, { pause: () => Promise.reject(new Error('waited')) })
    expect(JSON.parse(await readFile(path, 'utf8')).pid).toBe(process.pid)
    await lock.release()
    expect(await readdir(join(folder, 'data'))).toEqual([])
  })

  test('of several who find a lock left behind, one gets it', async () => {
    const { child } = await opener()
    await stop(child)
    const said = (await Promise.all(Array.from({ length: 5 }, opener))).map((one) => one.said)
    expect(said.filter((text) => text === 'got it')).toHaveLength(1)
    expect(said.filter((text) => text.includes('in use by'))).toHaveLength(4)
  })

  test.runIf(process.platform === 'linux')(
    'a number that another process got since is not its holder',
    async () => {
      const lock = await lockFolder(path)
      const mine = JSON.parse(await readFile(path, 'utf8'))
      await lock.release()
      await writeFile(path, JSON.stringify({ ...mine, startedAt: '1', id: 'earlier' }))
      await (await lockFolder(path)).release()
    },
  )

  describe('from another machine, whose processes cannot be asked', () => {
    const theirs = JSON.stringify({ pid: 1, machine: 'another', startedAt: '1', id: 'theirs' })
    const leave = async (text: string) => {
      await (await lockFolder(path)).release()
      await writeFile(path, text)
    }

    test('is respected as long as it is kept fresh, whatever the clocks say', async () => {
      await leave(theirs)
      let beats = 0
      const pause = async () => utimes(path, new Date(1000), new Date(1000 + beats++))
      await expect(lockFolder(path, { pause })).rejects.toThrow(
        'in use by process 1 on another machine or in another container',
      )
    })

    test.each([
      ['silent', theirs],
      ['unreadable', '{"pid":'],
      ['empty', ''],
      ['something else', 'null'],
    ])('is taken over when it is %s', async (_what, text) => {
      await leave(text)
      const pause = vi.fn(async () => undefined)
      await (await lockFolder(path, { pause })).release()
      expect(pause).toHaveBeenCalledTimes(10)
    })
  })

  test('tells its holder when it was removed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const onLost = vi.fn()
      const lock = await lockFolder(path, { onLost })
      await vi.advanceTimersByTimeAsync(5_000)
      expect(onLost).not.toHaveBeenCalled()
      await writeFile(path, `{"pid":1,"machine":"${hostname()}"}`)
      await vi.waitFor(async () => {
        await vi.advanceTimersByTimeAsync(1_000)
        expect(onLost).toHaveBeenCalledTimes(1)
      })
      await lock.release()
      expect(await readFile(path, 'utf8')).toContain('"pid":1')
    } finally {
      vi.useRealTimers()
    }
  })

  test('an unusable folder is an error, not an endless loop', async () => {
    await writeFile(join(folder, 'data'), 'a file')
    await expect(lockFolder(path)).rejects.toThrow(/EEXIST|ENOTDIR/)
  })
})
