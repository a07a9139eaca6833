import type { Locale } from '@helpdesk/core'
import { sql } from 'drizzle-orm'
import { boolean, customType, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { moment, schema } from '../db/pg-schema.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

export const articles = schema.table(
  'articles',
  {
    deskId: uuid('desk_id').notNull(),
    id: uuid('id').notNull(),
    collectionId: uuid('collection_id'),
    place: integer('place').notNull(),
    /** For agents only. */
    internal: boolean('internal').notNull().default(false),
    featured: boolean('featured').notNull().default(false),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.id] }),
    index('articles_collection').on(table.deskId, table.collectionId, table.place),
  ],
)

/** An article in one language: the draft that is edited, and beside it what readers see. */
export const articleTexts = schema.table(
  'article_texts',
  {
    deskId: uuid('desk_id').notNull(),
    articleId: uuid('article_id').notNull(),
    locale: text('locale').$type<Locale>().notNull(),
    slug: text('slug').notNull(),
    title: text('title').notNull(),
    markdown: text('markdown').notNull(),
    /** Counts the saves. */
    revision: integer('revision').notNull(),
    updatedAt: moment('updated_at').notNull(),
    publishedTitle: text('published_title'),
    publishedMarkdown: text('published_markdown'),
    /** Rendered and sanitised once, when it was published. */
    publishedHtml: text('published_html'),
    /** The words without their dress, for excerpts. */
    publishedText: text('published_text'),
    description: text('description'),
    publishedAt: moment('published_at'),
    publishedRevision: integer('published_revision'),
    /** Who finds it: everybody, agents only, or nobody yet. */
    audience: text('audience').$type<'public' | 'agents'>(),
    titleWords: tsvector('title_words'),
    allWords: tsvector('all_words'),
    helpful: integer('helpful').notNull().default(0),
    unhelpful: integer('unhelpful').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.articleId, table.locale] }),
    uniqueIndex('article_texts_slug').on(table.deskId, table.locale, table.slug),
    index('article_texts_title_words').using('gin', table.titleWords),
    index('article_texts_all_words').using('gin', table.allWords),
  ],
)

/** Slugs that an article had before. */
export const articleSlugs = schema.table(
  'article_slugs',
  {
    deskId: uuid('desk_id').notNull(),
    locale: text('locale').$type<Locale>().notNull(),
    slug: text('slug').notNull(),
    articleId: uuid('article_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deskId, table.locale, table.slug] })],
)

export const articleRevisions = schema.table(
  'article_revisions',
  {
    deskId: uuid('desk_id').notNull(),
    articleId: uuid('article_id').notNull(),
    locale: text('locale').$type<Locale>().notNull(),
    revision: integer('revision').notNull(),
    title: text('title').notNull(),
    markdown: text('markdown').notNull(),
    authorId: uuid('author_id'),
    published: boolean('published').notNull().default(false),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deskId, table.articleId, table.locale, table.revision] })],
)

/** Every word of the published articles, with the shortened forms by which misspellings find it. */
export const articleWords = schema.table(
  'article_words',
  {
    deskId: uuid('desk_id').notNull(),
    locale: text('locale').$type<Locale>().notNull(),
    word: text('word').notNull(),
    forms: text('forms').array().notNull(),
    articles: integer('articles').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.locale, table.word] }),
    index('article_words_forms').using('gin', table.forms),
  ],
)

/** What a reader thought of an article; one voice each. */
export const articleFeedback = schema.table(
  'article_feedback',
  {
    deskId: uuid('desk_id').notNull(),
    articleId: uuid('article_id').notNull(),
    locale: text('locale').$type<Locale>().notNull(),
    /** A contact, or a keyed hash of address and browser. */
    reader: text('reader').notNull(),
    helpful: boolean('helpful').notNull(),
    comment: text('comment'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deskId, table.articleId, table.locale, table.reader] })],
)

/** What readers searched for; the same words count up. */
export const articleSearches = schema.table(
  'article_searches',
  {
    deskId: uuid('desk_id').notNull(),
    locale: text('locale').$type<Locale>().notNull(),
    /** Folded. */
    words: text('words').notNull(),
    /** As it was written the last time. */
    text: text('text').notNull(),
    times: integer('times').notNull(),
    hits: integer('hits').notNull(),
    lastAt: moment('last_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.locale, table.words] }),
    index('article_searches_missed').on(table.deskId, table.times).where(sql`${table.hits} = 0`),
  ],
)
