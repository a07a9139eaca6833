import type { Identity, PrefillDraft } from '@helpdesk/core'
import type { PublicDesk } from '@helpdesk/core/api'
import type { UnavailableReason } from './availability.ts'
import type { Emit } from './events.ts'
import type { WidgetOptions } from './options.ts'
import type { DeskStorage } from './storage.ts'

/** What the page may ask the widget to show. */
export type Target =
  | 'home'
  | 'message'
  | 'tickets'
  | 'new-ticket'
  | 'restore'
  | { conversationId: string }
  | { ticketNumber: string }
  | { draft: PrefillDraft }
  | { article: string }
  | { search: string }

/** What the eager shell lends to the lazy parts. */
export interface Shell {
  /** What the page wants, as it is now. */
  readonly options: WidgetOptions
  /** The element in the shadow root in which the application draws; the launcher is its first child.
   * Its class says whether the widget is `floating` over the page or `inline` in a container. */
  readonly body: HTMLElement
  /** Who is there, when the page has said something about it. */
  readonly visitor: Visitor | undefined
  /** Finds out who is there, if the page says something about it; `visitor` is still absent when that failed. */
  meet(): Promise<void> | undefined
  /** Where the desk's endpoints for visitors are, with a slash at the end. */
  readonly address: string
  /** The desk as this visitor has it: with what the page wants otherwise, and no level that a signature has met. */
  desk(): PublicDesk
  /** The colour for text on a colour; lent, because the shell has it anyway. */
  textOn(color: string): string
  /** Adds a style sheet to the shadow root. */
  adopt(css: string): void
  emit: Emit
  setUnread(count: number): void
  /** Somebody is there whom the application does not know: it begins anew for them. */
  setVisitor(visitor?: Visitor): void
  /** Asks for the desk's settings again. */
  refresh(): void
  close(): void
}

/** What the lazy application lets the shell do. */
export interface AppHandle {
  /** Something may have changed: the panel's state, what it is to show, the desk, the language or the look. */
  update(isOpen: boolean, target?: Target | PageAddress): void
  /** Ends everything; answers what an application that begins anew is to show. */
  destroy(): Target | undefined
}

/** The page's address when the widget came, which may say what to open. */
export interface PageAddress {
  href: string
}

/** The lazy application's door. */
export interface AppModule {
  mount(shell: Shell): Promise<AppHandle>
}

/** Who is there, as far as the page says and the desk believes it. */
export interface Visitor {
  /** The desk believes it, or has not been asked yet because it cannot be reached. */
  readonly isIdentified: boolean
  /** What is different about the desk for this visitor. */
  readonly desk: Partial<PublicDesk>
  /** Why the desk does not believe it. */
  readonly refusal: UnavailableReason | undefined
  /** What the page says and nobody vouches for. */
  readonly claims: Identity | undefined
  /** What forms may be filled in with. */
  readonly prefill: Prefilled
  /** This visitor's own part of the browser's storage. */
  readonly storage: DeskStorage
  /** With a public link: the number of the only conversation it opens. */
  readonly only: string | undefined
  /** The application counts unread replies itself. */
  isCounted: boolean
  /** What goes into `Authorization` after `Bearer`, if there is something that the desk accepts now. */
  credentials(): string | undefined
  /** As `fetch`, with a session that is renewed when it has to be; an anonymous visitor has none. */
  readonly fetch: typeof fetch | undefined
  /** Whether the page still says the same of the same person; a fresh signature is kept for the next renewal. */
  isStill(options: WidgetOptions): boolean
  /** Ends the session and forgets everything of this visitor in this browser. */
  signOut(): void
}

/** What the page says of its user that is of use in a form. */
export interface Prefilled {
  email?: string
  name?: string
}

/** The door of the part that finds out who the visitor is; it is loaded for pages that say something about it. */
export interface IdentityModule {
  /** Asks the desk what it thinks of what the page says, and tells the shell; everything of it ends with the signal. */
  meet(shell: Shell, signal: AbortSignal): Promise<void>
}

/** Loads a lazy part; how its module is had is the one thing in which npm and the script tag differ. */
export interface LoadPart {
  (name: 'app'): Promise<AppModule>
  (name: 'identity'): Promise<IdentityModule>
}
