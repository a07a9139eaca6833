import { applyFrameStyles, setStylesAside } from '../ui/frame-styles.ts'
import paper from './original.css?url'
import { words } from './words.ts'

const w = words.email

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

/**
 * A document around the HTML of an e-mail, which the desk has made harmless already. It loads the one style sheet and
 * nothing else.
 */
export function framedMail(html: string): string {
  const style = new URL(paper, document.baseURI).href
  const policy = `default-src 'none'; style-src 'unsafe-inline' ${style.split('?')[0]}; img-src data:; form-action 'none'; base-uri 'none'`
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${escaped(policy)}"><link rel="stylesheet" href="${escaped(style)}"></head><body>${setStylesAside(html)}</body></html>`
}

/** The HTML of an e-mail in a frame that may run, load, send and open nothing. */
export function OriginalFrame({ html }: { html: string }) {
  return (
    <div class="email-html">
      <iframe
        title={w.html}
        sandbox="allow-same-origin"
        srcdoc={framedMail(html)}
        onLoad={(event) => applyFrameStyles(event.currentTarget)}
      />
      <p class="soft">{w.htmlHint}</p>
    </div>
  )
}
