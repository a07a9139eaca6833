import { customer } from './customer.ts'
import { type Html, html } from './html.ts'
import { illustration } from './illustrations.ts'
import type { Site } from './layout.ts'
import { demoHideRules, type PageContent } from './pages.ts'

/** The parts of the account page; each has an address of its own. */
export const accountTabs = ['orders', 'beans', 'security'] as const

/** One part of the account page. */
export type AccountTab = (typeof accountTabs)[number]

const labels: Record<AccountTab, string> = { orders: 'Orders', beans: 'Beans by post', security: 'Security' }

const order = (number: string, when: string, name: string, state: string, picture: Html, tint: string) =>
  html`<li class="line"><span class="stage tint-${tint}">${picture}</span><div><span class="card-name">${name}</span>
<p>Order ${number}, ${when}</p></div><p class="pill">${state}</p></li>`

const panels: Record<AccountTab, Html> = {
  orders: html`<ul>
${order('2048', 'yesterday', 'Heron kettle', 'Packed', illustration('heron-kettle'), 'sky')}
${order('1973', 'in September', 'Otto moka pot', 'Delivered', illustration('otto-moka'), 'blush')}
${order('1822', 'in June', 'Foggy Monday, 500 g', 'Delivered', illustration('foggy-monday'), 'butter')}</ul>`,
  beans: html`<p>Every second Friday, 500 g of <strong>Foggy Monday</strong>, whole beans. Next parcel: this Friday.</p>
<p>Going away? Tell us in the bubble and we keep the beans company.</p>`,
  security: html`<p>Password changed 212 days ago. Two-step sign-in is on.</p>
<p>Pages like this one are nobody’s business, so the shop hides the helpdesk here with the rule
<code>${demoHideRules[2]}</code>. Watch the corner while you change tabs: the page does not load anew.</p>`,
}

const signing = (prefix: string, signedIn: boolean): Html =>
  html`<form class="signing" method="post" action="${prefix}/${signedIn ? 'sign-out' : 'sign-in'}">
<p>${signedIn ? html`The helpdesk knows you as <strong>${customer.user_name}</strong>, ${customer.client_name}.` : 'The helpdesk does not know you yet.'}</p>
<button class="quiet">${signedIn ? 'Sign out' : 'Sign in as Robin'}</button></form>`

/**
 * The customer's account. Its tabs change the address with pushState, which shows that the widget follows its
 * rules without a page load; every tab also works as a page of its own.
 */
export function accountPage(
  { prefix }: Site,
  current: AccountTab,
  { justOrdered, signedIn }: { justOrdered: boolean; signedIn: boolean },
): PageContent {
  const tab = (name: AccountTab) =>
    html`<a href="${prefix}/account/${name}" data-tab="${name}"${name === current ? html` aria-current="page"` : false}>${labels[name]}</a>`
  const panel = (name: AccountTab) =>
    html`<section class="panel" data-panel="${name}" aria-label="${labels[name]}"${
      name === current ? false : html` hidden`
    }>${panels[name]}</section>`
  return {
    title: 'Account',
    current: 'account',
    body: html`<div class="stack">${justOrdered && html`<p class="done" role="status">Thank you! Your order is not on its way, because this is a demo.</p>`}
<div class="greeting"><h1>Good morning, Robin</h1>${signing(prefix, signedIn)}</div>
<nav class="tabs" aria-label="Account">${accountTabs.map(tab)}</nav>
${accountTabs.map(panel)}</div>`,
    note: html`<h2>One page, three addresses</h2>
<p>These tabs use <code>history.pushState</code>, as single-page applications do. On <em>Security</em> the bubble
goes away, on the others it comes back; a draft in it survives.</p>
<p>When you are signed in, the shop’s server signs who you are, and every page hands that to the helpdesk: your
conversations follow you to any browser.</p>`,
  }
}
