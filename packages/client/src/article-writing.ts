import type { Api, ArticleDetail, ArticleDraft, Body, Query } from '@helpdesk/core/api'
import type { ArticlesFound, ReadOptions } from './articles.ts'
import { type UploadOptions, uploadFile } from './attachments.ts'
import { deskPath } from './desks.ts'
import type { Answer, CallOptions, Http, Plain } from './http.ts'

type Routes = Api['articles']

/** `{ collection?, limit?, cursor? }`; `collection` is an id. */
export type ArticlesQuery = Plain<Query<Routes['list']>>
/** `{ articles, nextCursor }`, in their order. */
export type ArticlesPage = Answer<Routes['list']>
/** `{ locale?, limit?, signal?, timeoutMs? }`. */
export interface FindOptions extends ReadOptions {
  /** 1 to 20. (Default: 8) */
  limit?: number
}
/** `{ locale, title, markdown?, collectionId?, internal? }`. */
export type ArticleInput = Plain<Body<Routes['create']>>
/** `{ collectionId?, internal?, featured? }`. */
export type ArticleChange = Plain<Body<Routes['update']>>
/** `{ title?, markdown?, slug?, revision? }`; with `revision` nobody else's work is overwritten. */
export type DraftChange = Plain<Body<Routes['save']>>
/** `{ limit?, cursor? }`. */
export type RevisionsQuery = Plain<Query<Routes['revisions']>>
/** `{ revisions, nextCursor }`, newest first. */
export type RevisionsPage = Answer<Routes['revisions']>
/** `{ url, markdown }`; `markdown` is ready to be put into a text. */
export type ArticleImage = Answer<Routes['uploadImage']>
/** `{ comments }`, newest first. */
export type ArticleComments = Answer<Routes['comments']>
/** `{ searches, unhelpful }`: searches that found nothing, and articles that did not help. */
export type ArticleInsights = Answer<Routes['insights']>
/** `{ path, content }`; the path is `<locale>/<collection>/<slug>.md`. */
export type ArticleFile = Plain<Body<Routes['importFile']>>
/** `{ articleId, made }`. */
export type ArticleImported = Answer<Routes['importFile']>
/** `{ files, nextCursor }`. */
export type ArticleFilesPage = Answer<Routes['exportFiles']>

/** What the team does with its articles; `deskId` is the public id, `id` the article's. */
export interface AgentArticles {
  /** A page of all, or of one collection. */
  list(deskId: string, query?: ArticlesQuery, options?: CallOptions): Promise<ArticlesPage>
  /** Published and internal articles for some words, the best first. */
  find(deskId: string, text: string, options?: FindOptions): Promise<ArticlesFound>
  /** A draft in one language. */
  create(deskId: string, input: ArticleInput, options?: CallOptions): Promise<ArticleDetail>
  /** With all its languages. */
  get(deskId: string, id: string, options?: CallOptions): Promise<ArticleDetail>
  /** Where it stands and who sees it; what is not named stays. */
  update(deskId: string, id: string, change: ArticleChange, options?: CallOptions): Promise<ArticleDetail>
  /** Deletes it in every language, for admins and owners. */
  remove(deskId: string, id: string, options?: CallOptions): Promise<void>
  /** Puts the articles of one collection in an order. */
  order(deskId: string, ids: string[], options?: CallOptions): Promise<void>
  /**
   * Saves the draft of a language, which may be a new one; readers see it when it is published. Fails with
   * `conflict` when somebody else has saved since `revision`, or the slug is taken.
   */
  save(
    deskId: string,
    id: string,
    locale: ArticleInput['locale'],
    change: DraftChange,
    options?: CallOptions,
  ): Promise<ArticleDraft>
  /** Shows the draft to readers. */
  publish(
    deskId: string,
    id: string,
    locale: ArticleInput['locale'],
    options?: CallOptions,
  ): Promise<ArticleDraft>
  /** Takes a language from the readers; the draft stays. */
  unpublish(
    deskId: string,
    id: string,
    locale: ArticleInput['locale'],
    options?: CallOptions,
  ): Promise<ArticleDraft>
  /** Deletes a language, for admins and owners; fails with `conflict` for the last one. */
  removeText(deskId: string, id: string, locale: ArticleInput['locale'], options?: CallOptions): Promise<void>
  /** Earlier states of a language; saving one restores it. */
  revisions(
    deskId: string,
    id: string,
    locale: ArticleInput['locale'],
    query?: RevisionsQuery,
    options?: CallOptions,
  ): Promise<RevisionsPage>
  /** Markdown as readers would see it. */
  preview(deskId: string, markdown: string, options?: CallOptions): Promise<Answer<Routes['preview']>>
  /** Keeps an image under an address that never expires. */
  uploadImage(deskId: string, file: Blob, options?: UploadOptions): Promise<ArticleImage>
  /** What readers wrote about it. */
  comments(deskId: string, id: string, options?: CallOptions): Promise<ArticleComments>
  /** What to write next. */
  insights(deskId: string, options?: CallOptions): Promise<ArticleInsights>
  /** Takes in one Markdown file, for admins and owners; the same path again changes the same article. */
  importFile(deskId: string, file: ArticleFile, options?: CallOptions): Promise<ArticleImported>
  /** Every text as the file that `importFile` would need, for admins and owners. */
  exportFiles(
    deskId: string,
    query?: Plain<Query<Routes['exportFiles']>>,
    options?: CallOptions,
  ): Promise<ArticleFilesPage>
}

/** Articles over HTTP, for the team. */
export function agentArticles(http: Http): AgentArticles {
  const own = (deskId: string) => `${deskPath(deskId)}/article`
  const one = (deskId: string, id: string) => `${own(deskId)}s/${encodeURIComponent(id)}`
  const text = (deskId: string, id: string, locale: string) =>
    `${one(deskId, id)}/texts/${encodeURIComponent(locale)}`
  return {
    list: (deskId, query, options) => http.call<Routes['list']>(`GET ${own(deskId)}s`, { query }, options),
    find: (deskId, q, { signal, timeoutMs, ...query } = {}) =>
      http.call<Routes['find']>(
        `GET ${own(deskId)}-search`,
        { query: { ...query, q } },
        { signal, timeoutMs },
      ),
    create: (deskId, body, options) => http.call<Routes['create']>(`POST ${own(deskId)}s`, { body }, options),
    get: (deskId, id, options) => http.call<Routes['get']>(`GET ${one(deskId, id)}`, {}, options),
    update: (deskId, id, body, options) =>
      http.call<Routes['update']>(`PATCH ${one(deskId, id)}`, { body }, options),
    remove: (deskId, id, options) => http.call<Routes['remove']>(`DELETE ${one(deskId, id)}`, {}, options),
    order: (deskId, ids, options) =>
      http.call<Routes['order']>(`POST ${own(deskId)}s/order`, { body: { ids }, repeatable: true }, options),
    save: (deskId, id, locale, body, options) =>
      http.call<Routes['save']>(`PATCH ${text(deskId, id, locale)}`, { body }, options),
    publish: (deskId, id, locale, options) =>
      http.call<Routes['publish']>(`POST ${text(deskId, id, locale)}/publish`, { repeatable: true }, options),
    unpublish: (deskId, id, locale, options) =>
      http.call<Routes['unpublish']>(
        `POST ${text(deskId, id, locale)}/unpublish`,
        { repeatable: true },
        options,
      ),
    removeText: (deskId, id, locale, options) =>
      http.call<Routes['removeText']>(`DELETE ${text(deskId, id, locale)}`, {}, options),
    revisions: (deskId, id, locale, query, options) =>
      http.call<Routes['revisions']>(`GET ${text(deskId, id, locale)}/revisions`, { query }, options),
    preview: (deskId, markdown, options) =>
      http.call<Routes['preview']>(
        `POST ${own(deskId)}-preview`,
        { body: { markdown }, repeatable: true },
        options,
      ),
    uploadImage: (deskId, file, options) =>
      uploadFile<Routes['uploadImage']>(http, `${own(deskId)}-images`, file, options),
    comments: (deskId, id, options) =>
      http.call<Routes['comments']>(`GET ${one(deskId, id)}/feedback`, {}, options),
    insights: (deskId, options) => http.call<Routes['insights']>(`GET ${own(deskId)}-insights`, {}, options),
    importFile: (deskId, body, options) =>
      http.call<Routes['importFile']>(`POST ${own(deskId)}-files`, { body, repeatable: true }, options),
    exportFiles: (deskId, query, options) =>
      http.call<Routes['exportFiles']>(`GET ${own(deskId)}-files`, { query }, options),
  }
}
