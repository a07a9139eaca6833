import type { Api, Body, PublicArticle, Query } from '@helpdesk/core/api'
import type { Answer, CallOptions, Http, InputOf, Plain } from './http.ts'

type Routes = Api['articles']
type Reads = Routes['home' | 'read' | 'search']

/** What reading takes last; without a `locale`, or where it has no articles, the desk's own is read. */
export interface ReadOptions extends CallOptions, Plain<Query<Routes['home']>> {}
/** `{ locale?, limit?, final?, signal?, timeoutMs? }`. */
export interface SearchOptions extends ReadOptions {
  /** 1 to 20. (Default: 8) */
  limit?: number
  /** The reader has stopped typing: texts are searched as well, and the team learns what is missing. */
  final?: boolean
}
/** `{ locale, featured, collections, url }`. */
export type ArticlesHome = Answer<Routes['home']>
/** `{ hits, corrected }`; `corrected` is what was searched for instead of a misspelt word. */
export type ArticlesFound = Answer<Routes['search']>
/** `{ helpful, comment?, locale? }`. */
export type ArticleRating = Plain<Body<Routes['rate']>>

/** The knowledge base, for readers. No credentials are sent, so that caches may keep what was read. */
export interface VisitorArticles {
  /** The collections with their published articles, and the featured ones. */
  home(options?: ReadOptions): Promise<ArticlesHome>
  /** A published article; an earlier slug answers with it under the present one. */
  read(slug: string, options?: ReadOptions): Promise<PublicArticle>
  /** Articles for some words, the best first; the last word may be unfinished, misspelt ones are forgiven. */
  search(text: string, options?: SearchOptions): Promise<ArticlesFound>
  /** Says whether an article was helpful; the last word of a reader counts. */
  rate(slug: string, rating: ArticleRating, options?: CallOptions): Promise<void>
}

/** Articles over HTTP, for readers. */
export function visitorArticles(http: Http, base: string): VisitorArticles {
  const one = (slug: string) => `${base}/articles/${encodeURIComponent(slug)}`
  const read = <R extends Reads>(path: string, options: SearchOptions = {}, q?: string) => {
    const { locale, limit, final } = options
    const input = { query: { q, locale, limit, final: final || undefined }, anonymous: true }
    return http.call<R>(`GET ${path}`, input as InputOf<R>, options)
  }
  return {
    home: (options) => read<Routes['home']>(`${base}/articles`, options),
    read: (slug, options) => read<Routes['read']>(one(slug), options),
    search: (text, options) => read<Routes['search']>(`${base}/article-search`, options, text),
    rate: (slug, body, options) =>
      http.call<Routes['rate']>(
        `POST ${one(slug)}/feedback`,
        { body, anonymous: true, repeatable: true },
        options,
      ),
  }
}
