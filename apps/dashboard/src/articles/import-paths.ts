import { type Locale, locales } from '@helpdesk/core'
import { words } from './words.ts'

/** What the desk gets as the path of a file, or why the file is left out. */
export interface Target {
  path: string | null
  problem: string | null
}

const isLocale = (part: string | undefined): part is Locale =>
  (locales as readonly (string | undefined)[]).includes(part)

/** The path under which a file is imported: from its language on, or in that of the desk when it names none. */
export function targetOf(from: string, own: Locale): Target {
  const parts = from.split('/').filter((part) => part !== '' && part !== '.')
  const file = parts.at(-1) ?? ''
  const { ending, deep } = words.files.reasons
  if (!/\.(?:md|markdown)$/i.test(file) || file.startsWith('.')) return { path: null, problem: ending }
  const place = parts.findIndex(isLocale)
  if (place >= 0) {
    return parts.length - place > 3
      ? { path: null, problem: deep }
      : { path: parts.slice(place).join('/'), problem: null }
  }
  // The folder that was chosen says nothing; the one in it is the collection.
  const inside = parts.length > 2 ? parts.slice(1) : parts
  return inside.length > 2
    ? { path: null, problem: deep }
    : { path: [own, ...inside].join('/'), problem: null }
}
