import type { PublicDesk } from '@helpdesk/core/api'
import type { Emit } from './events.ts'
import type { WidgetOptions } from './options.ts'

/** What the page may ask the widget to show. */
export type Target = 'home' | 'message' | { conversationId: string }

/** What the eager shell lends to the lazy application. */
export interface Shell {
  /** What the page wants, as it is now. */
  readonly options: WidgetOptions
  /** The element in the shadow root in which the application draws; the launcher is its first child.
   * Its class says whether the widget is `floating` over the page or `inline` in a container. */
  readonly body: HTMLElement
  /** The desk, with what the page wants otherwise. */
  desk(): PublicDesk
  /** The colour for text on a colour; lent, because the shell has it anyway. */
  textOn(color: string): string
  /** Adds a style sheet to the shadow root. */
  adopt(css: string): void
  emit: Emit
  setUnread(count: number): void
  /** Asks for the desk's settings again. */
  refresh(): void
  close(): void
}

/** What the lazy application lets the shell do. */
export interface AppHandle {
  /** Something may have changed: the panel's state, what it is to show, the desk, the language or the look. */
  update(isOpen: boolean, target?: Target): void
  destroy(): void
}

/** The lazy application's door; how the module is had is the one thing in which npm and the script tag differ. */
export interface AppModule {
  mount(shell: Shell): Promise<AppHandle>
}
