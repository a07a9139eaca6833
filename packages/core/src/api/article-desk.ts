import { feedbackCounts, markdown } from './articles.ts'
import { route } from './route.ts'
import { cursor, dateTime, id, limit, locale, nullable, object, optional, publicId, Type } from './shared.ts'

/** A long article needs more room than the rest of the API has. */
const bodyBytes = 8_388_608
const deskParams = object({ deskId: publicId })
const articleParams = object({ deskId: publicId, articleId: id })

/** What the team has around its articles: preview, images, readers' voices, files. */
export const articleDesk = {
  preview: route({
    id: 'articles.preview',
    method: 'POST',
    path: '/api/desks/:deskId/article-preview',
    auth: 'agent',
    role: 'viewer',
    limit: 'write',
    bodyBytes,
    summary: 'Markdown as readers would see it',
    params: deskParams,
    body: object({ markdown }),
    response: { 200: object({ html: Type.String() }) },
    errors: ['not_found'],
  }),
  uploadImage: route({
    id: 'articles.uploadImage',
    method: 'POST',
    path: '/api/desks/:deskId/article-images',
    auth: 'agent',
    role: 'agent',
    limit: 'upload',
    upload: true,
    summary: 'Keep an image for articles; its address never expires',
    params: deskParams,
    query: object({ name: Type.String({ minLength: 1, maxLength: 1000 }) }),
    response: {
      201: object({ url: Type.String(), markdown: Type.String({ description: '`![name](url)`' }) }),
    },
    errors: ['not_found', 'forbidden', 'payload_too_large', 'attachment_refused', 'attachments_disabled'],
  }),
  image: route({
    id: 'articles.image',
    method: 'GET',
    path: '/api/article-images/:deskId/:imageId/:name',
    auth: 'public',
    limit: 'read',
    download: true,
    summary: 'An image of an article',
    params: object({ deskId: publicId, imageId: id, name: Type.String({ maxLength: 1000 }) }),
    response: { 200: Type.String({ description: 'The bytes' }) },
    errors: ['not_found'],
  }),
  comments: route({
    id: 'articles.comments',
    method: 'GET',
    path: '/api/desks/:deskId/articles/:articleId/feedback',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'What readers wrote about an article, newest first',
    params: articleParams,
    response: {
      200: object({
        comments: Type.Array(
          object({ locale, helpful: Type.Boolean(), comment: Type.String(), at: dateTime }),
        ),
      }),
    },
    errors: ['not_found'],
  }),
  insights: route({
    id: 'articles.insights',
    method: 'GET',
    path: '/api/desks/:deskId/article-insights',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'What to write next: searches that found nothing, and articles that did not help',
    params: deskParams,
    response: {
      200: object({
        searches: Type.Array(
          object({ text: Type.String(), locale, times: Type.Integer(), lastAt: dateTime }),
        ),
        unhelpful: Type.Array(object({ id, locale, title: Type.String(), feedback: feedbackCounts })),
      }),
    },
    errors: ['not_found'],
  }),
  importFile: route({
    id: 'articles.importFile',
    method: 'POST',
    path: '/api/desks/:deskId/article-files',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    bodyBytes,
    summary: 'Take in one Markdown file of a folder',
    description:
      'The path is `<locale>/<collection>/<slug>.md`; front matter may say `title`, `published`, `featured`, `internal`. The same path again changes the same article; `conflict` names an article of another collection that has the address already.',
    params: deskParams,
    body: object({ path: Type.String({ minLength: 1, maxLength: 500 }), content: markdown }),
    response: { 200: object({ articleId: id, made: Type.Boolean() }) },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  exportFiles: route({
    id: 'articles.exportFiles',
    method: 'GET',
    path: '/api/desks/:deskId/article-files',
    auth: 'agent',
    role: 'admin',
    limit: 'read',
    summary: 'Every article as the Markdown file that importing it would need',
    params: deskParams,
    query: object({ limit: optional(limit(100)), cursor: optional(cursor) }),
    response: {
      200: object({
        files: Type.Array(object({ path: Type.String(), content: Type.String() })),
        nextCursor: nullable(cursor),
      }),
    },
    errors: ['not_found', 'forbidden'],
  }),
}
