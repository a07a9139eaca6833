import { isInlineImage, limits, mediaTypeOf } from '@helpdesk/core'
import { type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client, errorCode, errorText } from '../client.ts'
import { words } from './editor-words.ts'

const w = words.images

/** An image on its way into an article. */
export interface ImageUpload {
  id: number
  name: string
  /** How much has been sent, from 0 to 1. */
  sent: number
  problem: string | null
}

/** Images that are being sent, one after the other, in the order in which they were picked. */
export interface ImageUploads {
  readonly items: ReadonlySignal<readonly ImageUpload[]>
  add(files: readonly File[]): void
  /** Also cancels it. */
  remove(id: number): void
  close(): void
}

/** Sends images; `onReady` gets the Markdown of each when it has arrived. */
export function createImageUploads(
  deskId: string,
  onReady: (markdown: string, name: string) => void,
): ImageUploads {
  const items = signal<readonly ImageUpload[]>([])
  const running = new Map<number, AbortController>()
  let queue: Promise<unknown> = Promise.resolve()
  let last = 0

  const patch = (id: number, change: Partial<ImageUpload>) => {
    items.value = items.peek().map((one) => (one.id === id ? { ...one, ...change } : one))
  }
  const remove = (id: number) => {
    items.value = items.peek().filter((one) => one.id !== id)
    running.get(id)?.abort()
  }

  async function send(id: number, file: File): Promise<void> {
    const stop = running.get(id)
    if (!stop || stop.signal.aborted) return
    try {
      const { markdown } = await withSession(() =>
        client.articles.uploadImage(deskId, file, {
          name: nameOf(file),
          signal: stop.signal,
          onProgress: (sent) => patch(id, { sent }),
        }),
      )
      if (stop.signal.aborted) return
      remove(id)
      onReady(markdown, file.name)
    } catch (error) {
      if (!stop.signal.aborted) patch(id, { problem: problemOf(error) })
    } finally {
      running.delete(id)
    }
  }

  return {
    items,
    add(files) {
      for (const file of files) {
        const id = ++last
        const problem = checked(file)
        items.value = [...items.peek(), { id, name: nameOf(file), sent: 0, problem }]
        if (problem) continue
        running.set(id, new AbortController())
        queue = queue.then(() => send(id, file))
      }
    },
    remove,
    close() {
      for (const stop of running.values()) stop.abort()
    },
  }
}

/** What is pasted has no name of its own. */
function nameOf(file: File): string {
  return file.name || `image.${file.type.split('/')[1] ?? 'png'}`
}

function checked(file: File): string | null {
  if (!isInlineImage(mediaTypeOf(nameOf(file)) ?? '')) return w.notImage
  return file.size > limits.attachmentBytes ? w.tooBig : null
}

function problemOf(error: unknown): string {
  const known: Readonly<Record<string, string>> = w.refused
  return known[errorCode(error)] ?? errorText(error)
}
