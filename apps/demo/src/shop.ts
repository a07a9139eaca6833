import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type AccountTab, accountPage, accountTabs } from './account.ts'
import { cartCookie, readCart, withQuantity } from './cart.ts'
import { findProduct } from './catalog.ts'
import {
  type CustomerIdentity,
  customer,
  customerCookie,
  isSignedIn,
  type SignedCustomer,
} from './customer.ts'
import { helpPage } from './help.ts'
import { html } from './html.ts'
import { type Page, renderPage, type Site } from './layout.ts'
import { adminPage, cartPage, checkoutPage, homePage, type PageContent, productPage } from './pages.ts'

const asset = (name: string) => readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8')

/** Options of the demo shop. */
export interface DemoShopOptions {
  /** Path of the shop: `/demo`. */
  prefix: string
  /** Address of the helpdesk; empty when it is this server's root. */
  helpdeskBase: string
  /** The desk's public id. */
  deskId: string
  /** Signs who is signed in, on the shop's server and with a secret of the desk. (Default: nobody is vouched for) */
  vouchFor?(identity: CustomerIdentity): Promise<string>
}

/**
 * Serves a small made-up shop that embeds the widget with the documented script tag, under a content security policy
 * that allows the shop's own files and the helpdesk's, and nothing else.
 */
export async function demoShop(app: FastifyInstance, options: DemoShopOptions): Promise<void> {
  const site: Site = {
    prefix: options.prefix.replace(/\/+$/, ''),
    helpdeskBase: options.helpdeskBase.replace(/\/+$/, ''),
    deskId: options.deskId,
  }
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('content-security-policy', contentPolicy(site)).header('x-content-type-options', 'nosniff')
    })
    scope.addContentTypeParser<string>(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 4096 },
      (_request, body, done) => done(null, new URLSearchParams(body)),
    )
    assetRoutes(scope, site)
    pageRoutes(scope, site, options)
    formRoutes(scope, site)
  })
}

function contentPolicy({ helpdeskBase }: Site, nonce?: string): string {
  const desk = helpdeskBase === '' ? '' : ` ${new URL(helpdeskBase).origin}`
  return [
    "default-src 'none'",
    `script-src 'self'${desk}${nonce ? ` 'nonce-${nonce}'` : ''}`,
    "style-src 'self'",
    `img-src 'self' data:${desk}`,
    `connect-src 'self'${desk}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function assetRoutes(app: FastifyInstance, { prefix }: Site): void {
  const assets = [
    ['shop.css', 'text/css; charset=utf-8'],
    ['shop.js', 'text/javascript; charset=utf-8'],
    ['icon.svg', 'image/svg+xml'],
  ] as const
  for (const [name, type] of assets) {
    const text = asset(name)
    app.get(`${prefix}/${name}`, (_request, reply) =>
      reply.header('content-type', type).header('cache-control', 'no-cache').send(text),
    )
  }
}

function pageRoutes(app: FastifyInstance, site: Site, { vouchFor }: DemoShopOptions): void {
  const page = (path: string, content: (request: FastifyRequest) => PageContent | null) =>
    app.get(`${site.prefix}${path}`, async (request, reply) => {
      const found = content(request)
      const known = vouchFor && isSignedIn(request.headers.cookie)
      const signed = known ? { identity: customer, signature: await vouchFor(customer) } : null
      return sendPage(request, reply.code(found ? 200 : 404), site, { ...(found ?? missing), signed })
    })
  const cart = (request: FastifyRequest) => readCart(request.headers.cookie)
  const param = (request: FastifyRequest, name: string) =>
    (request.params as Record<string, string>)[name] ?? ''

  page('', () => homePage(site))
  if (site.prefix !== '') page('/', () => homePage(site))
  page('/products/:slug', (request) => {
    const product = findProduct(param(request, 'slug'))
    return product ? productPage(site, product) : null
  })
  page('/cart', (request) => cartPage(site, cart(request)))
  page('/checkout', (request) => checkoutPage(site, cart(request)))
  const signedIn = (request: FastifyRequest) => isSignedIn(request.headers.cookie)
  page('/help', (request) => helpPage(site, signedIn(request)))
  page('/account', (request) =>
    accountPage(site, 'orders', {
      justOrdered: 'ordered' in (request.query as object),
      signedIn: signedIn(request),
    }),
  )
  page('/account/:tab', (request) => {
    const tab = accountTabs.find((name): name is AccountTab => name === param(request, 'tab'))
    return tab ? accountPage(site, tab, { justOrdered: false, signedIn: signedIn(request) }) : null
  })
  page('/admin', () => adminPage(site))
  page('/*', () => null)
}

function formRoutes(app: FastifyInstance, { prefix }: Site): void {
  app.post(`${prefix}/cart`, (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const lines = readCart(request.headers.cookie)
    const product = findProduct(form.get('slug') ?? '')
    if (!product) return reply.redirect(`${prefix}/cart`, 303)
    const had = lines.find((line) => line.product === product)?.quantity ?? 0
    const wanted = form.has('add') ? had + Number(form.get('add')) : Number(form.get('quantity'))
    const changed = withQuantity(lines, product, Number.isInteger(wanted) ? wanted : had)
    return reply.header('set-cookie', cartCookie(changed, prefix)).redirect(`${prefix}/cart`, 303)
  })
  for (const [path, isIn] of [
    ['sign-in', true],
    ['sign-out', false],
  ] as const) {
    app.post(`${prefix}/${path}`, (_request, reply) =>
      reply.header('set-cookie', customerCookie(isIn, prefix)).redirect(`${prefix}/account`, 303),
    )
  }
  app.post(`${prefix}/checkout`, (_request, reply) =>
    reply.header('set-cookie', cartCookie([], prefix)).redirect(`${prefix}/account?ordered`, 303),
  )
}

const missing: PageContent = {
  title: 'Not here',
  body: html`<section class="empty"><h1>We looked everywhere</h1><p>There is no such page in this shop.</p></section>`,
  note: html`<h2>Lost?</h2><p>The bubble in the corner works on this page, too.</p>`,
}

function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  content: PageContent & { signed: SignedCustomer | null },
): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  if (content.embed === 'container') reply.header('content-security-policy', contentPolicy(site, nonce))
  const cartCount = readCart(request.headers.cookie).reduce((sum, line) => sum + line.quantity, 0)
  const page: Page = { ...content, cartCount, nonce }
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(renderPage(site, page))
}
