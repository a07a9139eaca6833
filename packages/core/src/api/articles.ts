import { articleStates } from '../articles.ts'
import { route } from './route.ts'
import {
  dateTime,
  id,
  limit,
  locale,
  nothing,
  nullable,
  object,
  oneOf,
  optional,
  publicId,
  type Static,
  slug,
  Type,
} from './shared.ts'

/** The text of an article. */
export const markdown = Type.String({
  maxLength: 2_000_000,
  description: 'Markdown (CommonMark with tables and call-outs)',
})

/** What readers thought of an article. */
export const feedbackCounts = object({ yes: Type.Integer(), no: Type.Integer() })

/** An article in one language, as a row of a list. */
const articleText = object({
  locale,
  slug,
  title: Type.String(),
  state: oneOf(articleStates),
  changed: Type.Boolean({ description: 'Published, and edited since' }),
  updatedAt: dateTime,
  publishedAt: nullable(dateTime),
  feedback: feedbackCounts,
})

/** An article as the team sees it in lists. */
export const articleItem = object(
  {
    id,
    collectionId: nullable(id),
    internal: Type.Boolean({ description: 'For agents only, whatever its state' }),
    featured: Type.Boolean({ description: "Shown on the widget's first screen" }),
    texts: Type.Array(articleText),
  },
  { $id: 'ArticleItem' },
)
export type ArticleItem = Static<typeof articleItem>

/** An article in one language, to be edited. */
export const articleDraft = object(
  {
    ...articleText.properties,
    markdown: Type.String(),
    html: Type.String({ description: 'The draft, rendered and sanitised' }),
    revision: Type.Integer({
      description: 'Counts the saves; send it back to notice that somebody else has saved',
    }),
  },
  { $id: 'ArticleDraft' },
)
export type ArticleDraft = Static<typeof articleDraft>

/** An article with all its languages. */
export const articleDetail = object(
  { ...articleItem.properties, texts: Type.Array(articleDraft) },
  { $id: 'ArticleDetail' },
)
export type ArticleDetail = Static<typeof articleDetail>

/** A state in which an article was saved. */
export const articleRevision = object(
  {
    revision: Type.Integer(),
    title: Type.String(),
    markdown: Type.String(),
    author: nullable(Type.String()),
    published: Type.Boolean(),
    at: dateTime,
  },
  { $id: 'ArticleRevision' },
)
export type ArticleRevision = Static<typeof articleRevision>

const collectionRef = object({ slug, name: Type.String() })

/** An article as a link to it. */
export const articleLink = object(
  { slug, title: Type.String(), description: Type.String(), collection: nullable(collectionRef) },
  { $id: 'ArticleLink' },
)
export type ArticleLink = Static<typeof articleLink>

/** A collection with its published articles, in one language. */
export const publicCollection = object(
  {
    slug,
    name: Type.String(),
    description: Type.String(),
    articles: Type.Array(articleLink),
  },
  { $id: 'PublicCollection' },
)
export type PublicCollection = Static<typeof publicCollection>

/** A published article as readers see it. */
export const publicArticle = object(
  {
    ...articleLink.properties,
    locale,
    html: Type.String({ description: 'Sanitised; images are of this desk only' }),
    markdown: Type.String(),
    updatedAt: dateTime,
    url: Type.String({ description: 'Its page in the help centre' }),
    locales: Type.Array(object({ locale, slug }), { description: 'The languages in which it is published' }),
    related: Type.Array(articleLink),
  },
  { $id: 'PublicArticle' },
)
export type PublicArticle = Static<typeof publicArticle>

/** A hit, its excerpt in pieces of which some are marked. */
export const articleHit = object(
  {
    ...articleLink.properties,
    internal: Type.Boolean(),
    url: Type.String(),
    excerpt: Type.Array(object({ text: Type.String(), mark: Type.Boolean() })),
  },
  { $id: 'ArticleHit' },
)
export type ArticleHit = Static<typeof articleHit>

/** The hits of a search. */
export const hits = object({
  hits: Type.Array(articleHit),
  corrected: nullable(
    Type.String({ description: 'What was searched for instead, when a word was misspelt' }),
  ),
})

const widgetParams = object({ helpdeskId: publicId })
const widgetArticleParams = object({ helpdeskId: publicId, slug })
const localeQuery = object({ locale: optional(locale) })
/** Words to search for. */
export const searchText = Type.String({ minLength: 1, maxLength: 200 })
const cacheable = 'Cacheable; answers 304 to a matching `If-None-Match`.'

/** What readers do with the knowledge base. */
export const publicArticles = {
  home: route({
    id: 'articles.home',
    method: 'GET',
    path: '/api/messaging/widget/:helpdeskId/articles',
    auth: 'public',
    limit: 'read',
    summary: 'The collections with their published articles, and the featured ones',
    description: cacheable,
    params: widgetParams,
    query: localeQuery,
    response: {
      200: object({
        locale,
        featured: Type.Array(articleLink),
        collections: Type.Array(publicCollection),
        url: Type.String({ description: 'The help centre' }),
      }),
    },
    errors: ['not_found'],
  }),
  read: route({
    id: 'articles.read',
    method: 'GET',
    path: '/api/messaging/widget/:helpdeskId/articles/:slug',
    auth: 'public',
    limit: 'read',
    summary: 'A published article',
    description: `An earlier slug answers with the article under its present one. ${cacheable}`,
    params: widgetArticleParams,
    query: localeQuery,
    response: { 200: publicArticle },
    errors: ['not_found'],
  }),
  search: route({
    id: 'articles.search',
    method: 'GET',
    path: '/api/messaging/widget/:helpdeskId/article-search',
    auth: 'public',
    limit: 'read',
    summary: 'Published articles for some words, the best first',
    description: 'The last word may be unfinished. Misspelt words are forgiven. Counted only with `final`.',
    params: widgetParams,
    query: object({
      q: searchText,
      locale: optional(locale),
      limit: optional(limit(20)),
      final: optional(oneOf(['true'], { description: 'The reader has stopped typing' })),
    }),
    response: { 200: hits },
    errors: ['not_found'],
  }),
  rate: route({
    id: 'articles.rate',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/articles/:slug/feedback',
    auth: 'public',
    limit: 'write',
    summary: 'Say whether an article was helpful; a reader has one voice, the last counts',
    params: widgetArticleParams,
    body: object({
      locale: optional(locale),
      helpful: Type.Boolean(),
      comment: optional(Type.String({ maxLength: 2000 })),
    }),
    response: { 204: nothing },
    errors: ['not_found'],
  }),
}
