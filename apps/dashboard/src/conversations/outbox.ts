import type { AgentMessage, InboxItem } from '@helpdesk/core/api'
import { type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import type { AttachedFile } from '../attachments/uploads.ts'
import { client } from '../client.ts'
import { remember, remembered } from '../ui/storage.ts'
import type { Mode } from './drafts.ts'

/** A message on its way to the desk. */
export interface Outgoing {
  /** Names this message for the desk: however often it is sent, it is written once. */
  key: string
  mode: Mode
  body: string
  files: readonly AttachedFile[]
  sendInstantly: boolean
  resolve: boolean
  /** The newest message of the thread when this was sent: what the desk makes of it comes later. */
  afterSeq: number
  state: 'sending' | 'failed'
  error: unknown
}

/** What is on its way in one conversation; survives a reload until the desk has answered. */
export interface Outbox {
  readonly items: ReadonlySignal<readonly Outgoing[]>
  send(message: Omit<Outgoing, 'key' | 'state' | 'error'>): void
  retry(key: string): void
  /** Gives up on a message that failed; gives back its text. */
  discard(key: string): string
}

/** What the desk made of a message. */
export type Answer = { message: AgentMessage; status?: InboxItem['status'] }

/** `crypto.randomUUID` exists on https pages only. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The outbox of a conversation; `onSent` gets what the desk made of a message. */
export function createOutbox(deskId: string, id: string, onSent: (answer: Answer) => void): Outbox {
  const name = `outbox.${deskId}.${id}`
  const items = signal<readonly Outgoing[]>(
    // The page went away before the answer came: only a person knows whether it is still wanted.
    (remembered<Outgoing[]>(name) ?? []).map((one) => ({
      ...one,
      files: one.files ?? [],
      state: 'failed',
      error: null,
    })),
  )
  let queue = Promise.resolve()

  function update(next: readonly Outgoing[]): void {
    items.value = next
    remember(name, next.length ? next.map((one) => ({ ...one, error: null })) : null)
  }

  const patch = (key: string, change: Partial<Outgoing>) =>
    update(items.peek().map((one) => (one.key === key ? { ...one, ...change } : one)))

  async function deliver(key: string): Promise<void> {
    const one = items.peek().find((item) => item.key === key)
    if (!one) return
    try {
      const answer = await withSession(() => post(deskId, id, one))
      update(items.peek().filter((item) => item.key !== key))
      onSent(answer)
    } catch (error) {
      patch(key, { state: 'failed', error })
    }
  }

  // One after the other, so that they arrive in the order in which they were written.
  const enqueue = (key: string) => {
    queue = queue.then(() => deliver(key))
  }

  return {
    items,
    send(message) {
      const key = randomKey()
      update([...items.peek(), { ...message, key, state: 'sending', error: null }])
      enqueue(key)
    },
    retry(key) {
      patch(key, { state: 'sending', error: null })
      enqueue(key)
    },
    discard(key) {
      const body = items.peek().find((one) => one.key === key)?.body ?? ''
      update(items.peek().filter((one) => one.key !== key))
      return body
    },
  }
}

function post(deskId: string, id: string, one: Outgoing): Promise<Answer> {
  const options = { idempotencyKey: one.key }
  const { body, files, sendInstantly, resolve } = one
  const content = { message: body, ...(files.length > 0 ? { attachments: files.map(({ key }) => key) } : {}) }
  if (one.mode === 'note') return client.conversations.note(deskId, id, content, options)
  return client.conversations.reply(deskId, id, { ...content, sendInstantly, resolve }, options)
}
