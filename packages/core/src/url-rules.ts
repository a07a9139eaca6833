// Part of the widget's loader: no imports, and every byte counts.

/** How many rules a list may have. */
export const maxUrlRules = 200

/** How many characters a rule may have. */
export const maxUrlRuleLength = 2_048

/** Whether the widget shows on a page, and why; `pattern` is the rule that decided, where one did. */
export interface Visibility {
  visible: boolean
  because: 'no-rules' | 'show' | 'hide' | 'no-show-match'
  pattern?: string
}

/** A line of a rules text that was refused; lines count from 1, `too_many` names the first one too many. */
export interface UrlRuleError {
  line: number
  code: 'too_long' | 'too_many'
}

/** A URL to match: its scheme and host, `host` characters long, are in lower case. */
type View = { text: string; host: number }

/** A pattern split at `*`: what the URL starts with, holds in this order, ends with; no tail, no `*`. */
type Rule = { head: string; middle: string[]; lower: string[]; tail: string | undefined }

const compiled = new Map<string, Rule>()
let seenUrl: string | undefined
let seen: View = { text: '', host: 0 }
let seenDecoded: View | undefined

const lowerCase = (text: string) => text.replace(/[A-Z]+/g, (run) => run.toLowerCase())

function toView(url: string): View {
  const host = /^(?:[^:/?#]*:\/\/)?[^/?#]*/.exec(url)?.[0] ?? ''
  const lower = lowerCase(host)
  return { text: lower === host ? url : lower + url.slice(host.length), host: host.length }
}

function decode(url: string): string {
  return url.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}

/** Keeps the views of the page that is being asked about, because many rules in a row ask about one page. */
function look(url: string): void {
  seenUrl = url
  seen = toView(url)
  seenDecoded = url.includes('%') ? toView(decode(url)) : undefined
}

/** `indexOf` in linear time: the engine's own takes length × length for long repetitive texts (so, KMP). */
function indexOf(text: string, piece: string, from: number): number {
  if (piece.length < 33) return text.indexOf(piece, from)
  const start = text.indexOf(piece.slice(0, 32), from)
  if (start < 0) return start
  const borders = [0]
  const grow = (length: number, code: number): number => {
    let grown = length
    while (grown > 0 && piece.charCodeAt(grown) !== code) grown = borders[grown - 1] as number
    return piece.charCodeAt(grown) === code ? grown + 1 : 0
  }
  for (let at = 1; at < piece.length; at++)
    borders.push(grow(borders[at - 1] as number, piece.charCodeAt(at)))
  let length = 0
  for (let at = start; at < text.length; at++) {
    length = grow(length, text.charCodeAt(at))
    if (length === piece.length) return at - length + 1
  }
  return -1
}

/** Whether a piece stands at a place, without regard to its capital letters up to the host's end. */
function fits({ text, host }: View, piece: string, at: number): boolean {
  for (let n = 0; n < piece.length; n++) {
    const code = piece.charCodeAt(n)
    const capital = code > 64 && code < 91 && at + n < host
    if (text.charCodeAt(at + n) !== (capital ? code + 32 : code)) return false
  }
  return true
}

function find(view: View, piece: string, lower: string, from: number): number {
  const { text, host } = view
  if (piece === lower) return indexOf(text, piece, from)
  const inHost = indexOf(text.slice(0, host), lower, from)
  if (inHost >= 0) return inHost
  for (let at = Math.max(from, host - piece.length + 1); at < host; at++)
    if (piece[host - at] === text[host] && fits(view, piece, at)) return at
  return indexOf(text, piece, from)
}

function toRule(pattern: string): Rule {
  let rule = compiled.get(pattern)
  if (rule === undefined) {
    const middle = pattern.trim().split('*')
    const head = middle.shift() as string
    const tail = middle.pop()
    rule = { head, middle, lower: middle.map(lowerCase), tail }
    if (compiled.size > 1_023) compiled.clear()
    compiled.set(pattern, rule)
  }
  return rule
}

function matches(view: View, { head, middle, lower, tail }: Rule): boolean {
  const end = view.text.length - (tail ?? head).length
  if (tail === undefined) return end === 0 && fits(view, head, 0)
  let from = head.length
  // The two ends are the cheapest to compare, so they go first.
  if (!fits(view, head, 0) || !fits(view, tail, end)) return false
  for (let n = 0; n < middle.length; n++) {
    const piece = middle[n] as string
    const at = find(view, piece, lower[n] as string, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return from <= end
}

function test(rule: Rule, url: string): boolean {
  if (url !== seenUrl) look(url)
  return matches(seen, rule) || (seenDecoded !== undefined && matches(seenDecoded, rule))
}

/**
 * Prepares a rule for many URLs: `*` stands for any run of characters, every other character for itself, the
 * whole URL must match; case matters after the host only. A URL also matches in its percent-decoded form.
 */
export function compileUrlRule(pattern: string): (url: string) => boolean {
  const rule = toRule(pattern)
  return (url) => test(rule, url)
}

/** Whether a rule matches a page's whole URL (`location.href`); see `compileUrlRule`. */
export function matchUrl(pattern: string, url: string): boolean {
  return test(toRule(pattern), url)
}

/**
 * Whether the widget shows on a page and because of which rule: a matching hide rule wins, else one of the
 * show rules must match if there are any. Blank rules do not count.
 */
export function decideVisibility(
  url: string,
  rules: { show?: readonly string[]; hide?: readonly string[] },
): Visibility {
  const match = (pattern: string) => pattern.trim() !== '' && matchUrl(pattern, url)
  const hide = rules.hide?.find(match)
  if (hide !== undefined) return { visible: false, because: 'hide', pattern: hide }
  if (!rules.show?.some((pattern) => pattern.trim())) return { visible: true, because: 'no-rules' }
  const show = rules.show.find(match)
  if (show !== undefined) return { visible: true, because: 'show', pattern: show }
  return { visible: false, because: 'no-show-match' }
}

/**
 * Reads rules from a text with one per line: blank lines are skipped, white space is trimmed. `rules` holds
 * the accepted ones (at most 200 of at most 2,048 characters), `errors` names the lines that were refused.
 */
export function parseUrlRules(text: string): { rules: string[]; errors: UrlRuleError[] } {
  const rules: string[] = []
  const errors: UrlRuleError[] = []
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    const rule = line.trim()
    if (rule === '') continue
    if (rule.length > maxUrlRuleLength) errors.push({ line: index + 1, code: 'too_long' })
    else if (rules.length < maxUrlRules) rules.push(rule)
    else {
      errors.push({ line: index + 1, code: 'too_many' })
      break
    }
  }
  return { rules, errors }
}
