import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

const style = `
:root{color-scheme:light dark;--ink:#16211d;--muted:#5a6a63;--paper:#f4f6f5;--card:#fff;--line:#dbe3df;--accent:#1f6b57}
@media (prefers-color-scheme:dark){:root{--ink:#edf3f0;--muted:#a0b1a9;--paper:#101613;--card:#18211d;--line:#2b3832;--accent:#7fd4b9}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--paper);color:var(--ink);
font:17px/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:min(100%,560px)}
svg{width:52px;height:52px;color:var(--accent)}
h1{margin:14px 0 4px;font-size:2rem;letter-spacing:-.03em;line-height:1.1}
p{margin:0 0 28px;color:var(--muted)}
ul{list-style:none;margin:0;padding:0;display:grid;gap:12px}
a{display:grid;gap:2px;padding:16px 20px;border:1px solid var(--line);border-radius:18px;background:var(--card);
color:inherit;text-decoration:none;transition:border-color .15s}
a:hover,a:focus-visible{border-color:var(--accent)}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
strong{font-weight:650}
span{color:var(--muted);font-size:.9375rem}
@media (prefers-reduced-motion:reduce){a{transition:none}}
`

const links = [
  { href: 'dashboard/', name: 'Dashboard', about: 'Where the team answers', demo: false },
  { href: 'demo', name: 'Demo shop', about: 'A page with the widget in its corner', demo: true },
  { href: 'dev/mail', name: 'E-mails', about: 'Kept here instead of being sent', demo: true },
  { href: 'api/docs', name: 'API', about: 'Every endpoint, with its fields and errors', demo: false },
] as const

const icon = `<svg viewBox="0 0 48 48" fill="none" aria-hidden="true"><path d="M8 12a6 6 0 0 1 6-6h20a6 6 0 0 1 6 6v16a6 6 0 0 1-6 6H22l-9 8v-8a5 5 0 0 1-5-5z" fill="currentColor" opacity=".18"/><path d="M8 12a6 6 0 0 1 6-6h20a6 6 0 0 1 6 6v16a6 6 0 0 1-6 6H22l-9 8v-8a5 5 0 0 1-5-5zM17 17h14M17 24h8" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>`

/** What the pages of the server itself may load: nothing. */
export const plainPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** A small page of the server itself. @param content HTML */
export function plainPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title><style>${style}</style></head>
<body><main>${icon}${content}</main></body></html>
`
}

/** Serves `/`: a small page that leads to the parts of the server. */
export function indexPage(app: FastifyInstance, options: { demo: boolean }): void {
  const shown = links.filter((link) => options.demo || !link.demo)
  const list = shown.map(
    ({ href, name, about }) => `<li><a href="${href}"><strong>${name}</strong><span>${about}</span></a></li>`,
  )
  const about = '<h1>Helpdesk</h1><p>The support desk that lives inside your own product.</p>'
  const html = plainPage('Helpdesk', `${about}\n<ul>${list.join('\n')}</ul>`)
  app.get('/', (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', plainPolicy)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .send(html),
  )
}
