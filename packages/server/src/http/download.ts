import { Readable } from 'node:stream'
import { HelpdeskError } from '@helpdesk/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ByteRange } from '../adapters/files.ts'

/** A file to be served. */
export interface ServedFile {
  name: string
  type: string
  /** Shown in place, rather than saved. */
  isInline: boolean
  /** Its length; null when nobody noted it. */
  bytes: number | null
  etag: string
  /** For how many seconds a browser may keep it. */
  maxAge: number
  open(range?: ByteRange): Promise<Readable | null>
}

/** Types that browsers would run or render if they were shown. */
const active = new Set(['image/svg+xml', 'application/xml', 'message/rfc822'])

/**
 * Answers with a file: never run, never sniffed, shown in place only when it is an image that cannot hold scripts.
 * @throws HelpdeskError not_found when the file is gone
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: ServedFile,
): Promise<FastifyReply> {
  reply.headers({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
  })
  const cached = { 'cache-control': `private, max-age=${Math.max(0, file.maxAge)}`, etag: file.etag }
  if (request.headers['if-none-match'] === file.etag) return reply.headers(cached).code(304).send()
  const range = wantedRange(request, file)
  if (range === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${file.bytes}`).send()
  }
  const content = request.method === 'HEAD' ? Readable.from([]) : await file.open(range ?? undefined)
  if (!content) throw new HelpdeskError('not_found')
  reply.headers({
    ...cached,
    'content-type': active.has(file.type) ? 'application/octet-stream' : file.type,
    'content-disposition': contentDisposition(file.isInline ? 'inline' : 'attachment', file.name),
  })
  if (file.bytes !== null) reply.header('accept-ranges', 'bytes')
  const length = range ? range.end - range.start + 1 : file.bytes
  if (length !== null) reply.header('content-length', length)
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.bytes}`)
  return reply.send(content)
}

/** One range of a request; anything fancier is answered with the whole file, as every server may. */
function wantedRange(
  { headers }: FastifyRequest,
  { bytes, etag }: ServedFile,
): ByteRange | 'unsatisfiable' | null {
  const wanted = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range ?? '')
  const isSame = headers['if-range'] === undefined || headers['if-range'] === etag
  if (!wanted || !isSame || bytes === null) return null
  const [, from = '', to = ''] = wanted
  if (from === '' && to === '') return null
  const start = from === '' ? Math.max(0, bytes - Number(to)) : Number(from)
  const end = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (from !== '' && to !== '' && Number(to) < start) return null
  return start > end ? 'unsatisfiable' : { start, end }
}

/** The header of RFC 6266: the name in ASCII, and as it is for everybody who understands that. */
export function contentDisposition(type: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const value = `${type}; filename="${plain}"`
  return plain === name ? value : `${value}; filename*=UTF-8''${encoded(name)}`
}

const encoded = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
