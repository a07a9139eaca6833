import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDesk, type TestDesk } from '../testing.ts'

describe('files of the dashboard', () => {
  let folder: string
  let desk: TestDesk
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-dashboard-'))
    const root = join(folder, 'dist')
    await mkdir(root)
    await writeFile(join(root, 'index.html'), '<!doctype html>The dashboard')
    await writeFile(join(folder, 'secret.txt'), 'SECRET')
    desk = await startDesk('pglite', { dashboard: { root } })
  })
  afterAll(async () => {
    await desk?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('are served under their address', async () => {
    expect((await desk.app.inject({ url: '/dashboard/' })).body).toContain('The dashboard')
    expect((await desk.app.inject({ url: '/dashboard?a=%00' })).headers.location).toBe('/dashboard/')
  })

  it.each([
    '/dashboard/%00',
    '/dashboard/index.html%00.js',
    '/dashboard/nothing.js',
    `/dashboard/${'a'.repeat(300)}`,
    '/dashboard/index.html/more',
    '/dashboard/%ED%A0%80',
    '/dashboard/%E0%A4%A',
    '/dashboard/..%2fsecret.txt',
    '/dashboard/..%5csecret.txt',
    '/dashboard/%2e%2e/secret.txt',
  ])('are not found at %s', async (url) => {
    const { statusCode, body } = await desk.app.inject({ url })
    expect([400, 404]).toContain(statusCode)
    expect(body).not.toContain('SECRET')
  })
})
