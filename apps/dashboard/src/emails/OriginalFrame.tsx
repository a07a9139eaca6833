import { words } from './words.ts'

const w = words.email

// The desk has made it harmless already; the frame takes every right from it all the same, and it loads nothing.
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"

/** A page around the HTML of an e-mail: white paper, as its sender expects it. */
export function framedMail(html: string): string {
  return (
    `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    '<meta name="color-scheme" content="light"><style>' +
    'body{margin:16px;background:#fff;color:#1c1c1a;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}' +
    'img{max-width:100%;height:auto}a{pointer-events:none}' +
    `</style></head><body bgcolor="#ffffff" text="#1c1c1a">${html}</body></html>`
  )
}

/** The HTML of an e-mail in a frame that may run, load, send and open nothing. */
export function OriginalFrame({ html }: { html: string }) {
  return (
    <div class="email-html">
      <iframe title={w.html} sandbox="" srcdoc={framedMail(html)} />
      <p class="soft">{w.htmlHint}</p>
    </div>
  )
}
