import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import type { Problem } from '@helpdesk/core'
import type { Upload } from '@helpdesk/core/api'
import { sql } from 'drizzle-orm'
import type { HelpdeskOptions } from '../options.ts'
import { type DatabaseKind, startDesk, type TestDesk } from '../testing.ts'

/** Content that is known for what it is by its first bytes. */
export const samples = {
  png: pngOf(3, 2),
  jpeg: Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080007000901011100ffd9', 'hex'),
  gif: Buffer.from('47494638396105000400000000003b', 'hex'),
  webp: Buffer.from('524946461a00000057454250565038580a000000000000000f00000b0000', 'hex'),
  pdf: Buffer.from(
    '%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>\nendobj\n%%EOF',
  ),
  zip: Buffer.from('504b0506000000000000000000000000000000000000', 'hex'),
  exe: Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0'), Buffer.alloc(200)]),
  html: Buffer.from('<!doctype html><script>alert(1)</script>'),
  svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  xml: Buffer.from('<?xml version="1.0"?><?xml-stylesheet href="//evil.example/x.xsl"?><a/>'),
} as const

/** The first bytes of a PNG of a size; more may follow. */
export function pngOf(width: number, height: number): Buffer<ArrayBuffer> {
  const head = Buffer.from(
    '89504e470d0a1a0a0000000d49484452000000000000000008060000000000000000000000',
    'hex',
  )
  head.writeUInt32BE(width, 16)
  head.writeUInt32BE(height, 20)
  return head
}

/** An answer to an upload: one of the two. */
export interface Answer {
  status: number
  body: Upload & Problem
  headers: Headers
}

/** What can be said about an upload. */
export interface UploadOptions {
  type?: string | null
  headers?: Record<string, string>
  /** As an agent rather than as a visitor. */
  asAgent?: boolean
  deskId?: string
}

/** An attachment as the table has it. */
export interface Row {
  id: string
  owner: string
  bytes: number
  message_id: string | null
  file_key: string
  preview_key: string | null
}

/** A desk that listens, to which files are sent over real connections. */
export interface UploadDesk extends TestDesk {
  address: string
  port: number
  upload(name: string, content: BodyInit, options?: UploadOptions): Promise<Answer>
  /** The path of an upload, for those who speak HTTP themselves. */
  path(name: string): string
  rows(): Promise<number>
  /** The rows with these columns. */
  find(columns: Record<string, string | number>): Promise<Row[]>
  /** Every file that is kept, unfinished ones too. */
  files(): Promise<string[]>
}

/** Starts a desk and lets it listen. */
export async function startUploadDesk(
  kind: DatabaseKind,
  overrides: Partial<HelpdeskOptions> = {},
): Promise<UploadDesk> {
  const desk = await startDesk(kind, overrides)
  await desk.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = desk.app.server.address() as { port: number }
  const address = `http://127.0.0.1:${port}`
  const path = (name: string, deskId = desk.deskId) =>
    `/api/messaging/widget/${deskId}/attachments?name=${encodeURIComponent(name)}`
  const find: UploadDesk['find'] = async (columns) => {
    const wanted = Object.entries(columns).map(([name, value]) => sql`${sql.identifier(name)} = ${value}`)
    const where = sql.join([sql`true`, ...wanted], sql` and `)
    const result = await desk.handle.deps.db.orm.execute(
      sql`select * from helpdesk.attachments where ${where}`,
    )
    return (result as unknown as { rows: Row[] }).rows
  }
  return {
    ...desk,
    address,
    port,
    path,
    async upload(name, content, options = {}) {
      const { type = 'application/octet-stream', asAgent, deskId = desk.deskId } = options
      const url = asAgent
        ? `/api/desks/${deskId}/attachments?name=${encodeURIComponent(name)}`
        : path(name, deskId)
      const response = await fetch(address + url, {
        method: 'POST',
        body: content,
        headers: {
          ...(type === null ? {} : { 'content-type': type }),
          ...(asAgent ? { cookie: desk.owner.cookie, origin: 'http://localhost' } : {}),
          ...options.headers,
        },
        duplex: 'half',
      } as RequestInit)
      return { status: response.status, body: (await response.json()) as never, headers: response.headers }
    },
    async close() {
      // Clients keep connections open that they no longer need; the server would wait for them.
      desk.app.server.closeAllConnections()
      await desk.close()
    },
    rows: async () => (await find({})).length,
    find,
    async files() {
      const entries = await readdir(desk.filesFolder, { recursive: true, withFileTypes: true })
      return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
    },
  }
}

/** A body of unknown length, sent piece by piece. */
export function chunked(...pieces: Uint8Array[]): ReadableStream {
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift()
      if (piece) controller.enqueue(piece)
      else controller.close()
    },
  })
}

/**
 * Sends bytes over a connection of its own and reads what comes back.
 * @param parts written one after another
 * @param until says when enough has come back; a server that closes the connection ends it as well
 * @param then `leave`: go away when everything is written, without waiting for an answer
 * @returns everything that the server sent
 */
export async function speak(
  port: number,
  parts: Iterable<string | Uint8Array>,
  until: (received: string) => boolean,
  then?: 'leave',
): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let received = ''
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1')
    if (until(received)) resolve(received)
  })
  socket.on('error', reject)
  socket.on('close', () => resolve(received))
  const written = (part: string | Uint8Array) => new Promise<void>((done) => socket.write(part, () => done()))
  for (const part of parts) {
    await Promise.race([written(part), promise])
    if (socket.destroyed) break
  }
  if (then === 'leave') socket.destroy()
  return promise.finally(() => socket.destroy())
}
