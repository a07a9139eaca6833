import { cutText, HelpdeskError, type Locale, locales, slugify } from '@helpdesk/core'
import type { ArticleRecord, CollectionRecord } from './article-records.ts'
import {
  addArticle,
  draftOf,
  findText,
  ownerOf,
  publishText,
  saveText,
  type Writer,
} from './article-texts.ts'
import { addCollection } from './collections.ts'
import type { DeskRecord } from './records.ts'
import { refusal } from './schema.ts'

/** A Markdown file of a folder. */
export interface ArticleFile {
  path: string
  content: string
}

interface FrontMatter {
  title?: string
  published?: boolean
  featured?: boolean
  internal?: boolean
}

/**
 * Takes in one file; the same path again changes the same article. A collection that is not there is made.
 * @throws {HelpdeskError} `validation_failed` for a path that is none, `conflict` when an article of another collection
 * has the address
 */
export function importFile(place: Writer, file: ArticleFile): { article: ArticleRecord; made: boolean } {
  const { desk } = place
  const { locale, collection: wanted, slug } = readPath(file.path)
  const { matter, body } = readFrontMatter(file.content)
  const heading = /^#\s+(.+?)\s*#*\s*$/m.exec(body)
  const title = cutText(matter.title ?? heading?.[1] ?? slug.replaceAll('-', ' '), 200)
  // A file that begins with its title would show it twice.
  const isTwice = heading && body.trimStart().startsWith(heading[0])
  const markdown = isTwice ? body.replace(heading[0], '').trimStart() : body
  const known = articleOf(desk, { locale, collection: wanted, slug })
  const collection = wanted === null ? null : collectionBySlug(place, wanted, locale)
  const article = known ?? addArticle(place, collection, locale, { title, markdown, slug })
  const before = article.texts.find((one) => one.locale === locale)
  const draft = before && draftOf(before)
  const isSame = before?.slug === slug && draft?.title === title && draft.markdown === markdown
  const text = isSame ? before : saveText(place, article, locale, { title, markdown, slug, alone: true })
  article.featured = matter.featured ?? article.featured
  article.internal = matter.internal ?? article.internal
  if (matter.published) publishText(place, text)
  return { article, made: known === undefined }
}

/**
 * The article that a file changes: the one with its address, or the one that has it in another language of the same
 * collection. @throws {HelpdeskError} `conflict`
 */
function articleOf(desk: DeskRecord, { locale, collection, slug }: ReturnType<typeof readPath>) {
  const owner = ownerOf(desk, locale, slug)
  if (owner && slugOf(owner.collection) !== collection) {
    const path = pathOf(locale, owner.collection, slug)
    throw new HelpdeskError('conflict', {
      detail: `Another article has the address ${slug}: ${path}`,
      errors: [{ pointer: '/body/path', detail: `has the address of another article: ${path}` }],
    })
  }
  const others = locales.flatMap((one) => ownerOf(desk, one, slug) ?? [])
  return owner ?? others.find((one) => slugOf(one.collection) === collection)
}

const slugOf = (collection: CollectionRecord | null) => collection?.slug ?? null

const pathOf = (locale: Locale, collection: CollectionRecord | null, slug: string) =>
  [locale, collection?.slug, `${slug}.md`].filter(Boolean).join('/')

function readPath(path: string): { locale: Locale; collection: string | null; slug: string } {
  const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.')
  const place = parts.findIndex((part) => (locales as readonly string[]).includes(part))
  const [locale, ...rest] = place < 0 ? [] : parts.slice(place)
  const file = rest.at(-1)
  if (!locale || !file || !/\.(?:md|markdown)$/i.test(file) || rest.length > 2 || rest.includes('..')) {
    throw refusal([{ pointer: '/body/path', detail: 'must be <locale>/<collection>/<slug>.md' }])
  }
  const collection = rest.length === 2 ? slugify(rest[0] ?? '') : null
  return { locale: locale as Locale, collection, slug: slugify(file.replace(/\.\w+$/, '')) }
}

function readFrontMatter(content: string): { matter: FrontMatter; body: string } {
  const found = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(content)
  if (!found) return { matter: {}, body: content }
  const matter: FrontMatter = {}
  for (const line of (found[1] ?? '').split(/\r?\n/)) {
    const [, name, raw = ''] = /^(title|published|featured|internal)\s*:\s*(.*?)\s*$/.exec(line) ?? []
    if (name === 'title') matter.title = unquote(raw)
    else if (name) matter[name as 'published'] = /^(?:true|yes)$/i.test(raw)
  }
  return { matter, body: content.slice(found[0].length).replace(/^(?:[ \t]*\r?\n)+/, '') }
}

function unquote(text: string): string {
  if (!/^".*"$/.test(text)) return text.replace(/^'(.*)'$/, '$1')
  try {
    return String(JSON.parse(text))
  } catch {
    return text.slice(1, -1)
  }
}

function collectionBySlug({ world, desk }: Writer, slug: string, locale: Locale) {
  const known = desk.knowledge.collections.find((one) => one.slug === slug)
  if (known) return known
  const name = slug.replaceAll('-', ' ')
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  return addCollection(world, desk, { name: { [locale]: title }, slug })
}

/** Every text as the file that importing it would need, each with a key to go on from. */
export function toFiles({ knowledge }: DeskRecord): { key: string; file: ArticleFile }[] {
  return knowledge.articles
    .flatMap((article) =>
      article.texts.map(({ locale }) => ({ key: `${article.id}.${locale}`, file: toFile(article, locale) })),
    )
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

function toFile(article: ArticleRecord, locale: Locale): ArticleFile {
  const text = findText(article, locale)
  const { title, markdown } = draftOf(text)
  const { collection, featured, internal } = article
  return {
    path: pathOf(locale, collection, text.slug),
    content: [
      '---',
      `title: ${JSON.stringify(title)}`,
      `published: ${text.published !== null}`,
      ...(featured ? ['featured: true'] : []),
      ...(internal ? ['internal: true'] : []),
      '---',
      '',
      markdown,
    ].join('\n'),
  }
}
