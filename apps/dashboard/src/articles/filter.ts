import type { Locale } from '@helpdesk/core'
import type { ArticleItem } from '@helpdesk/core/api'

type Text = ArticleItem['texts'][number]

/** What of the articles is shown: all, those in a state, or those that a language lacks. */
export type Filter = 'all' | 'published' | 'draft' | 'changed' | 'internal' | 'featured' | `missing-${Locale}`

/** How the text of an article stands. */
export function stateOf({ state, changed }: Text): 'draft' | 'published' | 'changed' {
  return state === 'published' && changed ? 'changed' : state
}

/** The text of an article in a language, else in the first of some others, else any. */
export function textIn({ texts }: ArticleItem, ...wanted: readonly Locale[]): Text | undefined {
  for (const locale of wanted) {
    const found = texts.find((text) => text.locale === locale)
    if (found) return found
  }
  return texts[0]
}

/** Whether an article is one of those that are asked for. */
export function passes(article: ArticleItem, filter: Filter): boolean {
  if (filter === 'all') return true
  if (filter === 'internal' || filter === 'featured') return article[filter]
  if (filter.startsWith('missing-'))
    return !article.texts.some(({ locale }) => `missing-${locale}` === filter)
  if (filter === 'published') return article.texts.some(({ state }) => state === 'published')
  return article.texts.some((text) => stateOf(text) === filter)
}

const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()

/** Whether a title, in any language, has every word of a text; marks over letters do not matter. */
export function isTitled(article: ArticleItem, text: string): boolean {
  const words = fold(text).split(/\s+/).filter(Boolean)
  return article.texts.some(({ title, slug }) => {
    const hay = `${fold(title)} ${slug}`
    return words.every((word) => hay.includes(word))
  })
}

/** How many readers found an article helpful, in all its languages. */
export function figuresOf({ texts }: ArticleItem): { yes: number; no: number } {
  return texts.reduce((sum, { feedback }) => ({ yes: sum.yes + feedback.yes, no: sum.no + feedback.no }), {
    yes: 0,
    no: 0,
  })
}
