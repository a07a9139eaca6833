import { HelpdeskError, type Locale } from '@helpdesk/core'
import { api } from '@helpdesk/core/api'
import { keepImage, receiveFile } from '../attachments/service.ts'
import { type MountContext, mount } from '../http/mount.ts'
import { cursorOf, readPage } from '../http/paging.ts'
import { incomingFile } from '../http/upload.ts'
import { listComments, readInsights } from './feedback.ts'
import { exportFiles, importFile } from './files.ts'
import { imagesOf } from './places.ts'
import { publishDraft, withdraw } from './publishing.ts'
import { readingLocale } from './reading.ts'
import { renderArticle } from './rendering.ts'
import { searchArticles } from './searching.ts'
import {
  changeArticle,
  createArticle,
  dropArticle,
  dropText,
  listArticles,
  listRevisions,
  readDetail,
  saveDraft,
  sortArticles,
} from './writing.ts'

/** The knowledge base, for the team. */
export function agentArticleRoutes(context: MountContext): void {
  writingRoutes(context)
  deskRoutes(context)
}

function writingRoutes(context: MountContext): void {
  const { deps } = context

  mount(context, api.articles.list, async ({ desk, query }) => {
    const { limit } = readPage({ limit: query.limit }, { default: 100, most: 200 })
    const page = { after: readPlace(query.cursor), limit }
    const { articles, next } = await listArticles(deps, desk, query.collection ?? null, page)
    return { articles, nextCursor: next && `${next.place}.${next.id}` }
  })
  mount(context, api.articles.create, ({ desk, agent, body }) => createArticle(deps, desk, agent, body))
  mount(context, api.articles.get, ({ desk, params }) => readDetail(deps, desk, params.articleId))
  mount(context, api.articles.update, ({ desk, params, body }) =>
    changeArticle(deps, desk, params.articleId, body),
  )
  mount(context, api.articles.remove, async ({ desk, params }) => {
    await dropArticle(deps, desk, params.articleId)
    return null
  })
  mount(context, api.articles.order, async ({ desk, body }) => {
    await sortArticles(deps, desk, body.ids)
    return null
  })
  mount(context, api.articles.save, ({ desk, agent, params, body }) =>
    saveDraft(deps, desk, agent, params.articleId, params.locale, body),
  )
  mount(context, api.articles.publish, ({ desk, params }) =>
    publishDraft(deps, desk, params.articleId, params.locale),
  )
  mount(context, api.articles.unpublish, ({ desk, params }) =>
    withdraw(deps, desk, params.articleId, params.locale),
  )
  mount(context, api.articles.removeText, async ({ desk, params }) => {
    await dropText(deps, desk, params.articleId, params.locale)
    return null
  })
  mount(context, api.articles.revisions, async ({ desk, params, query }) => {
    const page = readPage(query, { default: 20, most: 50 })
    const { revisions, next } = await listRevisions(deps, desk, params.articleId, params.locale, page)
    return { revisions, nextCursor: cursorOf(next) }
  })
}

function deskRoutes(context: MountContext): void {
  const { deps } = context

  mount(context, api.articles.find, async ({ desk, query }) => {
    const { locale } = await readingLocale(deps, desk, query.locale as Locale | undefined)
    const { limit } = readPage({ limit: query.limit }, { default: 8, most: 20 })
    const audience = ['public', 'agents'] as const
    return searchArticles(deps, desk, { text: query.q, locale, audience, limit, typing: true })
  })
  mount(context, api.articles.preview, async ({ desk, body }) => ({
    html: renderArticle(body.markdown, imagesOf(deps, desk)).html,
  }))
  mount(context, api.articles.uploadImage, async ({ desk, agent, query, request }) => {
    const uploader = { kind: 'agent', owner: `agent:${agent.id}` } as const
    const content = () => incomingFile(request)
    const upload = await receiveFile(deps, desk.deskId, uploader, { name: query.name, content })
    const id = await keepImage(deps, desk.deskId, upload)
    const url = `${imagesOf(deps, desk)}${id}/${encodeURIComponent(upload.name)}`
    const alt = upload.name.replace(/\.\w+$/, '').replace(/[[\]\\]/g, '')
    return { url, markdown: `![${alt}](${url.replace(/[()]/g, (mark) => (mark === '(' ? '%28' : '%29'))})` }
  })
  mount(context, api.articles.comments, ({ desk, params }) => listComments(deps, desk, params.articleId))
  mount(context, api.articles.insights, ({ desk }) => readInsights(deps, desk))
  mount(context, api.articles.importFile, ({ desk, agent, body }) => importFile(deps, desk, agent, body))
  mount(context, api.articles.exportFiles, async ({ desk, query }) => {
    const { limit } = readPage({ limit: query.limit }, { default: 50, most: 100 })
    const { files, next } = await exportFiles(deps, desk, { after: query.cursor ?? null, limit })
    return { files, nextCursor: next }
  })
}

const firstPlace = { place: -1, id: '00000000-0000-0000-0000-000000000000' }

/** Articles go by place and id. @throws HelpdeskError validation_failed */
function readPlace(cursor: string | undefined): { place: number; id: string } {
  if (cursor === undefined) return firstPlace
  const [, place, id] = /^(\d{1,9})\.([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (place !== undefined && id !== undefined) return { place: Number(place), id }
  const errors = [{ pointer: '/query/cursor', detail: 'is not a cursor of this list' }]
  throw new HelpdeskError('validation_failed', { detail: 'Check cursor', errors })
}
