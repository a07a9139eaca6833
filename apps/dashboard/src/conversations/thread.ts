import type { AgentEvent, AgentMessage, ConversationDetail, InboxItem } from '@helpdesk/core/api'
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client, errorCode } from '../client.ts'

/** Somebody who is typing right now. */
export interface Typist {
  by: 'contact' | 'agent'
  agentId: string | null
  name: string | null
}

/** How far the contact has read; the time is known only when it happened before our eyes. */
export interface ReadMark {
  seq: number
  at: string | null
}

/** A conversation that is open or was lately: its messages, kept right by the stream. */
export interface Thread {
  readonly id: string
  readonly state: ReadonlySignal<'loading' | 'ready' | 'missing' | 'failed'>
  readonly error: ReadonlySignal<unknown>
  readonly detail: ReadonlySignal<ConversationDetail | null>
  /** Oldest first. */
  readonly messages: ReadonlySignal<readonly AgentMessage[]>
  /** Whether there are older messages than those loaded. */
  readonly hasOlder: ReadonlySignal<boolean>
  readonly loadingOlder: ReadonlySignal<boolean>
  readonly typists: ReadonlySignal<readonly Typist[]>
  readonly contactRead: ReadonlySignal<ReadMark>
  load(): Promise<void>
  loadOlder(): Promise<void>
  /** Asks again for everything that is loaded: the addresses of files expire. */
  renew(): Promise<void>
  /** Takes in a message, new or changed. */
  put(message: AgentMessage): void
  apply(event: AgentEvent): void
}

/** An event that stands in the desk's log. */
type Logged = Extract<AgentEvent, { seq: number }>

const typingMs = 6_000

/**
 * A conversation of a desk; nothing is asked of the desk before `load`.
 * @param onLoaded gets the conversation as a row of the inbox, and the position it belongs to
 */
export function createThread(
  deskId: string,
  id: string,
  onLoaded: (item: InboxItem, seq: number) => void,
): Thread {
  const state = signal<'loading' | 'ready' | 'missing' | 'failed'>('loading')
  const error = signal<unknown>(null)
  const detail = signal<ConversationDetail | null>(null)
  const byId = signal<ReadonlyMap<string, AgentMessage>>(new Map())
  const older = signal<string | null>(null)
  const loadingOlder = signal(false)
  const contactRead = signal<ReadMark>({ seq: 0, at: null })
  const typing = createTyping()
  let position = 0
  let early: Logged[] = []

  const putAll = (messages: readonly AgentMessage[]) => {
    const next = new Map(byId.peek())
    for (const message of messages) next.set(message.id, message)
    byId.value = next
  }

  async function load(): Promise<void> {
    if (state.peek() === 'failed') state.value = 'loading'
    try {
      const fresh = await withSession(() => client.conversations.get(deskId, id))
      batch(() => {
        takeIn(fresh)
        state.value = 'ready'
        onLoaded(toItem(fresh), fresh.eventSeq)
      })
    } catch (caught) {
      error.value = caught
      state.value = errorCode(caught) === 'not_found' ? 'missing' : detail.peek() ? 'ready' : 'failed'
    }
  }

  function takeIn(fresh: ConversationDetail): void {
    // A return to a long thread must not throw away what was scrolled up to.
    if (byId.peek().size === 0) older.value = fresh.olderMessages
    // The stream may have been faster than the answer: what it brought stays.
    const ahead = position > fresh.eventSeq
    putAll(ahead ? fresh.messages.filter(({ id }) => !byId.peek().has(id)) : fresh.messages)
    if (!ahead) detail.value = fresh
    position = Math.max(position, fresh.eventSeq)
    if (fresh.contactReadSeq > contactRead.peek().seq) {
      contactRead.value = { seq: fresh.contactReadSeq, at: null }
    }
    const waiting = early
    early = []
    for (const event of waiting) applyLogged(event)
  }

  async function loadOlder(): Promise<void> {
    const cursor = older.peek()
    if (!cursor || loadingOlder.peek()) return
    loadingOlder.value = true
    try {
      const page = await withSession(() => client.conversations.messages(deskId, id, { cursor, limit: '50' }))
      batch(() => {
        putAll(page.messages)
        older.value = page.olderMessages
      })
    } finally {
      loadingOlder.value = false
    }
  }

  async function renew(): Promise<void> {
    const oldest = Math.min(...[...byId.peek().values()].map((message) => message.seq))
    const fresh = await withSession(() => client.conversations.get(deskId, id))
    putAll(fresh.messages)
    let [reached, cursor] = [fresh.messages[0]?.seq ?? 0, fresh.olderMessages]
    while (cursor && reached > oldest) {
      const query = { cursor, limit: '100' }
      const page = await withSession(() => client.conversations.messages(deskId, id, query))
      putAll(page.messages)
      reached = page.messages[0]?.seq ?? 0
      cursor = page.olderMessages
    }
  }

  function applyLogged(event: Logged): void {
    // Before the first answer nobody can tell whether it knows of this.
    if (!detail.peek()) early.push(event)
    if (!detail.peek() || event.seq <= position) return
    position = event.seq
    if (event.type === 'notification.updated') {
      const emails = new Map(event.emails.map((one) => [one.messageId, one.email]))
      putAll(
        [...byId.peek().values()].flatMap((message) => {
          const email = emails.get(message.id)
          return email ? [{ ...message, email }] : []
        }),
      )
    }
    if ('conversation' in event) detail.value = merge(detail.peek(), event.conversation)
    if ('message' in event && event.message) {
      putAll([event.message])
      typing.stopped(event.message)
    }
    const read = readBy(event)
    if (read && read.seq > contactRead.peek().seq) contactRead.value = read
    if (tellsOfMailbox(event)) void load()
  }

  return {
    id,
    state,
    error,
    detail,
    messages: computed(() => [...byId.value.values()].sort((one, other) => one.seq - other.seq)),
    hasOlder: computed(() => older.value !== null),
    loadingOlder,
    typists: typing.typists,
    contactRead,
    load,
    loadOlder,
    renew,
    put: (message) => putAll([message]),
    apply(event) {
      if (event.type === 'typing') typing.started(event)
      else if (event.type === 'presence') {
        const before = detail.peek()
        if (before?.contact.id !== event.contactId) return
        const lastSeenAt = event.online ? before.contact.lastSeenAt : new Date().toISOString()
        detail.value = { ...before, contact: { ...before.contact, online: event.online, lastSeenAt } }
      } else applyLogged(event)
    },
  }
}

/** How far the contact has read, as an event tells: whoever writes has seen what stands above. */
function readBy(event: Logged): ReadMark | null {
  if (event.type === 'conversation.read' && event.by === 'contact') {
    return { seq: event.readSeq, at: event.at }
  }
  const wrote = event.type === 'message.created' && event.message.author.type === 'contact'
  return wrote ? { seq: event.message.seq, at: event.at } : null
}

/** What an e-mail shows of its contact (the address is proved, it is gone) is in no event: it is asked for. */
function tellsOfMailbox(event: Logged): boolean {
  if (event.type === 'notification.updated') {
    return event.emails.some(({ email: { reason } }) => reason === 'bounced' || reason === 'opted_out')
  }
  if (event.type !== 'message.created') return false
  const { author, original } = event.message
  return author.type === 'contact' && original?.proved === true
}

function toItem(detail: ConversationDetail): InboxItem {
  const { contactReadSeq, pageUrl, userAgent, messages, olderMessages, eventSeq, contact, ...rest } = detail
  return { ...rest, contact: { id: contact.id, name: contact.name, email: contact.email } }
}

/** The row of the inbox knows less of the contact than the conversation does: that part stays. */
function merge<D extends ConversationDetail | null>(detail: D, item: InboxItem): D {
  if (!detail) return detail
  return { ...detail, ...item, contact: { ...detail.contact, ...item.contact } }
}

function createTyping() {
  const typists = signal<readonly (Typist & { until: number })[]>([])
  const key = (one: Typist) => (one.by === 'contact' ? 'contact' : one.agentId)
  const without = (gone: Typist['agentId']) => typists.peek().filter((one) => key(one) !== gone)
  return {
    typists,
    started({ by, agentId, name }: Typist) {
      const one = { by, agentId, name, until: Date.now() + typingMs }
      typists.value = [...without(key(one)), one]
      setTimeout(() => {
        typists.value = typists.peek().filter((other) => other.until > Date.now())
      }, typingMs + 50)
    },
    stopped({ author }: AgentMessage) {
      typists.value = without(author.type === 'contact' ? 'contact' : author.id)
    },
  }
}
