import sanitize, { type Attributes } from 'sanitize-html'
import { linkSchemes, neverText } from '../http/hostile-html.ts'
import { isTooDeep } from './html-text.ts'
import type { MailPart } from './reading.ts'

const mostCharacters = 1_000_000
const mostImageBytes = 1_048_576

const shownTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

const color = /^(?:#[0-9a-f]{3,8}|[a-z]{1,30}|rgba?\([\d\s.,%]{1,40}\))$/i
const length = /^-?\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|%)?$/
const lengths = /^(?:-?\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|%)?\s?){1,4}$/
const word = /^[a-z-]{1,30}$/i

const layout = [
  'p',
  'div',
  'span',
  'br',
  'hr',
  'b',
  'strong',
  'i',
  'em',
  'u',
  's',
  'del',
  'ins',
  'small',
  'sub',
  'sup',
  'font',
  'center',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'blockquote',
  'pre',
  'code',
  'address',
  'a',
  'img',
  'table',
  'caption',
  'thead',
  'tbody',
  'tfoot',
  'tr',
  'th',
  'td',
  'col',
  'colgroup',
]

/**
 * The HTML of an e-mail for an agent's eyes: nothing runs, nothing is loaded, nothing leads out of its frame. Pictures that
 * came along are inside it, up to a megabyte.
 */
export function htmlForView(html: string, parts: readonly MailPart[]): string {
  if (isTooDeep(html)) return ''
  const pictures = inlinePictures(parts)
  return sanitize(html.slice(0, mostCharacters), {
    allowedTags: layout,
    allowedAttributes: {
      '*': ['style', 'align', 'valign', 'dir', 'lang', 'title'],
      a: ['href', 'rel', 'target'],
      img: ['src', 'alt', 'width', 'height'],
      font: ['color', 'size', 'face'],
      table: ['border', 'cellpadding', 'cellspacing', 'width', 'bgcolor'],
      td: ['colspan', 'rowspan', 'width', 'height', 'bgcolor'],
      th: ['colspan', 'rowspan', 'width', 'height', 'bgcolor'],
      tr: ['bgcolor'],
      ol: ['start', 'type'],
    },
    allowedStyles: {
      '*': {
        color: [color],
        'background-color': [color],
        'font-size': [length, word],
        'font-weight': [/^(?:\d{3}|[a-z]{1,10})$/],
        'font-style': [word],
        'font-family': [/^[\w\s"',-]{1,200}$/],
        'text-align': [word],
        'text-decoration': [/^[a-z\s-]{1,40}$/],
        'line-height': [length, word],
        'white-space': [word],
        'vertical-align': [word],
        width: [length],
        'max-width': [length],
        margin: [lengths],
        padding: [lengths],
        'border-left': [/^[\w\s#.-]{1,60}$/],
      },
    },
    allowedSchemes: linkSchemes,
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    nonTextTags: neverText,
    nestingLimit: 150,
    transformTags: {
      a: (tagName, { style: _, ...attribs }) => ({
        tagName,
        attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' },
      }),
      img: (tagName, attribs) => pictureOf(tagName, attribs, pictures),
    },
  })
}

/** A picture from elsewhere would tell its server who reads what, and when. */
function pictureOf(tagName: string, attribs: Attributes, pictures: ReadonlyMap<string, string>) {
  const { src = '', alt = '', width, height } = attribs
  const found = /^cid:/i.test(src) ? pictures.get(decoded(src.slice(4)).toLowerCase()) : undefined
  const size = { ...(width ? { width } : {}), ...(height ? { height } : {}) }
  if (found) return { tagName, attribs: { src: found, alt, ...size } }
  return { tagName: 'span', attribs: {}, text: alt }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function inlinePictures(parts: readonly MailPart[]): Map<string, string> {
  const found = new Map<string, string>()
  let left = mostImageBytes
  for (const { contentId, type, bytes } of parts) {
    if (contentId === null || !shownTypes.has(type) || bytes.length > left) continue
    left -= bytes.length
    found.set(contentId.toLowerCase(), `data:${type};base64,${Buffer.from(bytes).toString('base64')}`)
  }
  return found
}
