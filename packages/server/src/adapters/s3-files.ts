import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, stat, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import { writeNewFile } from './disk-files.ts'
import type { FilesAdapter } from './files.ts'

/** How to reach a bucket. */
export interface S3FilesOptions {
  /** `https://s3.eu-central-1.amazonaws.com`, or that of anything that speaks like S3. */
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** Put before every key, `helpdesk/`. Default: nothing. */
  prefix?: string
  /** Where a file waits until it is whole, because S3 wants to know its length first. Default: the system's. */
  temporaryFolder?: string
}

const attempts = 3
const answerMs = 30_000

/** Keeps files in a bucket of S3 or of what speaks like it; the bucket is in the path of the address. */
export function s3Files(options: S3FilesOptions): FilesAdapter {
  const send = sender(options)
  const prefix = options.prefix ?? ''
  const temporaryFolder = options.temporaryFolder ?? tmpdir()
  return {
    async put(key, content) {
      await mkdir(temporaryFolder, { recursive: true, mode: 0o700 })
      const path = join(temporaryFolder, `helpdesk-${randomBytes(12).toString('hex')}`)
      try {
        await writeNewFile(path, content)
        const { size } = await stat(path)
        const headers = { 'content-length': String(size), 'content-type': 'application/octet-stream' }
        await discard(await send('PUT', prefix + key, { headers, body: () => createReadStream(path) }))
      } finally {
        await unlink(path).catch(() => undefined)
      }
    },
    async get(key, range) {
      const headers = range && { range: `bytes=${range.start}-${range.end}` }
      const response = await send('GET', prefix + key, { ...(headers ? { headers } : {}), absent: true })
      if (response.status !== 404) return Readable.from(response.body ?? [], { objectMode: false })
      await discard(response)
      return null
    },
    async delete(key) {
      await discard(await send('DELETE', prefix + key, { absent: true }))
    },
    async *list(wanted) {
      for (let last = ''; ; ) {
        const query = { 'list-type': '2', prefix: prefix + wanted, ...(last ? { 'start-after': last } : {}) }
        const answer = await (await send('GET', '', { query })).text()
        const keys = elements(answer, 'Key')
        for (const key of keys) yield key.slice(prefix.length)
        last = keys.at(-1) ?? ''
        if (!last || elements(answer, 'IsTruncated')[0] !== 'true') return
      }
    },
  }
}

interface S3Request {
  query?: Record<string, string>
  headers?: Record<string, string>
  /** Opened anew for every attempt. */
  body?: () => Readable
  /** Whether 404 is an answer rather than an error. */
  absent?: boolean
}

type Send = (method: string, key: string, request?: S3Request) => Promise<FetchedResponse>
type FetchedResponse = Awaited<ReturnType<typeof fetch>>

function sender(options: S3FilesOptions): Send {
  for (const name of ['endpoint', 'bucket', 'region', 'accessKeyId', 'secretAccessKey'] as const) {
    if (!options?.[name]) throw new TypeError(`s3Files: option \`${name}\` is missing`)
  }
  const { region, accessKeyId, secretAccessKey } = options
  const base = `${options.endpoint.replace(/\/+$/, '')}/${options.bucket}/`
  const cache = new Map<string, ArrayBuffer>()
  const sendOnce = async (method: string, key: string, { query, headers = {}, body }: S3Request) => {
    const url = `${base}${key}${query ? `?${new URLSearchParams(query)}` : ''}`
    // Signed without the body's hash: it would have to be read twice, and TLS keeps it whole.
    const signer = new AwsV4Signer({
      ...{ method, url, headers, service: 's3', region, accessKeyId, secretAccessKey, cache },
    })
    const signed = await signer.sign()
    const impatience = new AbortController()
    const timer = setTimeout(() => impatience.abort(new Error('S3 does not answer')), answerMs)
    try {
      return await fetch(signed.url, {
        method,
        headers: signed.headers,
        signal: impatience.signal,
        ...(body ? { body: Readable.toWeb(body()) as ReadableStream, duplex: 'half' } : {}),
      } as RequestInit)
    } finally {
      clearTimeout(timer)
    }
  }
  return async (method, key, request = {}) => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await sendOnce(method, key, request).catch((error: unknown) => ({ error }))
      if (!('error' in outcome)) {
        if (outcome.ok || (outcome.status === 404 && request.absent)) return outcome
        if (attempt === attempts || !isPassing(outcome.status)) throw await refusal(method, outcome)
        await discard(outcome)
      } else if (attempt === attempts) {
        throw new Error(`S3 ${method} failed`, { cause: outcome.error })
      }
      await pause(100 * 4 ** (attempt - 1))
    }
  }
}

const isPassing = (status: number) => status >= 500 || status === 429 || status === 408

async function refusal(method: string, response: FetchedResponse): Promise<Error> {
  const [code = ''] = elements(await response.text().catch(() => ''), 'Code')
  return new Error(`S3 ${method} was answered ${response.status} ${code}`.trim())
}

/** An answer that is not read keeps its connection. */
async function discard(response: FetchedResponse): Promise<void> {
  await response.arrayBuffer()
}

/** What stands in the elements of a name: no element that is asked for here has others within, or is escaped. */
const elements = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((match) => match[1] ?? '')
