import { HelpdeskError } from '@helpdesk/core'
import type { ArticleRecord } from '../article-records.ts'
import {
  addArticle,
  draftOf,
  findArticle,
  findText,
  inOrder,
  publishText,
  removeArticle,
  removeText,
  saveText,
} from '../article-texts.ts'
import { toDetail, toDraft, toItem, toRevision } from '../article-views.ts'
import { type Answers, readPage } from '../ask.ts'
import { readCollection } from '../collections.ts'
import { refusal } from '../schema.ts'
import type { articleDesk } from './article-desk.ts'
import type { publicArticles } from './articles.ts'

type Elsewhere = keyof typeof publicArticles | keyof typeof articleDesk

/** What the team writes. */
export const articleWriting: Omit<Answers['articles'], Elsewhere> = {
  list({ desk, query }) {
    const { limit } = readPage({ limit: query.limit }, { default: 100, most: 200 })
    const isLater = laterThan(query.cursor)
    const rest = inOrder(desk).filter(
      (one) => isLater(one) && (!query.collection || one.collection?.id === query.collection),
    )
    const shown = rest.slice(0, limit)
    const last = shown.at(-1)
    const nextCursor = last && shown.length < rest.length ? `${last.place}.${last.id}` : null
    return { articles: shown.map(toItem), nextCursor }
  },
  create(ask) {
    const { title, markdown, locale, collectionId = null, internal = false } = ask.body
    const article = addArticle(ask, readCollection(ask.desk, collectionId), locale, { title, markdown })
    article.internal = internal
    return toDetail(article)
  },
  get: ({ desk, params }) => toDetail(findArticle(desk, params.articleId)),
  update({ desk, params, body }) {
    const { collectionId, internal, featured } = body
    const collection = collectionId === undefined ? undefined : readCollection(desk, collectionId)
    const article = findArticle(desk, params.articleId)
    if (collection !== undefined) article.collection = collection
    article.internal = internal ?? article.internal
    article.featured = featured ?? article.featured
    return toDetail(article)
  },
  remove({ desk, params }) {
    removeArticle(desk, findArticle(desk, params.articleId))
    return null
  },
  order({ desk, body }) {
    for (const article of desk.knowledge.articles) {
      const place = body.ids.indexOf(article.id)
      if (place >= 0) article.place = place + 1
    }
    return null
  },
  save(ask) {
    const { desk, params, body } = ask
    const article = findArticle(desk, params.articleId)
    const before = article.texts.find(({ locale }) => locale === params.locale)
    const present = before ? draftOf(before).revision : 0
    if (body.revision !== undefined && body.revision !== present) {
      throw new HelpdeskError('conflict', { detail: 'Somebody else has saved this article meanwhile' })
    }
    return toDraft(saveText(ask, article, params.locale, body))
  },
  publish({ world, desk, params }) {
    const text = findText(findArticle(desk, params.articleId), params.locale)
    publishText({ world }, text)
    return toDraft(text)
  },
  unpublish({ desk, params }) {
    const text = findText(findArticle(desk, params.articleId), params.locale)
    text.published = null
    return toDraft(text)
  },
  removeText({ desk, params }) {
    const article = findArticle(desk, params.articleId)
    removeText(desk, article, findText(article, params.locale))
    return null
  },
  revisions({ desk, params, query }) {
    const { limit, before } = readPage(query, { default: 20, most: 50 })
    const text = findArticle(desk, params.articleId).texts.find(({ locale }) => locale === params.locale)
    const older = (text?.revisions ?? []).filter(({ revision }) => revision < before).toReversed()
    const shown = older.slice(0, limit)
    const nextCursor = shown.length < older.length ? String(shown.at(-1)?.revision) : null
    return { revisions: shown.map(toRevision), nextCursor }
  },
}

/** Articles go by place and id. @throws {HelpdeskError} `validation_failed` */
function laterThan(cursor?: string): (article: ArticleRecord) => boolean {
  if (cursor === undefined) return () => true
  const [, place, id] = /^(\d{1,9})\.([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (place === undefined || id === undefined) {
    throw refusal([{ pointer: '/query/cursor', detail: 'is not a cursor of this list' }])
  }
  return (one) => one.place > Number(place) || (one.place === Number(place) && one.id > id)
}
