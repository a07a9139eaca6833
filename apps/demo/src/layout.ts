import { containerAndGlobal, type SignedCustomer, scriptTag } from './customer.ts'
import { type Html, html } from './html.ts'
import { logo } from './illustrations.ts'

/** Where the shop and its helpdesk are. */
export interface Site {
  /** Path of the shop, without a slash at its end: `/demo`. */
  prefix: string
  /** Address of the helpdesk, without a slash at its end; empty when it is this server's root. */
  helpdeskBase: string
  deskId: string
}

/** The desk's help centre, which speaks the reader's language. */
export const helpCenterOf = ({ helpdeskBase, deskId }: Site) => `${helpdeskBase}/help/${deskId}`

/** What a page adds to the frame around it. */
export interface Page {
  title: string
  /** The entry of the navigation to mark. */
  current?: 'shop' | 'help' | 'cart' | 'account' | 'admin'
  cartCount: number
  body: Html
  /** What this page shows about the helpdesk. */
  note: Html
  /** How the widget is embedded: by a script tag alone, or with a container and a global. (Default: `script`) */
  embed?: 'script' | 'container'
  /** Who is signed in, vouched for by the shop's server. */
  signed: SignedCustomer | null
  /** For the one inline script there may be. */
  nonce: string
}

/** The whole document of a page. The embed code stands at its end, as the documentation writes it. */
export function renderPage(site: Site, page: Page): string {
  const { prefix, helpdeskBase } = site
  const entry = (name: Page['current'], path: string, label: string, badge: Html | false = false) =>
    html`<a href="${prefix}${path}"${page.current === name ? html` aria-current="page"` : false}>${label}${badge}</a>`
  const badge = page.cartCount > 0 && html` <span class="badge">${page.cartCount}</span>`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${page.title} · Slowpour</title>
<link rel="icon" href="${prefix}/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${prefix}/shop.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<p class="strip">This shop is made up. <span>The helpdesk in its corner is real.</span></p>
<div class="top">
<a class="brand" href="${prefix}">${logo}Slowpour</a>
<nav class="menu" aria-label="Shop">
${entry('shop', '', 'Shop')}
${entry('help', '/help', 'Help')}
${entry('account', '/account', page.signed ? 'Robin' : 'Account')}
${entry('admin', '/admin', 'Back office')}
${entry('cart', '/cart', 'Cart', badge)}
</nav>
</div>
</header>
<main id="main">
${page.body}
<aside class="note" aria-label="About this demo">${page.note}
<p class="links"><a href="${helpdeskBase}/dashboard/">Open the dashboard</a>
<a href="${helpdeskBase}/dev/mail">Read the e-mails</a>
<a href="${helpdeskBase}/api/docs">Browse the API</a></p></aside>
</main>
<footer class="foot"><p>${logo} Slowpour, gear for unhurried coffee. A demo shop: nothing is sold, nobody is charged.</p>
<p><a class="foot-link" href="${helpCenterOf(site)}">Help centre</a></p></footer>
<script src="${prefix}/shop.js"></script>
${page.embed === 'container' ? containerAndGlobal(site, page.signed, page.nonce) : scriptTag(site, page.signed)}
</body>
</html>
`.markup
}
