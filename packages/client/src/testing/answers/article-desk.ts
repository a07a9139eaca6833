import { HelpdeskError, isInlineImage } from '@helpdesk/core'
import { importFile, toFiles } from '../article-files.ts'
import { searchArticles } from '../article-search.ts'
import { readingLocale, toFeedback } from '../article-views.ts'
import { type Answers, readPage } from '../ask.ts'
import { addFile } from '../files.ts'
import { renderMarkdown } from '../markdown.ts'

type Around =
  | 'find'
  | 'preview'
  | 'uploadImage'
  | 'image'
  | 'comments'
  | 'insights'
  | 'importFile'
  | 'exportFiles'

/** What the team has around its articles. */
export const articleDesk: Pick<Answers['articles'], Around> = {
  find({ desk, query, base }) {
    const { limit } = readPage({ limit: query.limit }, { default: 8, most: 20 })
    const locale = readingLocale(desk, query.locale)
    return searchArticles(base, desk, { text: query.q, locale, limit, typing: true, internal: true })
  },
  preview: ({ body }) => ({ html: renderMarkdown(body.markdown) }),
  uploadImage({ world, desk, query, bytes }) {
    const file = addFile(world, desk, { name: query.name, bytes })
    if (!isInlineImage(file.type)) {
      throw new HelpdeskError('attachment_refused', {
        detail: 'Articles show PNG, JPEG, GIF, WebP and AVIF images',
      })
    }
    // From now on its address works, and no message may have it.
    file.isAttached = true
    const alt = file.name.replace(/\.\w+$/, '').replace(/[[\]\\]/g, '')
    return { url: file.url, markdown: `![${alt}](${file.url})` }
  },
  image({ desk, params }) {
    const file = desk.files.find(({ id, isAttached }) => id === params.imageId && isAttached)
    if (!file || !isInlineImage(file.type)) throw new HelpdeskError('not_found')
    return file
  },
  comments({ desk, params }) {
    const texts = desk.knowledge.articles.find(({ id }) => id === params.articleId)?.texts ?? []
    const comments = texts.flatMap(({ locale, voices }) =>
      [...voices.values()].flatMap(({ comment, ...voice }) =>
        comment ? [{ ...voice, locale, comment }] : [],
      ),
    )
    return { comments: newestFirst(comments, ({ at }) => at).slice(0, 200) }
  },
  insights({ desk }) {
    const { articles, searches } = desk.knowledge
    const missed = searches.filter(({ hits }) => hits === 0)
    const voted = articles.flatMap(({ id, texts }) =>
      texts.flatMap((text) => {
        const { locale, published } = text
        return published ? [{ id, locale, title: published.title, feedback: toFeedback(text) }] : []
      }),
    )
    return {
      searches: newestFirst(missed, ({ lastAt }) => lastAt)
        .toSorted((a, b) => b.times - a.times)
        .slice(0, 50)
        .map(({ text, locale, times, lastAt }) => ({ text, locale, times, lastAt })),
      unhelpful: voted
        .filter(({ feedback }) => feedback.no > 0)
        .toSorted((a, b) => worse(b.feedback) - worse(a.feedback) || b.feedback.no - a.feedback.no)
        .slice(0, 20),
    }
  },
  importFile(ask) {
    const { article, made } = importFile(ask, ask.body)
    return { articleId: article.id, made }
  },
  exportFiles({ desk, query }) {
    const { limit } = readPage({ limit: query.limit }, { default: 50, most: 100 })
    const rest = toFiles(desk).filter(({ key }) => key > (query.cursor ?? ''))
    const shown = rest.slice(0, limit)
    const nextCursor = shown.length < rest.length ? (shown.at(-1)?.key ?? null) : null
    return { files: shown.map(({ file }) => file), nextCursor }
  },
}

const worse = ({ yes, no }: { yes: number; no: number }) => no - yes

/** Of the same moment, what came last comes first. */
function newestFirst<T>(all: T[], at: (one: T) => string): T[] {
  return all.toReversed().toSorted((a, b) => (at(a) < at(b) ? 1 : at(a) > at(b) ? -1 : 0))
}
