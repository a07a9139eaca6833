import { slugify } from '@helpdesk/core'

/**
 * As much of Markdown as tests and pictures need: headings, lists, paragraphs, bold, code, links, images. All else is
 * shown as it was written, HTML too.
 */
export function renderMarkdown(markdown: string): string {
  const blocks = markdown.replaceAll('\r', '').split(/\n{2,}/)
  return blocks.map((block) => renderBlock(block.trim())).join('')
}

/** The words of what {@link renderMarkdown} has made. */
export function plainText(html: string): string {
  return html
    .replace(/<\/(?:p|h\d|li)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot);/g, (_, name: keyof typeof entities) => entities[name])
    .trim()
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"' }

function renderBlock(block: string): string {
  if (block === '') return ''
  const [, marks = '', title] = /^(#{1,6})\s+(.+)$/.exec(block) ?? []
  if (title !== undefined) {
    // The page's own title is the first heading.
    const level = Math.max(marks.length, 2)
    return `<h${level} id="${slugify(title)}">${renderLine(title)}</h${level}>\n`
  }
  const lines = block.split('\n')
  for (const [mark, list] of [
    [/^[-*]\s+/, 'ul'],
    [/^\d+\.\s+/, 'ol'],
  ] as const) {
    if (!lines.every((line) => mark.test(line))) continue
    const items = lines.map((line) => `<li>${renderLine(line.replace(mark, ''))}</li>\n`)
    return `<${list}>\n${items.join('')}</${list}>\n`
  }
  return `<p>${renderLine(block)}</p>\n`
}

// Escaped first, so that nothing of the text can be an element or leave an attribute.
function renderLine(text: string): string {
  return escapeText(text)
    .replace(
      /!\[([^\]]*)\]\((data:image\/[\w.+-]+;base64,[\w+/=]+)\)/g,
      '<img src="$2" alt="$1" loading="lazy">',
    )
    .replace(
      /\[([^\]]+)\]\((https?:\/\/[^\s)]+|[/#][^\s)]*)\)/g,
      '<a href="$2" rel="noopener noreferrer">$1</a>',
    )
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/`([^`]+)`/g, '<code>$1</code>')
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
