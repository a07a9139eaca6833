import type { Conversation, VisitorEvent } from '@helpdesk/core/api'
import type { Model } from '../model.ts'
import { forgetIfRefused } from './history.ts'
import { textOf, withConversation, withMessage, withTicket } from './threads.ts'

/** The connection over which replies arrive. */
export interface Live {
  /** Listens to what happens after a position. */
  startAfter(position: number): void
  /** Runs or rests, as the page is looked at or not. */
  check(): void
  stop(): void
}

/** A page in the background keeps its connection for a moment, so that a glance elsewhere costs nothing. */
const restAfterMs = 60_000
const typingMs = 6_000

type Typing = Extract<VisitorEvent, { type: 'typing' }>

/** Creates the connection, at rest. It ends with the model's signal. */
export function createLive(model: Model): Live {
  let position: number | undefined
  let running: AbortController | undefined
  let resting: ReturnType<typeof setTimeout> | undefined
  let typing: ReturnType<typeof setTimeout> | undefined
  const showTyping = ({ conversationId, name }: Typing) => {
    clearTimeout(typing)
    model.store.set({ typing: { conversationId, name } })
    typing = setTimeout(() => model.store.set({ typing: null }), typingMs)
  }
  const rest = () => {
    running?.abort()
    running = undefined
  }
  const listen = async (controller: AbortController) => {
    const { store, client, outbox } = model
    try {
      const events = client.events({
        after: position,
        signal: controller.signal,
        onState(state) {
          if (controller.signal.aborted) return
          if (navigator.onLine) store.set({ connection: state === 'offline' ? 'unreachable' : 'ok' })
          if (state === 'live') void outbox.sync()
        },
      })
      for await (const event of events) {
        if (controller.signal.aborted) return
        if ('seq' in event) position = event.seq
        apply(model, event, showTyping)
      }
    } catch (error) {
      running = undefined
      // The client gives up for good reasons only; a page that is looked at again asks again.
      forgetIfRefused(model, error)
    }
  }
  const live: Live = {
    startAfter(after) {
      rest()
      position = after
      live.check()
    },
    check() {
      clearTimeout(resting)
      if (position === undefined || model.signal.aborted) return
      if (document.hidden) {
        resting = setTimeout(rest, restAfterMs)
      } else if (!running) {
        running = new AbortController()
        void listen(running)
      }
    },
    stop() {
      clearTimeout(resting)
      clearTimeout(typing)
      position = undefined
      rest()
    },
  }
  model.signal.addEventListener('abort', live.stop)
  return live
}

/** Takes one event over into the state. */
function apply(model: Model, event: VisitorEvent, showTyping: (event: Typing) => void): void {
  const { store, shell } = model
  switch (event.type) {
    case 'desk.updated':
      shell.refresh()
      break
    case 'presence':
      store.set({ isTeamOnline: event.agentsOnline })
      break
    case 'typing':
      if (event.by === 'agent') showTyping(event)
      break
    case 'message.created':
      receive(model, event)
      break
    default:
      take(model, event.conversation)
  }
}

/**
 * Takes over what is new about a conversation; answers whether it is one whose messages are known. Of a colleague's
 * ticket that has never been opened here only the list shows something.
 */
function take({ store }: Model, conversation: Conversation): boolean {
  const { conversations, tickets } = store.get()
  const isKnown = conversation.author.self || conversations.some(({ id }) => id === conversation.id)
  store.set({
    conversations: isKnown ? withConversation(conversations, conversation) : conversations,
    tickets: withTicket(tickets, conversation),
  })
  return isKnown
}

function receive(model: Model, { conversation, message }: Extract<VisitorEvent, { message: unknown }>): void {
  const { store, shell } = model
  const { conversations, typing, texts } = store.get()
  const { author, conversationId, id } = message
  const isNew = !conversations.some(({ messages }) => messages.some((one) => one.id === id))
  if (!take(model, conversation)) return
  store.set({ conversations: withMessage(store.get().conversations, message) })
  if (!isNew || author.type === 'contact') return
  if (typing?.conversationId === conversationId) store.set({ typing: null })
  store.set({ announcement: `${author.name ?? texts.t('team')}: ${textOf(message)}` })
  shell.emit('message:received', { conversationId, message })
}
