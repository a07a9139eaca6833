import type { Locale } from '@helpdesk/core'
import { signal } from '@preact/signals'

/** What a new article begins with. */
export interface Beginning {
  title?: string
  locale?: Locale
  collectionId?: string | null
  markdown?: string
}

/** The article that is about to be made; `null` when nobody wants one. */
export const beginning = signal<Beginning | null>(null)

/** Asks for a title, then opens the editor. */
export function newArticle(from: Beginning): void {
  beginning.value = from
}
