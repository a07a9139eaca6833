import { HelpdeskError, type Locale, locales, slugify } from '@helpdesk/core'
import type { AgentActor } from '../agents/service.ts'
import { createCollection, listCollections } from '../collections/service.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { selectBySlugAnyState, selectTextsPage } from './files-store.ts'
import { publishDraft } from './publishing.ts'
import { changeArticle, createArticle, saveDraft } from './writing.ts'

/** A Markdown file of a folder. */
export interface ArticleFile {
  /** `<locale>/<collection>/<slug>.md`, or `<locale>/<slug>.md` for an article of no collection. */
  path: string
  content: string
}

/** What a file says of its article before the text begins. */
interface FrontMatter {
  title?: string
  published?: boolean
  featured?: boolean
  internal?: boolean
}

/**
 * Takes in one file; the same path again changes the same article. A collection that is not there is made.
 * @throws HelpdeskError validation_failed for a path that is none
 */
export async function importFile(
  deps: Deps,
  desk: DeskRecord,
  agent: Pick<AgentActor, 'id'> | null,
  file: ArticleFile,
): Promise<{ articleId: string; made: boolean }> {
  const { locale, collection, slug } = readPath(file.path)
  const { matter, markdown } = readFrontMatter(file.content)
  const heading = /^#\s+(.+?)\s*#*\s*$/m.exec(markdown)
  const title = (matter.title ?? heading?.[1] ?? slug.replaceAll('-', ' ')).slice(0, 200)
  // A file that begins with its title would show it twice.
  const text =
    heading && markdown.trimStart().startsWith(heading[0])
      ? markdown.replace(heading[0], '').trimStart()
      : markdown
  const collectionId = collection === null ? null : await collectionBySlug(deps, desk, collection, locale)
  const known = await selectBySlugAnyState(deps.db, desk.deskId, locale, slug)
  const translated = known ?? (await siblingOf(deps, desk, slug))
  const articleId =
    translated ?? (await createArticle(deps, desk, agent, { locale, title, markdown: text, collectionId })).id
  await saveDraft(deps, desk, agent, articleId, locale, { title, markdown: text, slug })
  const { featured, internal } = matter
  await changeArticle(deps, desk, articleId, {
    collectionId,
    ...(featured === undefined ? {} : { featured }),
    ...(internal === undefined ? {} : { internal }),
  })
  if (matter.published) await publishDraft(deps, desk, articleId, locale)
  return { articleId, made: translated === null }
}

/** The same slug in another language is the same article. */
async function siblingOf(deps: Deps, desk: DeskRecord, slug: string): Promise<string | null> {
  for (const locale of locales) {
    const id = await selectBySlugAnyState(deps.db, desk.deskId, locale, slug)
    if (id !== null) return id
  }
  return null
}

function readPath(path: string): { locale: Locale; collection: string | null; slug: string } {
  const parts = path
    .replace(/\\/g, '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
  const place = parts.findIndex((part) => (locales as readonly string[]).includes(part))
  const [locale, ...rest] = place < 0 ? [] : parts.slice(place)
  const file = rest.at(-1)
  if (!locale || !file || !/\.(?:md|markdown)$/i.test(file) || rest.length > 2 || rest.includes('..')) {
    throw new HelpdeskError('validation_failed', {
      detail: 'Check path',
      errors: [{ pointer: '/body/path', detail: 'must be <locale>/<collection>/<slug>.md' }],
    })
  }
  const collection = rest.length === 2 ? slugify(rest[0] ?? '') : null
  return { locale: locale as Locale, collection, slug: slugify(file.replace(/\.\w+$/, '')) }
}

function readFrontMatter(content: string): { matter: FrontMatter; markdown: string } {
  const found = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(content)
  if (!found) return { matter: {}, markdown: content }
  const matter: FrontMatter = {}
  for (const line of (found[1] ?? '').split(/\r?\n/)) {
    const [, name, raw = ''] = /^(title|published|featured|internal)\s*:\s*(.*?)\s*$/.exec(line) ?? []
    if (name === 'title') matter.title = unquote(raw)
    else if (name) matter[name as 'published'] = /^(?:true|yes)$/i.test(raw)
  }
  return { matter, markdown: content.slice(found[0].length).replace(/^(?:[ \t]*\r?\n)+/, '') }
}

function unquote(text: string): string {
  if (!/^".*"$/.test(text)) return text.replace(/^'(.*)'$/, '$1')
  try {
    return String(JSON.parse(text))
  } catch {
    return text.slice(1, -1)
  }
}

async function collectionBySlug(deps: Deps, desk: DeskRecord, slug: string, locale: Locale): Promise<string> {
  const known = (await listCollections(deps, desk)).find((one) => one.slug === slug)
  if (known) return known.id
  const name = slug.replaceAll('-', ' ')
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  return (await createCollection(deps, desk, { name: { [locale]: title }, slug })).id
}

/** Every article as the file that importing it would need, page by page. */
export async function exportFiles(
  deps: Deps,
  desk: DeskRecord,
  page: { after: string | null; limit: number },
): Promise<{ files: ArticleFile[]; next: string | null }> {
  const rows = await selectTextsPage(deps.db, desk.deskId, page.after, page.limit + 1)
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return {
    files: shown.map((row) => ({
      path: [row.locale, row.collectionSlug, `${row.slug}.md`].filter(Boolean).join('/'),
      content: [
        '---',
        `title: ${JSON.stringify(row.title)}`,
        `published: ${row.published}`,
        ...(row.featured ? ['featured: true'] : []),
        ...(row.internal ? ['internal: true'] : []),
        '---',
        '',
        row.markdown,
      ].join('\n'),
    })),
    next: rows.length > page.limit && last ? last.key : null,
  }
}
