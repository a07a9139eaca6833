import type { ContactSelf, Conversation, ConversationWithMessages, PublicDesk } from '@helpdesk/core/api'
import type { HelpCenter } from './articles/help-center.ts'
import type { PickedFile } from './attachments/files.ts'
import type { OutboxItem } from './conversations/outbox.ts'
import type { AllTexts, Texts } from './i18n/texts.ts'
import type { Part, PartName } from './parts.ts'
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
  /** What has been loaded of the application since it was opened, with its texts. */
  parts: Readonly<Partial<Record<PartName, Part>>>
  allTexts: AllTexts | null
  /** The visitor's conversations: there are none without credentials. */
  history: 'none' | 'loading' | 'ready' | 'failed'
  contact: ContactSelf | null
  /** Newest activity first. */
  conversations: readonly ConversationWithMessages[]
  /** Where the list of conversations goes on. */
  nextCursor: string | null
  /** Messages that have not been taken by the desk yet, oldest first. */
  outbox: readonly OutboxItem[]
  /** The first message that the form on the screen is sending. */
  starting: string | null
  /** The list of tickets as it was last shown. */
  tickets: TicketList | null
  /** What there is to read; nothing before it has been asked for. */
  helpCenter: HelpCenter | null
  /** What the visitor searches for. */
  query: string
  /** Files that have been picked and not sent, by where: a conversation's id or the name of a form. */
  files: Readonly<Record<string, readonly PickedFile[]>>
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

/** Tickets of one kind, newest activity first. */
export interface TicketList {
  readonly status: 'open' | 'resolved'
  readonly state: 'loading' | 'ready' | 'failed'
  readonly items: readonly Conversation[]
  /** Where the list goes on. */
  readonly nextCursor: string | null
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
    parts: {},
    allTexts: null,
    history: 'none',
    contact: null,
    conversations: [],
    nextCursor: null,
    outbox: [],
    starting: null,
    tickets: null,
    helpCenter: null,
    query: '',
    files: {},
    drafts: {},
    typing: null,
    isTeamOnline: false,
    connection: 'ok',
    isLost: false,
    announcement: '',
  }
}
