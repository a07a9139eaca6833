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

/** Stands before and behind URLs and rules, so that the two ends are found like everything else; it is in neither. */
const edge = '\ud800'

/** The text with its beginning in lower case. */
const lower = (text: string, length: number) => text.slice(0, length).toLowerCase() + text.slice(length)

function toView(url: string): View {
  const host = (/^([^:/?#]*:\/\/)?[^/?#]*/.exec(url) as RegExpExecArray)[0].length
  // No browser has longer ones, so that comparing without case at every place in them costs nothing.
  return { text: edge + lower(url, host) + edge, host: Math.min(host, 300) + 1 }
}

let seen: { url: string; views: View[] } | undefined

/** The URL as it is and, if that is something else, as it is decoded. */
function toViews(url: string): View[] {
  const decoded = url.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
  return [...new Set([url, decoded])].map(toView)
}

/** Where a piece stands, without regard to its capital letters up to the host's end. */
function find({ text, host }: View, piece: string, from: number): number {
  if (piece !== piece.toLowerCase())
    for (; from < host; from++) if (text.startsWith(lower(piece, host - from), from)) return from
  return text.indexOf(piece, from)
}

/** The pieces that a URL must hold in this order: what is between the stars. */
const toPieces = (pattern: string) => (edge + pattern.trim() + edge).split('*')

function matches(views: View[], pieces: string[]): boolean {
  return views.some((view) => {
    let from = 0
    return pieces.every((piece) => {
      from = find(view, piece, from) + piece.length
      return from >= piece.length
    })
  })
}

/**
 * Prepares a rule for many URLs: `*` stands for any run of characters, every other character for itself, the
 * whole URL must match; case matters after the host only. A URL also matches in its percent-decoded form.
 */
export function compileUrlRule(pattern: string): (url: string) => boolean {
  const pieces = toPieces(pattern)
  return (url) => {
    // Many rules in a row ask about one page.
    if (seen?.url !== url) seen = { url, views: toViews(url) }
    return matches(seen.views, pieces)
  }
}

/** Whether a rule matches a page's whole URL (`location.href`); see `compileUrlRule`. */
export function matchUrl(pattern: string, url: string): boolean {
  return compileUrlRule(pattern)(url)
}

/**
 * Whether the widget shows on a page and because of which rule: a matching hide rule wins, else one of the
 * show rules must match if there are any. Blank rules do not count.
 */
export function decideVisibility(
  url: string,
  rules: { show?: readonly string[]; hide?: readonly string[] },
): Visibility {
  const views = toViews(url)
  const find = (list: readonly string[] = []) =>
    list.find((one) => one.trim() && matches(views, toPieces(one)))
  const hide = find(rules.hide)
  const show = find(rules.show)
  const isOpen = !rules.show?.some((one) => one.trim())
  const because = hide ? 'hide' : show ? 'show' : isOpen ? 'no-rules' : 'no-show-match'
  return { visible: !hide && (isOpen || !!show), because, pattern: hide ?? show }
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
