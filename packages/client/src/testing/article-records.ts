import type { Locale, LocalizedText } from '@helpdesk/core'
import type { AgentRecord } from './records.ts'

/** A collection of articles. */
export interface CollectionRecord {
  id: string
  slug: string
  name: LocalizedText
  description: LocalizedText
}

/** An article with all its languages. */
export interface ArticleRecord {
  id: string
  collection: CollectionRecord | null
  internal: boolean
  featured: boolean
  /** Articles go by place and id. */
  place: number
  texts: TextRecord[]
}

/** An article in one language. */
export interface TextRecord {
  locale: Locale
  slug: string
  /** Oldest first; the last one is the draft. */
  revisions: RevisionRecord[]
  published: PublishedRecord | null
  /** One per reader, the newest last. */
  voices: Map<string, VoiceRecord>
}

/** A state in which a text was saved: by one author within a few minutes. */
export interface RevisionRecord {
  revision: number
  title: string
  markdown: string
  author: AgentRecord | null
  published: boolean
  /** The first of its saves. */
  begunAt: string
  /** The last of its saves. */
  at: string
}

/** What readers see. */
export interface PublishedRecord {
  revision: number
  title: string
  markdown: string
  html: string
  /** The words without their dress. */
  text: string
  at: string
}

/** What a reader thinks of a text. */
export interface VoiceRecord {
  helpful: boolean
  comment: string | null
  at: string
}

/** What readers have searched for. */
export interface SearchRecord {
  locale: Locale
  /** Folded: the same search however it is written. */
  words: string
  text: string
  times: number
  hits: number
  lastAt: string
}

/** The knowledge base of a desk. */
export interface KnowledgeBase {
  /** In their order. */
  collections: CollectionRecord[]
  articles: ArticleRecord[]
  /** Slugs that articles had before, as `<locale>/<slug>`, with the article's id. */
  formerSlugs: Map<string, string>
  searches: SearchRecord[]
}
