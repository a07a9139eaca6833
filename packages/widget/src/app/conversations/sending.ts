import { type ApiError, isApiError, type Started, type TicketCreated } from '@helpdesk/client'
import type { Conversation, Message } from '@helpdesk/core/api'
import { freePreviews } from '../attachments/previews.ts'
import type { Model } from '../model.ts'
import type { Screen } from '../screen.ts'
import type { FormName } from './drafts.ts'
import { forgetIfRefused } from './history.ts'
import { createOutbox, type Outbox, type OutboxItem, type Outcome } from './outbox.ts'
import { withConversation, withMessage, withTicket } from './threads.ts'

/** Opens the outbox of this browser for a model. */
export function openOutbox(model: Model): Outbox {
  const { shell, store, storage, signal } = model
  const name = (key: string) => `outbox:${key}`
  return createOutbox(
    {
      send: (item) => send(model, item),
      load: () => storage.names('outbox:').flatMap((key) => readItem(storage.get(key))),
      save(item) {
        // Nothing is stored before the first message has been sent.
        if (storage.get('') === undefined) return false
        storage.set(name(item.key), JSON.stringify(item))
        return true
      },
      remove: (key) => storage.set(name(key)),
      onChange: (outbox) => store.set({ outbox }),
      exclusively: (act) =>
        navigator.locks ? navigator.locks.request(`helpdesk:${shell.options.desk}`, { signal }, act) : act(),
    },
    signal,
  )
}

/** The form that a screen shows. */
export function formOf({ name }: Screen): FormName | undefined {
  return name === 'message' ? name : name === 'new-ticket' ? 'ticket' : undefined
}

async function send(model: Model, item: OutboxItem): Promise<Outcome> {
  const { client, signal } = model
  const { conversationId, body: message, ticket, email, name, pageUrl } = item
  const options = { idempotencyKey: item.key, signal }
  if (!navigator.onLine) return { type: 'later' }
  try {
    const attachments = item.attachments?.map(({ key }) => key)
    const about = { attachments, email, name, pageUrl, claims: model.claims }
    // The usual channel need not be said.
    const channel = model.channel === 'widget' ? undefined : model.channel
    if (conversationId)
      onSent(model, await client.conversations.reply({ conversationId, message, attachments }, options))
    else if (ticket)
      onStarted(
        model,
        item,
        await client.tickets.create({ ...about, ...ticket, channel, content: message }, options),
      )
    else {
      const start = { ...about, message, channel: channel === 'contact_form' ? channel : undefined }
      onStarted(model, item, await client.conversations.start(start, options))
    }
    freePreviews(item.attachments)
    return { type: 'sent' }
  } catch (error) {
    if (!isApiError(error)) throw error
    if (isPassing(error)) return { type: 'later', afterMs: (error.retryAfter ?? 0) * 1000 }
    if (!signal.aborted) onRefused(model, error)
    return { type: 'refused', error: error.code, fields: error.fields }
  }
}

function onSent({ store, shell }: Model, message: Message): void {
  store.set({ conversations: withMessage(store.get().conversations, message) })
  shell.emit('message:sent', { conversationId: message.conversationId, message })
}

function onStarted(model: Model, item: OutboxItem, started: Started | TicketCreated): void {
  const { store, outbox, live, shell } = model
  const { conversationId: id, number, message, contactId } = started
  const { contact, conversations, history, screen, starting, tickets } = store.get()
  const isTicket = 'conversation' in started
  const conversation = isTicket ? started.conversation : firstState(started)
  const isShown = screen.name === 'thread' ? screen.id === item.key : starting === item.key && formOf(screen)
  const from = isTicket ? 'tickets' : undefined
  store.set({
    conversations: withConversation(conversations, conversation),
    tickets: withTicket(tickets, conversation),
    contact: contact ?? {
      id: contactId,
      name: item.name ?? null,
      email: item.email ?? null,
      emailVerified: false,
      client: null,
    },
    history: 'ready',
    isLost: false,
    screen: isShown ? { name: 'thread', id, from } : screen,
  })
  if (isTicket) shell.emit('ticket:created', { conversationId: id, number })
  onSent(model, message)
  // Storage may be used from now on.
  outbox.persist()
  if (history !== 'ready') live.startAfter(message.seq)
}

/** What is known of a conversation that has just begun, until the desk says more. */
function firstState({ conversationId: id, number, message }: Started): Conversation {
  return {
    id,
    number,
    subject: null,
    status: 'pending',
    priority: 'normal',
    category: null,
    channel: 'widget',
    author: message.author,
    preview: message.body,
    createdAt: message.createdAt,
    lastMessageAt: message.createdAt,
    unreadCount: 0,
    contactReadSeq: message.seq,
    teamReadSeq: 0,
  }
}

/** The desk's settings may have changed since they were loaded: what it says now decides what is offered. */
function onRefused(model: Model, error: ApiError): void {
  model.shell.emit('error', { code: error.code, cause: error })
  if (error.status === 403 || error.code === 'identity_required') model.shell.refresh()
  forgetIfRefused(model, error)
}

function isPassing({ code, status }: ApiError): boolean {
  return (
    ['network', 'timeout', 'unavailable', 'too_many_requests', 'request_in_progress'].includes(code) ||
    status > 500
  )
}

function readItem(text: string | undefined): OutboxItem[] {
  try {
    const item = JSON.parse(text ?? '')
    return typeof item?.key === 'string' && typeof item.body === 'string' ? [item] : []
  } catch {
    return []
  }
}
