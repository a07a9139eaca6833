import type { IdentityReason } from '@helpdesk/core'
import type { Message, PublicDesk } from '@helpdesk/core/api'
import type { Unavailable } from './availability.ts'

/** Why an identity was refused: the desk's reason, or `identify_failed` when the page's own `identify()` did. */
export type IdentityProblem = IdentityReason | 'identify_failed'

/** What the widget tells the page, by event name. */
export interface WidgetEvents {
  /** The desk's settings have arrived. */
  ready: { desk: PublicDesk }
  open: undefined
  close: undefined
  /** The number of replies that the visitor has not seen has changed. */
  unread: { count: number }
  'message:sent': { conversationId: string; message: Message }
  'message:received': { conversationId: string; message: Message }
  /** The widget has appeared on the page or gone: because of a URL rule, or of `show()` and `hide()` (`page`). */
  'visibility:changed': { visible: boolean; because: string; rule?: string }
  'ticket:created': { conversationId: string; number: string }
  /** The visitor has opened an article of the help centre. */
  'article:viewed': { slug: string; title: string }
  /** The desk did not accept what the page said of its user. */
  'identity:rejected': { reason: IdentityProblem }
  /** The session has ended and the page's signature cannot renew it: call `identify()` with a fresh one. */
  'identity:expired': { reason: IdentityProblem }
  unavailable: Unavailable
  /** Something failed that the visitor sees as well; `code` is an error code of the desk, or `network`. */
  error: { code: string; cause: unknown }
}

/** The name of an event of the widget. */
export type EventName = keyof WidgetEvents

/** A function that listens to one event of the widget. */
export type Listener<N extends EventName> = (detail: WidgetEvents[N]) => void

/** Tells everybody who listens. */
export type Emit = <N extends EventName>(name: N, detail: WidgetEvents[N]) => void

/** Who listens to what. */
export interface Emitter {
  emit: Emit
  on<N extends EventName>(name: N, listener: Listener<N>): () => void
  off<N extends EventName>(name: N, listener: Listener<N>): void
}

/** Creates an emitter. Listeners are called in microtasks, so that one that throws disturbs nobody else. */
export function createEmitter(): Emitter {
  const listeners: Partial<Record<EventName, Set<unknown>>> = {}
  const off: Emitter['off'] = (name, listener) => {
    listeners[name]?.delete(listener)
  }
  return {
    emit(name, detail) {
      for (const listener of listeners[name] ?? [])
        queueMicrotask(() => (listener as Listener<typeof name>)(detail))
    },
    on(name, listener) {
      listeners[name] = (listeners[name] ?? new Set()).add(listener)
      return () => off(name, listener)
    },
    off,
  }
}
