import { cutText, foldText, slugify, wordsOf } from '@helpdesk/core'
import { Marked, type Tokens } from 'marked'
import sanitize, { type Tag } from 'sanitize-html'
import { linkSchemes, neverText } from '../http/hostile-html.ts'

/** An article as readers see it, and as it is searched. */
export interface Rendered {
  /** Sanitised. */
  html: string
  /** The words without their dress, at most 100,000 characters. */
  text: string
  /** The first words, for lists and for search engines. */
  description: string
}

/** Beyond this nothing is searched: PostgreSQL takes no more into one row's index. */
const searchedCharacters = 100_000
const callOuts = {
  NOTE: 'note',
  TIP: 'tip',
  IMPORTANT: 'important',
  WARNING: 'warning',
  CAUTION: 'caution',
} as const
const videoHosts = /^https:\/\/(?:www\.)?(?:youtube\.com\/watch\?v=|youtu\.be\/|vimeo\.com\/)[\w?=&%-]+$/

/**
 * Renders Markdown: tables, call-outs (`> [!NOTE]`), headings with anchors, images of the desk only (others become
 * links), links to videos as cards. What HTML is in it is sanitised to the same few elements.
 * @param images what the address of an image of this desk begins with
 */
export function renderArticle(markdown: string, images: string): Rendered {
  const html = clean(parse(markdown), images)
  const text = cutText(plainText(html), searchedCharacters)
  return { html, text, description: describe(text) }
}

/** What is nested deeper than anybody could read is shown as it was written. */
function parse(markdown: string): string {
  try {
    return parser().parse(markdown, { async: false })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return `<pre><code>${markdown.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</code></pre>`
  }
}

/** A parser with anchors of its own: each heading of an article has another one. */
function parser(): Marked {
  const taken = new Set<string>()
  const anchor = (text: string) => {
    const slug = slugify(text)
    for (let n = 1; ; n++) {
      const id = n === 1 ? slug : `${slug}-${n}`
      if (!taken.has(id)) {
        taken.add(id)
        return id
      }
    }
  }
  return new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const inner = this.parser.parseInline(tokens)
        const id = anchor(plainText(inner))
        // The page's own title is the first heading.
        const level = Math.min(Math.max(depth, 2), 6)
        return `<h${level} id="${id}">${inner}</h${level}>\n`
      },
      blockquote({ tokens }: Tokens.Blockquote) {
        const body = this.parser.parse(tokens)
        const kind = /^<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*(?:<br>)?/.exec(body)
        if (!kind) return `<blockquote>\n${body}</blockquote>\n`
        const name = callOuts[kind[1] as keyof typeof callOuts]
        return `<aside class="call-out ${name}">\n<p>${body.slice(kind[0].length)}</aside>\n`
      },
      paragraph({ tokens }: Tokens.Paragraph) {
        const [only] = tokens
        if (tokens.length === 1 && only?.type === 'link' && videoHosts.test(only.href)) {
          const name = only.text === only.href ? 'Video' : this.parser.parseInline(only.tokens ?? [])
          return `<p class="video"><a href="${only.href.replaceAll('&', '&amp;')}">${name}</a></p>\n`
        }
        return `<p>${this.parser.parseInline(tokens)}</p>\n`
      },
    },
  })
}

const classes: Record<string, string[]> = {
  aside: ['call-out', ...Object.values(callOuts)],
  p: ['video'],
  code: ['language-*'],
}

function clean(html: string, images: string): string {
  return sanitize(html, {
    allowedTags: [
      ...[
        'h2',
        'h3',
        'h4',
        'h5',
        'h6',
        'p',
        'a',
        'ul',
        'ol',
        'li',
        'blockquote',
        'aside',
        'pre',
        'code',
        'hr',
        'br',
      ],
      ...['strong', 'em', 'del', 'sub', 'sup', 'kbd', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
      ...['details', 'summary', 'input'],
    ],
    allowedAttributes: {
      a: ['href', 'title', 'rel'],
      img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
      ol: ['start'],
      th: ['align', 'scope'],
      td: ['align'],
      input: ['type', 'checked', 'disabled'],
      ...Object.fromEntries(['h2', 'h3', 'h4', 'h5', 'h6'].map((tag) => [tag, ['id']])),
    },
    allowedClasses: classes,
    allowedSchemes: linkSchemes,
    allowProtocolRelative: false,
    nonTextTags: neverText,
    nestingLimit: 100,
    transformTags: {
      a: (tagName, attribs) => ({
        tagName,
        attribs: {
          ...attribs,
          ...(/^https?:/i.test(attribs.href ?? '') ? { rel: 'noopener noreferrer' } : {}),
        },
      }),
      th: (tagName, attribs) => ({ tagName, attribs: { ...attribs, scope: 'col' } }),
      // Task lists: a box that can be seen, and not clicked.
      input: (tagName, attribs) => ({
        tagName,
        attribs: { type: 'checkbox', disabled: '', ...('checked' in attribs ? { checked: '' } : {}) },
      }),
      img: (tagName, attribs): Tag => {
        const { src = '', alt = '' } = attribs
        if (src.startsWith(images)) return { tagName, attribs: { ...attribs, loading: 'lazy' } }
        // A picture from elsewhere would tell its server who reads what.
        return { tagName: 'a', attribs: { href: src, rel: 'noopener noreferrer' }, text: alt || src }
      },
    },
  })
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
}

/** The words of sanitised HTML. */
function plainText(html: string): string {
  return html
    .replace(/<\/(?:p|h\d|li|tr|aside|blockquote|pre|summary)>|<br ?\/?>/g, '\n')
    .replace(/<\/(?:td|th)>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
}

function describe(text: string): string {
  const line = cutText(text, 600).replace(/\s+/g, ' ').trim()
  if (line.length <= 160) return line
  const cut = cutText(line, 159)
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > 80 ? space : cut.length).replace(/[\s,.;:–-]+$/, '')}…`
}

/** The words of a text as they are searched, at most so many different ones as an index takes. */
export function searchedWords(text: string): string {
  return wordsOf(foldText(text))
    .map((word) => cutText(word, 40))
    .join(' ')
}
