import { isInlineImage } from '@helpdesk/core'
import type { FastifyBaseLogger } from 'fastify'
import type { FilesAdapter } from '../adapters/files.ts'
import type { NewAttachment } from './store.ts'

const edgePixels = 480
const mostPixels = 50_000_000
const mostSeconds = 10
/** Whoever comes behind so many goes without one rather than wait. */
const mostWaiting = 20
/** An image as small as this is its own preview. */
const smallBytes = 64 * 1024

/** Makes small images of images. */
export interface Previews {
  /** @returns the key of the small image; null when there is none, for whatever reason: an upload never fails by it */
  make(files: FilesAdapter, file: PreviewSource): Promise<string | null>
}

type PreviewSource = Pick<NewAttachment, 'type' | 'bytes' | 'width' | 'height' | 'fileKey'>

/** Makes previews with `sharp`, if it is installed, one after another, so that they never need much memory. */
export function createPreviews(log: FastifyBaseLogger): Previews {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return {
    async make(files, file) {
      if (!isInlineImage(file.type) || isSmall(file) || waiting >= mostWaiting) return null
      const sharp = await loadSharp()
      if (!sharp) return null
      waiting += 1
      const mine = last.then(() => makePreview(sharp, files, file))
      last = mine.catch(() => undefined).finally(() => (waiting -= 1))
      try {
        return await mine
      } catch (error) {
        log.info({ err: error, file: file.fileKey }, 'An image has no preview')
        return null
      }
    },
  }
}

const isSmall = ({ width, height, bytes }: PreviewSource) =>
  width !== null && height !== null && Math.max(width, height) <= edgePixels && bytes <= smallBytes

type Sharp = typeof import('sharp')['default']
type SharpImage = ReturnType<Sharp>
let loading: Promise<Sharp | null> | undefined

/** An optional peer: without it, images are shown as they are. */
function loadSharp(): Promise<Sharp | null> {
  loading ??= import('sharp').then(
    (module) => module.default,
    () => null,
  )
  return loading
}

async function makePreview(sharp: Sharp, files: FilesAdapter, file: PreviewSource): Promise<string | null> {
  if (file.width !== null && file.height !== null && file.width * file.height > mostPixels) return null
  const image = await open(sharp, files, file.fileKey)
  if (!image) return null
  const small = await withoutCache(sharp, () =>
    image
      .timeout({ seconds: mostSeconds })
      .autoOrient()
      .resize({ width: edgePixels, height: edgePixels, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 78 })
      .toBuffer(),
  )
  const key = `${file.fileKey}.preview`
  await files.put(key, onePiece(small))
  return key
}

async function open(sharp: Sharp, files: FilesAdapter, key: string): Promise<SharpImage | null> {
  const options = { limitInputPixels: mostPixels, sequentialRead: true }
  // From a stream it would take the whole file into memory first.
  if (files.pathOf) return sharp(files.pathOf(key), options)
  const source = await files.get(key)
  if (!source) return null
  const image = sharp(options)
  source.once('error', (error) => image.destroy(error))
  return source.pipe(image)
}

/** No image comes twice, and what is kept of each adds up; a host that uses sharp as well finds its settings again. */
async function withoutCache<T>(sharp: Sharp, work: () => Promise<T>): Promise<T> {
  const { memory, files, items } = sharp.cache()
  sharp.cache(false)
  try {
    return await work()
  } finally {
    sharp.cache({ memory: memory.max, files: files.max, items: items.max })
  }
}

async function* onePiece(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
