import { html } from './html.ts'
import { helpCenterOf, type Site } from './layout.ts'
import type { PageContent } from './pages.ts'

/** Questions of which each link opens the new-ticket form, filled in as far as the shop knows the answer. */
const links = [
  ['Something arrived broken', '?c=gear&priority=high&title=Something+arrived+broken'],
  ['Change my beans by post', '?c=beans&title=Change+my+beans+by+post'],
  ['An invoice is wrong', '?c=billing&title=An+invoice+is+wrong'],
] as const

/** What is asked most, answered in the help centre. */
const articles = [
  ['How long does delivery take?', 'delivery-times'],
  ['Which grind size for what?', 'grind-sizes'],
  ['Why does my kettle beep?', 'descaling-the-heron-kettle'],
] as const

/** The help page: the widget fills a part of it, and the links above open its form. */
export function helpPage(site: Site, signedIn: boolean): PageContent {
  const { prefix } = site
  const answers = helpCenterOf(site)
  return {
    title: 'Help',
    current: 'help',
    embed: 'container',
    body: html`<div class="stack"><h1>Something on your mind?</h1>
<p class="lead">Look for an answer in our <a href="${answers}">help centre</a>, or choose what it is about and ask.</p>
<ul class="answers">${articles.map(([label, slug]) => html`<li><a href="${answers}/en/${slug}">${label}</a></li>`)}</ul>
<ul class="ways">${links.map(([label, query]) => html`<li><a class="quiet" href="${prefix}/help${query}">${label}</a></li>`)}</ul>
<section class="desk" aria-label="Helpdesk"><div id="intum-helpdesk-widget"></div></section></div>`,
    note: signedIn
      ? html`<h2>In the page, not over it</h2>
<p>Here the widget stands in a container, with the same signed attributes in a global object. The links above carry
<code>title</code>, <code>c</code> and <code>priority</code> in the address: the form opens filled in, and is never
sent by itself.</p>`
      : html`<h2>Nobody is signed in</h2>
<p>So the form asks who you are first. <a href="${prefix}/account">Sign in</a> on the account page and come back: it
knows you, and lists what you have asked.</p>`,
  }
}
