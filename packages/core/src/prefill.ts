import { cutText } from './contacts.ts'
import { type Priority, priorities } from './conversations.ts'

// The same as in `limits` (a test compares them), which would weigh on the widget's loader.
const cut = { number: 64, title: 200, content: 20_000, word: 64 }

/** What a link fills into the new-ticket form; plain text, cut at the fields' limits. */
export interface PrefillDraft {
  title?: string
  content?: string
  priority?: Priority
  /** A category's code as the link has it: whether the desk has that category is for the caller to check. */
  category?: string
}

/** What a page URL asks the widget to open: a ticket by its number, or the new-ticket form. */
export type Prefill = { number: string; draft?: undefined } | { draft: PrefillDraft; number?: undefined }

/**
 * Reads `n`, `title`, `content`, `priority` and `c` from the query of a page URL. A number wins; an unknown
 * priority is ignored but still opens the form; `null` when none of the five has a value. Never throws.
 */
export function readPrefill(url: string): Prefill | null {
  const page = url.split('#', 1)[0] ?? ''
  const start = page.indexOf('?')
  const query = new URLSearchParams(start < 0 ? '' : page.slice(start + 1))
  const read = (name: string, length: number) =>
    cutText((query.get(name) ?? '').replaceAll('\0', '').trim(), length)
  const line = (name: string, length: number) => read(name, length).replace(/\s+/g, ' ')

  const number = line('n', cut.number)
  if (number !== '') return { number }
  const draft: PrefillDraft = {}
  const title = line('title', cut.title)
  const content = read('content', cut.content)
  const wanted = line('priority', cut.word)
  const category = line('c', cut.word)
  if (!title && !content && !wanted && !category) return null
  const priority = priorities.find((one) => one === wanted)
  if (title) draft.title = title
  if (content) draft.content = content
  if (priority) draft.priority = priority
  if (category) draft.category = category
  return { draft }
}
