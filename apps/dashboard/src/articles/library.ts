import type { ArticleDetail, ArticleDraft, ArticleItem, Collection } from '@helpdesk/core/api'
import { batch, type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client } from '../client.ts'
import type { OpenDesk } from '../desks/open-desk.ts'
import { createChangeWatch } from './change-watch.ts'

/** What a collection is made of. */
export type CollectionValues = Pick<Collection, 'name' | 'description' | 'slug'>

/** The collections and articles of a desk, as rows. */
export interface Library {
  /** In their order; `null` as long as they are not known. */
  readonly collections: ReadonlySignal<readonly Collection[] | null>
  readonly articles: ReadonlySignal<readonly ArticleItem[] | null>
  readonly error: ReadonlySignal<unknown>
  /** Whether the desk has more articles than were loaded. */
  readonly hasMore: ReadonlySignal<boolean>
  load(): Promise<void>
  loadMore(): Promise<void>
  /** Takes in what has become of an article. */
  put(article: ArticleDetail): void
  putText(articleId: string, text: ArticleDraft): void
  forget(articleId: string): void
  feature(articleId: string, featured: boolean): Promise<void>
  saveCollection(id: string | null, values: Partial<CollectionValues>): Promise<void>
  removeCollection(id: string): Promise<void>
  /** Shows the new order at once; goes back to the old one when the desk refuses. */
  orderCollections(ids: readonly string[]): Promise<void>
  orderArticles(ids: readonly string[]): Promise<void>
}

interface ArticlePage {
  readonly articles: readonly ArticleItem[]
  /** Where the list goes on; `null` at its end. */
  readonly cursor: string | null
}

const pageSize = 200
/** So many are loaded without being asked for. */
const atOnce = 1_000

const libraries = new WeakMap<OpenDesk, Library>()

/** The library of a desk, the same one as long as the desk is open. */
export function libraryOf(desk: OpenDesk): Library {
  const known = libraries.get(desk) ?? createLibrary(desk.id)
  libraries.set(desk, known)
  return known
}

/** An article as a row, from an article with its texts. */
export function toItem({ id, collectionId, internal, featured, texts }: ArticleDetail): ArticleItem {
  const rows = texts.map(({ markdown: _, html: __, revision: ___, ...row }) => row)
  return { id, collectionId, internal, featured, texts: rows }
}

function createLibrary(deskId: string): Library {
  const collections = signal<readonly Collection[] | null>(null)
  const articles = signal<readonly ArticleItem[] | null>(null)
  const error = signal<unknown>(null)
  const hasMore = signal(false)
  const changes = createChangeWatch()
  let cursor: string | null = null

  async function pages(from: string | null): Promise<ArticlePage> {
    const found: ArticleItem[] = []
    let next = from
    do {
      const after = next
      const page = await withSession(() =>
        client.articles.list(deskId, { limit: pageSize, ...(after ? { cursor: after } : {}) }),
      )
      found.push(...page.articles)
      next = page.nextCursor
    } while (next && found.length < atOnce)
    return { articles: found, cursor: next }
  }

  const readAll = () =>
    Promise.all([withSession(() => client.collections.list(deskId)), pages(null)] as const)

  /** Shows it at once, takes it back when the desk refuses. */
  async function optimistic<V>(
    shown: { value: V; peek(): V },
    next: V,
    work: () => Promise<unknown>,
  ): Promise<void> {
    const before = shown.peek()
    shown.value = next
    try {
      await changes.during(withSession(work))
    } catch (caught) {
      shown.value = before
      throw caught
    }
  }

  const patch = (id: string, change: (article: ArticleItem) => ArticleItem) => {
    changes.note()
    articles.value = articles.peek()?.map((one) => (one.id === id ? change(one) : one)) ?? null
  }

  return {
    collections,
    articles,
    error,
    hasMore,
    async load() {
      error.value = null
      try {
        const [known, found] = await changes.notOlder(readAll)
        batch(() => {
          collections.value = known.collections
          articles.value = found.articles
          cursor = found.cursor
          hasMore.value = cursor !== null
        })
      } catch (caught) {
        error.value = caught
      }
    },
    async loadMore() {
      if (!cursor) return
      const found = await pages(cursor)
      // An article that was just written stands at the end already.
      const known = new Set(articles.peek()?.map(({ id }) => id))
      batch(() => {
        articles.value = [...(articles.peek() ?? []), ...found.articles.filter(({ id }) => !known.has(id))]
        cursor = found.cursor
        hasMore.value = cursor !== null
      })
    },
    put(article) {
      const item = toItem(article)
      const known = articles.peek()
      changes.note()
      if (!known) return
      if (known.some((one) => one.id === item.id)) patch(item.id, () => item)
      else articles.value = [...known, item]
    },
    putText(articleId, { markdown: _, html: __, revision: ___, ...row }) {
      patch(articleId, (article) => ({
        ...article,
        texts: [...article.texts.filter((one) => one.locale !== row.locale), row],
      }))
    },
    forget(articleId) {
      changes.note()
      articles.value = articles.peek()?.filter((one) => one.id !== articleId) ?? null
    },
    feature(articleId, featured) {
      const next = articles.peek()?.map((one) => (one.id === articleId ? { ...one, featured } : one)) ?? null
      return optimistic(articles, next, () => client.articles.update(deskId, articleId, { featured }))
    },
    async saveCollection(id, values) {
      const saved = await changes.during(
        withSession(() =>
          id === null
            ? client.collections.create(deskId, { name: {}, ...values })
            : client.collections.update(deskId, id, values),
        ),
      )
      const known = collections.peek()
      // Before the list is there, it will have it.
      if (!known) return
      collections.value = id === null ? [...known, saved] : known.map((one) => (one.id === id ? saved : one))
    },
    async removeCollection(id) {
      await changes.during(withSession(() => client.collections.remove(deskId, id)))
      collections.value = collections.peek()?.filter((one) => one.id !== id) ?? null
    },
    orderCollections(ids) {
      const known = collections.peek() ?? []
      const next = ids.flatMap((id) => known.find((one) => one.id === id) ?? [])
      return optimistic(collections, next, () => client.collections.order(deskId, [...ids]))
    },
    orderArticles(ids) {
      const known = articles.peek() ?? []
      const moved = ids.flatMap((id) => known.find((one) => one.id === id) ?? [])
      // Only the order within a collection is seen.
      const next = [...moved, ...known.filter((one) => !ids.includes(one.id))]
      return optimistic(articles, next, () => client.articles.order(deskId, [...ids]))
    },
  }
}
