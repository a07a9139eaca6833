/** In which light a mail is looked at; null: that of the system. */
export type MailTheme = 'light' | 'dark' | null

/** The mail itself: an origin of its own, no script, nothing from elsewhere; its links open pages of their own. */
export const framePolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'"

/**
 * The document of a mail for its frame. What is added stands right after the doctype, where no comment and no attribute
 * of the mail can swallow it: a parser moves it into the head.
 */
export function framedHtml(html: string, theme: MailTheme): string {
  const doctype = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? ''
  const rest = html.slice(doctype.length)
  const light = theme === null ? '' : `<style>:root{color-scheme:${theme} !important}</style>`
  return `${doctype}<base target="_blank">${light}${theme === null ? rest : inTheme(rest, theme)}`
}

/** As if the system were in this light: a frame's document asks the system, whatever stands around it. */
const inTheme = (html: string, theme: 'light' | 'dark') =>
  html.replace(/\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi, (_query, asked: string) =>
    asked.toLowerCase() === theme ? '(min-width: 0)' : '(max-width: 0)',
  )
