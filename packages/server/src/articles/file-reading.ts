import { cleanTitle, cutText, HelpdeskError, type Locale, limits, locales, slugify } from '@helpdesk/core'

/** A Markdown file of a folder. */
export interface ArticleFile {
  /** `<locale>/<collection>/<slug>.md`, or `<locale>/<slug>.md` for an article of no collection. */
  path: string
  content: string
}

/** What a file says: where its article stands, and what it is. */
export interface ReadFile extends Omit<FrontMatter, 'title'> {
  locale: Locale
  /** The collection's slug. */
  collection: string | null
  slug: string
  title: string
  markdown: string
}

/** What a file says of its article before the text begins. */
interface FrontMatter {
  title?: string
  published?: boolean
  featured?: boolean
  internal?: boolean
}

/** Reads a file: its place from the path, the rest from front matter and text. @throws HelpdeskError validation_failed */
export function readFile(file: ArticleFile): ReadFile {
  const place = readPath(file.path)
  const { matter, body } = readFrontMatter(file.content)
  const heading = /^#[ \t]+(\S.*)$/m.exec(body)
  const named = [matter.title, heading && withoutHashes(heading[1] ?? ''), place.slug.replaceAll('-', ' ')]
  const title = named.map((one) => titleOf(one ?? '')).find((one) => one !== '')
  // A file that begins with its title would show it twice.
  const isTwice = heading && body.trimStart().startsWith(heading[0])
  const markdown = isTwice ? body.replace(heading[0], '').trimStart() : body
  return { ...place, ...matter, title: title ?? place.slug, markdown }
}

/** The path of an article's file. */
export function pathOf(locale: Locale, collection: string | null, slug: string): string {
  return [locale, collection, `${slug}.md`].filter(Boolean).join('/')
}

function readPath(path: string): Pick<ReadFile, 'locale' | 'collection' | 'slug'> {
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

function readFrontMatter(content: string): { matter: FrontMatter; body: string } {
  const found = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(content)
  if (!found) return { matter: {}, body: content }
  const matter: FrontMatter = {}
  for (const line of (found[1] ?? '').split(/\r?\n/)) {
    const [, name, rest = ''] = /^(title|published|featured|internal)[ \t]*:(.*)$/.exec(line) ?? []
    const raw = rest.trim()
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

/** A title as it may be saved. Escapes of JSON can spell halves of letters that no database takes. */
function titleOf(text: string): string {
  const line = cleanTitle(cutText(text, limits.title * 4).replace(/\p{Cs}/gu, ''))
  return cutText(line, limits.title).trimEnd()
}

/** A heading may end with as many hashes as it likes. */
function withoutHashes(heading: string): string {
  return cutText(heading.trim(), limits.title * 4)
    .replace(/#+$/, '')
    .trimEnd()
}
