import { join } from 'node:path'
import type { ClamdOptions, S3FilesOptions } from '@helpdesk/server'

/** Where attachments are kept: in a folder, or in a bucket. */
export type FilesConfig = { folder: string } | { s3: S3FilesOptions }

type Get = (name: string) => string | null
/** Refuses a variable, in one line that names it. */
type Refuse = (name: string, what: string) => never

const parts = ['BUCKET', 'REGION', 'ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'] as const
const optionalParts = ['ENDPOINT', 'PREFIX'] as const

/** Where the variables say that attachments are kept. */
export function readFilesConfig(get: Get, refuse: Refuse, dataDir: string): FilesConfig {
  const folder = get('HELPDESK_FILES_DIR')
  const isS3 = [...parts, ...optionalParts].some((part) => get(`HELPDESK_S3_${part}`) !== null)
  if (!isS3) return { folder: folder ?? join(dataDir, 'files') }
  if (folder !== null) refuse('HELPDESK_FILES_DIR', 'cannot stand beside HELPDESK_S3_BUCKET: choose one')
  const need = (part: (typeof parts)[number]) =>
    get(`HELPDESK_S3_${part}`) ?? refuse(`HELPDESK_S3_${part}`, 'is missing: the bucket needs it')
  const [bucket, region, accessKeyId, secretAccessKey] = [
    need('BUCKET'),
    need('REGION'),
    need('ACCESS_KEY_ID'),
    need('SECRET_ACCESS_KEY'),
  ]
  const endpoint = get('HELPDESK_S3_ENDPOINT') ?? `https://s3.${region}.amazonaws.com`
  const url = URL.parse(endpoint)
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    refuse('HELPDESK_S3_ENDPOINT', 'must be an address like https://s3.eu-central-1.amazonaws.com')
  }
  const prefix = get('HELPDESK_S3_PREFIX') ?? ''
  // Not the system's folder for temporary files: in a container that one is often memory.
  const temporaryFolder = join(dataDir, 'uploads')
  return { s3: { endpoint, bucket, region, accessKeyId, secretAccessKey, prefix, temporaryFolder } }
}

/** The virus scanner: `host:port`, or the path of clamd's socket. */
export function readClamd(get: Get, refuse: Refuse): ClamdOptions | null {
  const value = get('HELPDESK_CLAMD')
  if (value === null) return null
  if (value.startsWith('/')) return { socket: value }
  const [, host, port] = /^(\[[0-9a-f:]+\]|[^:/\s]+):(\d{1,5})$/i.exec(value) ?? []
  if (!host || !port) return refuse('HELPDESK_CLAMD', 'must be host:port, or the path of a socket')
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
}
