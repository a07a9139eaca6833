import { checkAttachment, limits, mediaTypeOf } from '@helpdesk/core'
import { type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client, errorCode, errorText } from '../client.ts'
import type { Mode } from '../conversations/drafts.ts'
import { remember, remembered } from '../ui/storage.ts'
import { say } from '../ui/toasts.ts'
import { words } from './words.ts'

/** A file that has arrived and may be attached once. */
export interface AttachedFile {
  key: string
  name: string
  bytes: number
}

/** A file that was picked for a message that is being written. */
export interface UploadItem {
  id: string
  /** A file picked for a note must never go out with a reply. */
  mode: Mode
  name: string
  bytes: number
  state: 'waiting' | 'sending' | 'ready' | 'failed'
  /** How much has been sent, from 0 to 1. */
  sent: number
  key: string | null
  problem: string | null
  /** Whether trying again may help. */
  retriable: boolean
  /** When it arrived, in milliseconds. */
  at: number
}

/** The files of what is being written in one conversation. Those that have arrived survive a reload. */
export interface Uploads {
  readonly items: ReadonlySignal<readonly UploadItem[]>
  add(mode: Mode, files: readonly File[]): void
  /** Also cancels it while it is being sent. */
  remove(id: string): void
  retry(id: string): void
  /** Takes the files that have arrived out, to be sent with a message. */
  take(mode: Mode): AttachedFile[]
  putBack(mode: Mode, files: readonly AttachedFile[]): void
}

const atOnce = 2
/** The desk deletes a file that no message names within a day. */
const keptMs = 23 * 60 * 60_000

/** The files of a draft, sent to the desk as soon as they are picked. */
export function createUploads(deskId: string, conversationId: string): Uploads {
  const place = `uploads.${deskId}.${conversationId}`
  const items = signal<readonly UploadItem[]>(
    (remembered<UploadItem[]>(place) ?? []).filter(({ at }) => Date.now() - at < keptMs),
  )
  const files = new Map<string, File>()
  const sending = new Map<string, AbortController>()
  let last = 0

  function update(next: readonly UploadItem[]): void {
    items.value = next
    const arrived = next.filter((one) => one.state === 'ready')
    remember(place, arrived.length > 0 ? arrived : null)
  }

  const patch = (id: string, change: Partial<UploadItem>) =>
    update(items.peek().map((one) => (one.id === id ? { ...one, ...change } : one)))

  function sendNext(): void {
    const next = items.peek().find((one) => one.state === 'waiting')
    if (!next || sending.size >= atOnce) return
    void send(next.id).finally(sendNext)
    sendNext()
  }

  async function send(id: string): Promise<void> {
    const file = files.get(id)
    if (!file) return
    const controller = new AbortController()
    sending.set(id, controller)
    patch(id, { state: 'sending', sent: 0, problem: null })
    try {
      const { signal } = controller
      const onProgress = (sent: number) => patch(id, { sent })
      const { key, name, bytes } = await withSession(() =>
        client.uploadAttachment(deskId, file, { name: file.name, signal, onProgress }),
      )
      patch(id, { key, name, bytes, state: 'ready', sent: 1, at: Date.now() })
      files.delete(id)
    } catch (error) {
      if (!controller.signal.aborted) patch(id, { state: 'failed', ...problemOf(error) })
    } finally {
      sending.delete(id)
    }
  }

  const item = (mode: Mode, known: Pick<UploadItem, 'name' | 'bytes'>): UploadItem => ({
    id: `${Date.now().toString(36)}-${++last}`,
    mode,
    name: known.name,
    bytes: known.bytes,
    state: 'waiting',
    sent: 0,
    key: null,
    problem: null,
    retriable: false,
    at: Date.now(),
  })

  return {
    items,
    add(mode, picked) {
      const room = limits.attachmentsPerMessage - items.peek().filter((one) => one.mode === mode).length
      if (picked.length > room) say(words.tooMany, { tone: 'danger' })
      const fresh = picked.slice(0, Math.max(0, room)).map((file) => {
        const one = item(mode, { name: file.name, bytes: file.size })
        const wrong = checkAttachment({ bytes: file.size, type: mediaTypeOf(file.name) ?? '' })
        if (wrong) return { ...one, state: 'failed' as const, problem: words.problems[wrong] }
        files.set(one.id, file)
        return one
      })
      update([...items.peek(), ...fresh])
      sendNext()
    },
    remove(id) {
      update(items.peek().filter((one) => one.id !== id))
      files.delete(id)
      sending.get(id)?.abort()
    },
    retry(id) {
      patch(id, { state: 'waiting', problem: null })
      sendNext()
    },
    take(mode) {
      const taken = items.peek().filter((one) => one.mode === mode && one.state === 'ready')
      update(items.peek().filter((one) => !taken.includes(one)))
      return taken.flatMap(({ key, name, bytes }) => (key ? [{ key, name, bytes }] : []))
    },
    putBack(mode, back) {
      const ready = back.map((file) => ({
        ...item(mode, file),
        key: file.key,
        state: 'ready' as const,
        sent: 1,
      }))
      update([...items.peek(), ...ready])
    },
  }
}

function problemOf(error: unknown): Pick<UploadItem, 'problem' | 'retriable'> {
  const known: Readonly<Record<string, string>> = words.refused
  const refused = known[errorCode(error)]
  return {
    problem: refused ?? errorText(error),
    retriable: !refused || errorCode(error) === 'quota_exceeded',
  }
}
