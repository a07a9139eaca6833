import { type Locale, type LocalizedText, queryWords } from '@helpdesk/core'
import { addArticle, publishText, saveText } from './article-texts.ts'
import { addCollection } from './collections.ts'
import type { DeskRecord, World } from './records.ts'

/** A collection of the main desk. */
export interface SeedCollection {
  name: LocalizedText
  description?: LocalizedText
  /** (Default: made of the name) */
  slug?: string
}

/** An article of the main desk, written by the first of the seeded agents. */
export interface SeedArticle {
  /** The slug of a seeded collection. */
  collection?: string
  internal?: boolean
  featured?: boolean
  /** Published, unless it is a draft. */
  texts: Partial<Record<Locale, SeedText>>
}

/** An article in one language. */
export interface SeedText {
  title: string
  markdown: string
  /** (Default: made of the title) */
  slug?: string
  draft?: boolean
  /** What readers think of it, each one another reader. */
  feedback?: { helpful: boolean; comment?: string }[]
}

/** A search that found nothing. */
export interface SeedSearch {
  text: string
  /** (Default: the desk's) */
  locale?: Locale
  /** (Default: 1) */
  times?: number
}

/** The part of a seed that the knowledge base is made of. */
export interface KnowledgeSeed {
  /** Collections of the main desk, in their order. */
  collections?: SeedCollection[]
  /** Articles of the main desk, in their order. */
  articles?: SeedArticle[]
  /** What readers have looked for in vain. */
  searches?: SeedSearch[]
}

/** Writes the articles of a seed. */
export function sowKnowledge(world: World, desk: DeskRecord, seed: KnowledgeSeed): void {
  const { collections = [], articles = [], searches = [] } = seed
  for (const collection of collections) addCollection(world, desk, collection)
  for (const article of articles) sowArticle(world, desk, article)
  const lastAt = world.now().toISOString()
  for (const { text, locale = desk.settings.locale, times = 1 } of searches) {
    const words = queryWords(text).join(' ')
    desk.knowledge.searches.push({ locale, words, text, times, hits: 0, lastAt })
  }
}

function sowArticle(world: World, desk: DeskRecord, seed: SeedArticle): void {
  const { collection: slug, internal = false, featured = false } = seed
  const collection = slug === undefined ? null : desk.knowledge.collections.find((one) => one.slug === slug)
  if (collection === undefined) throw new Error(`The seed has no collection ${slug}`)
  const place = { world, desk, agent: world.agents[0] ?? null }
  const [first, ...others] = Object.entries(seed.texts) as [Locale, SeedText][]
  if (!first) throw new Error('An article of the seed has no text')
  const article = addArticle(place, collection, ...first)
  for (const [locale, text] of others) saveText(place, article, locale, text)
  Object.assign(article, { internal, featured })
  for (const text of article.texts) {
    const { draft = false, feedback = [] } = seed.texts[text.locale] ?? {}
    if (!draft) publishText(place, text)
    for (const [index, { helpful, comment = null }] of feedback.entries()) {
      text.voices.set(`reader ${index}`, { helpful, comment, at: world.now().toISOString() })
    }
  }
}
