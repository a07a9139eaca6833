import type { ContactSelf, ConversationWithMessages, PublicDesk } from '@helpdesk/core/api'
import type { OutboxItem } from './conversations/outbox.ts'
import type { Texts } from './i18n/texts.ts'
import type { Screen } from './screen.ts'

/** All that the views show. */
export interface State {
  screen: Screen
  isOpen: boolean
  isInline: boolean
  /** Somebody is looking at the page. */
  isPageVisible: boolean
  desk: PublicDesk
  texts: Texts
  /** The visitor's conversations: there are none without credentials. */
  history: 'none' | 'loading' | 'ready' | 'failed'
  contact: ContactSelf | null
  /** Newest activity first. */
  conversations: readonly ConversationWithMessages[]
  /** Where the list of conversations goes on. */
  nextCursor: string | null
  /** Messages that have not been taken by the desk yet, oldest first. */
  outbox: readonly OutboxItem[]
  /** What has been typed and not sent: by conversation id, and by field of the message form. */
  drafts: Readonly<Record<string, string>>
  typing: { conversationId: string; name: string | null } | null
  isTeamOnline: boolean
  /** `offline` is the device, `unreachable` the desk. */
  connection: 'ok' | 'offline' | 'unreachable'
  /** The credentials of this browser were refused. */
  isLost: boolean
  /** What screen readers are told. */
  announcement: string
}

/** A value that says when it has changed. */
export interface Store<S> {
  get(): S
  set(change: Partial<S>): void
  /** Calls back after every change; the returned function ends that. */
  subscribe(listener: () => void): () => void
}

/** Creates a store. */
export function createStore<S extends object>(initial: S): Store<S> {
  const listeners = new Set<() => void>()
  let state = initial
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change }
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The state of a widget that has just been opened. */
export function initialState(desk: PublicDesk, texts: Texts): State {
  return {
    screen: { name: 'home' },
    isOpen: false,
    isInline: false,
    isPageVisible: !document.hidden,
    desk,
    texts,
    history: 'none',
    contact: null,
    conversations: [],
    nextCursor: null,
    outbox: [],
    drafts: {},
    typing: null,
    isTeamOnline: false,
    connection: 'ok',
    isLost: false,
    announcement: '',
  }
}
