import type { ArticleHit } from '@helpdesk/core/api'

/** How an article goes into a message. */
export type InsertAs = 'link' | 'excerpt'

/** What an article becomes in a message: its page, with its first words if wanted; internal ones have no page. */
export function insertionOf(hit: ArticleHit, as: InsertAs): string {
  const page = hit.internal ? [] : [hit.url]
  return as === 'link' ? [hit.title, ...page].join('\n') : [hit.title, hit.description, ...page].join('\n')
}

/** Puts a text where the cursor is, on lines of its own. */
export function insertLines(
  text: string,
  start: number,
  end: number,
  lines: string,
): { text: string; caret: number } {
  const before = text.slice(0, start).trimEnd()
  const after = text.slice(end).trimStart()
  const head = before ? `${before}\n\n${lines}` : lines
  return { text: after ? `${head}\n\n${after}` : head, caret: head.length }
}

/** The plain text of a message as Markdown that looks the same: its lines stay lines, no letter becomes markup. */
export function toMarkdown(body: string): string {
  const lines = body.replace(/\r\n?/g, '\n').trim().split('\n')
  const isList = (line: string | undefined) => /^\s*(?:[-*+]|\d+[.)])\s/.test(line ?? '')
  return lines
    .map((line, index) => {
      const safe = line
        .replace(/[\\<`]/g, '\\$&')
        .replace(/^(\s*)(#{1,6}\s|>)/, '$1\\$2')
        .trimEnd()
      const next = lines[index + 1]
      // A line break within a paragraph is one only when it says so.
      const breaks = safe !== '' && next !== undefined && next.trim() !== '' && !isList(next)
      return breaks ? `${safe}\\` : safe
    })
    .join('\n')
}
