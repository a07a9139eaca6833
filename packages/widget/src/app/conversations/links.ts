/** A piece of a text: plain, or with the address it links to. */
export interface Piece {
  text: string
  href?: string
}

// Each alternative begins with fixed text or is bounded, so that no input makes it slow.
const candidate = /\b(?:https?:\/\/|mailto:)[^\s<>"]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gi
/** What ends a sentence rather than an address. */
const trailing = '.,:;!?\'")]}*_~'

/** Finds the web and e-mail addresses in a text. The pieces together are the text, unchanged. */
export function findLinks(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const { 0: found, index } of text.matchAll(candidate)) {
    const shown = trim(found)
    const href = toHref(shown)
    if (!href) continue
    if (index > end) pieces.push({ text: text.slice(end, index) })
    pieces.push({ text: shown, href })
    end = index + shown.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

function trim(found: string): string {
  let end = found.length
  while (end > 0 && trailing.includes(found.charAt(end - 1))) end--
  const short = found.slice(0, end)
  // A closing bracket belongs to the address when its opening one does.
  return found[short.length] === ')' && short.includes('(') ? `${short})` : short
}

function toHref(text: string): string | undefined {
  try {
    const url = new URL(/^(?:https?|mailto):/i.test(text) ? text : `mailto:${text}`)
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}
