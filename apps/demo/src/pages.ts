import { type CartLine, cartTotals } from './cart.ts'
import { formatPrice, type Product, products } from './catalog.ts'
import { type Html, html } from './html.ts'
import { heroScene, illustration } from './illustrations.ts'
import type { Page, Site } from './layout.ts'

/** Everything of a page but what the frame adds: the cart's count and who is signed in. */
export type PageContent = Omit<Page, 'cartCount' | 'signed' | 'nonce'>

/** Where the demo desk hides its widget, as rules of the desk's settings. */
export const demoHideRules = ['*/checkout*', '*/admin*', '*/account/security*'] as const

const visibleNote = html`<h2>Try it</h2>
<ol><li>Write something in the bubble in the corner.</li>
<li>Answer it in the dashboard, in another tab or on your phone: it arrives here at once.</li>
<li>Close this tab and answer again: after a minute it becomes an <span class="whole">e-mail</span>.</li></ol>`

const hiddenNote = (rule: string) => html`<h2>No bubble here</h2>
<p>The rule <code>${rule}</code> hides the helpdesk on this page. You find it in the dashboard under
Settings, Visibility, together with a tester that says which rule decided.</p>`

const card = (
  prefix: string,
  product: Product,
) => html`<li><a class="card" href="${prefix}/products/${product.slug}">
<span class="stage tint-${product.tint}">${illustration(product.slug)}</span>
<span class="card-name">${product.name}</span><span class="card-line">${product.line}</span>
<span class="price">${formatPrice(product.price)}</span></a></li>`

/** The first page: what the shop is, and all it sells. */
export function homePage({ prefix }: Site): PageContent {
  return {
    title: 'Gear for unhurried coffee',
    current: 'shop',
    body: html`<section class="hero"><div><h1>Five quiet minutes, every&nbsp;morning.</h1>
<p>Kettles, grinders and cups that do one thing well and last for decades. Bring your own fog.</p>
<p class="actions"><a class="button" href="#gear">See the gear</a>
<a class="quiet" href="${prefix}/products/foggy-monday">Try the beans</a></p></div>${heroScene}</section>
<section aria-labelledby="gear"><h2 id="gear">The gear</h2>
<ul class="grid">${products.map((product) => card(prefix, product))}</ul></section>
<section class="promises" aria-label="Promises"><div><h3>Repaired, not replaced</h3>
<p>Every part of every product can be bought on its own, for at least fifteen years.</p></div>
<div><h3>Free shipping from €50</h3><p>By bicycle in town, by train through Europe. Three days at most.</p></div>
<div><h3>Somebody answers</h3><p>Ask about grind sizes, gaskets or life. The bubble in the corner is read by people.</p></div></section>`,
    note: visibleNote,
  }
}

/** One product. */
export function productPage({ prefix }: Site, product: Product): PageContent {
  const others = products.filter((one) => one !== product && one.tint !== product.tint).slice(0, 4)
  return {
    title: product.name,
    current: 'shop',
    body: html`<div class="stack"><p class="crumbs"><a href="${prefix}">Shop</a> <span aria-hidden="true">/</span> ${product.name}</p>
<section class="product"><span class="stage tint-${product.tint}">${illustration(product.slug)}</span>
<div><h1>${product.name}</h1><p class="lead">${product.line}</p><p class="price big">${formatPrice(product.price)}</p>
<p>${product.about}</p>
<form method="post" action="${prefix}/cart"><input type="hidden" name="slug" value="${product.slug}">
<label class="count">Quantity <select name="add">${[1, 2, 3, 4, 5].map((n) => html`<option>${n}</option>`)}</select></label>
<button class="button">Add to cart</button></form>
<dl class="facts">${product.facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></div></section></div>
<section aria-labelledby="also"><h2 id="also">Goes well with it</h2>
<ul class="grid">${others.map((one) => card(prefix, one))}</ul></section>`,
    note: visibleNote,
  }
}

/** The cart, with quantities to change. */
export function cartPage({ prefix }: Site, lines: readonly CartLine[]): PageContent {
  const { goods, shipping, total } = cartTotals(lines)
  const empty = html`<section class="empty"><span class="stage tint-butter">${illustration('pair-cups')}</span>
<h1>Your cart is empty</h1><p>Nothing to carry. That can be nice, too.</p>
<a class="button" href="${prefix}">Back to the shop</a></section>`
  const filled = html`<div class="stack"><h1>Cart</h1><div class="cart"><ul>${lines.map((line) => cartLine(prefix, line))}</ul>
<div class="sum"><h2>Total</h2><dl><div><dt>Goods</dt><dd>${formatPrice(goods)}</dd></div>
<div><dt>Shipping</dt><dd>${shipping === 0 ? 'free' : formatPrice(shipping)}</dd></div>
<div class="total"><dt>To pay</dt><dd>${formatPrice(total)}</dd></div></dl>
<a class="button wide" href="${prefix}/checkout">Go to checkout</a></div></div></div>`
  return { title: 'Cart', current: 'cart', body: lines.length === 0 ? empty : filled, note: visibleNote }
}

function cartLine(prefix: string, { product, quantity }: CartLine): Html {
  const set = (to: number, sign: string, label: string) =>
    html`<button name="quantity" value="${to}" aria-label="${label}: ${product.name}">${sign}</button>`
  return html`<li class="line"><a class="stage tint-${product.tint}" href="${prefix}/products/${product.slug}"
 tabindex="-1" aria-hidden="true">${illustration(product.slug)}</a>
<div><a class="card-name" href="${prefix}/products/${product.slug}">${product.name}</a><p>${product.line}</p></div>
<form class="stepper" method="post" action="${prefix}/cart"><input type="hidden" name="slug" value="${product.slug}">
${set(quantity - 1, '−', 'One less')}<span>${quantity}</span>${set(quantity + 1, '+', 'One more')}</form>
<p class="price">${formatPrice(product.price * quantity)}</p></li>`
}

/** The checkout, which the desk's rules keep free of the widget. */
export function checkoutPage({ prefix }: Site, lines: readonly CartLine[]): PageContent {
  const { count, total } = cartTotals(lines)
  const field = (label: string, value: string, autocomplete: string) =>
    html`<label>${label}<input value="${value}" autocomplete="${autocomplete}" required></label>`
  return {
    title: 'Checkout',
    current: 'cart',
    body: html`<section class="narrow"><h1>Checkout</h1>
<p class="lead">${count === 0 ? 'Your cart is empty, but please look around.' : html`${count} ${count === 1 ? 'thing' : 'things'}, ${formatPrice(total)} altogether.`}</p>
<form class="fields" method="post" action="${prefix}/checkout">
${field('Name', 'Robin Sample', 'name')}${field('Street', '12 Harbour Lane', 'street-address')}
<div class="pair">${field('Postcode', '1012 AB', 'postal-code')}${field('Town', 'Amsterdam', 'address-level2')}</div>
<button class="button wide">Order without paying</button></form></section>`,
    note: hiddenNote(demoHideRules[0]),
  }
}

/** What the shop's own team would see; the rules keep the widget away from it. */
export function adminPage({ helpdeskBase }: Site): PageContent {
  const rows = [
    ['2048', 'Robin Sample', 'Heron kettle', 'Packed'],
    ['2047', 'Amélie Duval', 'Foggy Monday × 2', 'On its way'],
    ['2046', 'Jonas Weber', 'No. 3 grinder', 'Delivered'],
    ['2045', 'Oksana Koval', 'A pair of cups', 'Delivered'],
  ]
  return {
    title: 'Back office',
    current: 'admin',
    body: html`<div class="stack"><h1>Back office</h1><p class="lead">Where the shop’s own people work. Customers’ messages are in the
<a href="${helpdeskBase}/dashboard/">helpdesk’s dashboard</a>.</p>
<div class="table"><table><thead><tr><th>Order</th><th>Customer</th><th>Goods</th><th>State</th></tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div></div>`,
    note: hiddenNote(demoHideRules[1]),
  }
}
