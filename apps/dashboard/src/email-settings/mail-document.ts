import { setStylesAside } from '../ui/frame-styles.ts'

/** How an e-mail is looked at. */
export type MailScheme = 'light' | 'dark'

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/**
 * An e-mail as a document for a sandboxed frame: it loads nothing, its links open nothing, and it stands in the colours
 * that were asked for, whatever those of the system are.
 */
export function mailDocument(html: string, scheme: MailScheme): string {
  const page = new DOMParser().parseFromString(setStylesAside(html), 'text/html')
  for (const style of page.querySelectorAll<HTMLMetaElement>('meta[name=style]')) {
    style.content = inScheme(style.content, scheme)
  }
  for (const media of page.querySelectorAll('[media]')) {
    media.setAttribute('media', inScheme(media.getAttribute('media') ?? '', scheme))
  }
  const rules = page.createElement('meta')
  rules.httpEquiv = 'Content-Security-Policy'
  rules.content = policy
  const base = page.createElement('base')
  // A window of its own, which the sandbox does not let it have.
  base.target = '_blank'
  const colours = page.createElement('meta')
  colours.name = 'style'
  colours.content = `:root { color-scheme: ${scheme} !important }`
  page.head.prepend(rules, base)
  page.head.append(colours)
  return `<!doctype html>${page.documentElement.outerHTML}`
}

/** What depends on the colours of the system depends on the ones that were asked for. */
function inScheme(css: string, scheme: MailScheme): string {
  return css.replace(/\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi, (_, one: string) =>
    one.toLowerCase() === scheme ? '(min-width: 0)' : '(max-width: 0)',
  )
}
