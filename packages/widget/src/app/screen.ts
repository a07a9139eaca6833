import type { Locale, PrefillDraft } from '@helpdesk/core'
import type { Target } from '../lazy.ts'
import type { WidgetOptions } from '../options.ts'

/**
 * What the panel shows. A thread's id is a conversation's, or the key of a first message still on its way.
 * `draft` is filled into the form once; `from` is where the way back leads, instead of home.
 */
export type Screen =
  | { name: 'home' }
  | { name: 'message'; from?: ArticleScreen }
  | { name: 'thread'; id: string; from?: 'tickets' }
  | { name: 'tickets' }
  | { name: 'new-ticket'; draft?: PrefillDraft; from?: 'tickets' | ArticleScreen }
  | { name: 'ticket'; number: string }
  | { name: 'restore'; from?: Screen }
  | ArticleScreen

/**
 * An article by its slug, in the language spoken unless a link to it is into another one. `anchor` is the heading to
 * begin at, `top` how far it was scrolled when it was left.
 */
export interface ArticleScreen {
  name: 'article'
  slug: string
  locale?: Locale
  anchor?: string
  top?: number
  from?: Screen
}

/** Where every way back ends: the first screen, or what a page is for that is nothing but the widget. */
export function homeOf({ mode, page }: WidgetOptions): Screen {
  if (!mode || !page) return { name: 'home' }
  return { name: page === 'contact' ? 'message' : page }
}

/** The screen for what the page asked for. */
export function screenFor(target: Target): Screen {
  if (typeof target === 'string') return { name: target }
  if ('conversationId' in target) return { name: 'thread', id: target.conversationId }
  if ('ticketNumber' in target) return { name: 'ticket', number: target.ticketNumber }
  if ('article' in target) return { name: 'article', slug: target.article }
  if ('search' in target) return { name: 'home' }
  return { name: 'new-ticket', draft: target.draft }
}
