import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readCart } from './cart.ts'
import { products } from './catalog.ts'
import { customer } from './customer.ts'
import { html } from './html.ts'
import { demoHideRules, demoShop } from './index.ts'

const options = { prefix: '/demo', helpdeskBase: '', deskId: 'demo' }

describe('the demo shop', () => {
  let app: FastifyInstance
  beforeEach(async () => {
    app = Fastify()
    await demoShop(app, options)
  })
  afterEach(() => app.close())

  const paths = [
    '/demo',
    '/demo/',
    ...products.map((product) => `/demo/products/${product.slug}`),
    '/demo/cart',
    '/demo/checkout',
    '/demo/account',
    '/demo/account/beans',
    '/demo/account/security',
    '/demo/admin',
  ]

  test.each(paths)(
    '%s embeds the widget as documented, under a strict policy, with nothing from elsewhere',
    async (url) => {
      const response = await app.inject({ url })
      expect(response.statusCode).toBe(200)
      expect(response.body).toContain('<script src="/widget.js" data-helpdesk-id="demo"></script>')
      expect(response.headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      )
      expect(response.body).not.toMatch(/https?:\/\/|\sstyle=|<style|\son\w+=|<script>/)
      for (const [, link] of response.body.matchAll(/href="(\/demo[^"#]*)/g)) {
        expect((await app.inject({ url: link as string })).statusCode, link).toBe(200)
      }
    },
  )

  test('the help page has the container and the global, under a policy that names its one inline script', async () => {
    const { body, headers } = await app.inject({ url: '/demo/help' })
    expect(body).toContain('<div id="intum-helpdesk-widget"></div>')
    const [, nonce, config] = /<script nonce="([^"]+)">\s*var IntumHelpdeskWidget = ([^;]+);/.exec(body) ?? []
    expect(headers['content-security-policy']).toContain(`script-src 'self' 'nonce-${nonce}';`)
    expect(JSON.parse(config as string)).toEqual({ desk_token: 'demo', locale: 'en' })
    expect(body).toContain('<script src="/widget.js"></script>')
    expect((await app.inject({ url: '/demo/help' })).body).not.toContain(nonce)
    for (const [, link] of body.matchAll(/href="(\/demo[^"#]*)/g)) {
      expect((await app.inject({ url: (link as string).replaceAll('&amp;', '&') })).statusCode, link).toBe(
        200,
      )
    }
  })
  test('every page leads to the help centre, and the help page to its answers', async () => {
    for (const url of ['/demo', '/demo/cart', '/demo/help'])
      expect((await app.inject({ url })).body).toContain('href="/help/demo">Help centre</a>')
    const { body } = await app.inject({ url: '/demo/help' })
    expect([...body.matchAll(/href="\/help\/demo\/en\/([^"]+)"/g)].map((match) => match[1])).toEqual([
      'delivery-times',
      'grind-sizes',
      'descaling-the-heron-kettle',
    ])
  })
  test('who is signed in is vouched for on every page, in attributes and in the global, until they sign out', async () => {
    const shop = Fastify()
    const vouchFor = vi.fn(async () => 'v2.k1.99.abc')
    await demoShop(shop, { ...options, vouchFor })
    const signIn = await shop.inject({ method: 'POST', url: '/demo/sign-in' })
    const cookie = String(signIn.headers['set-cookie']).split(';')[0] as string
    const { body } = await shop.inject({ url: '/demo', headers: { cookie } })
    expect(body).toContain('data-helpdesk-id="demo" data-client-external-id="cafe-12"')
    expect(body).toContain('data-email="robin@harbour.example"')
    expect(body).toContain('data-signature="v2.k1.99.abc"')
    const help = await shop.inject({ url: '/demo/help', headers: { cookie } })
    expect(help.body).toMatch(/"user_email": "robin@harbour.example"[^;]*"signature": "v2.k1.99.abc"/)
    expect(vouchFor).toHaveBeenCalledWith(customer)
    expect((await shop.inject({ url: '/demo' })).body).not.toContain('signature')
    const signOut = await shop.inject({ method: 'POST', url: '/demo/sign-out', headers: { cookie } })
    expect(signOut.headers['set-cookie']).toContain('Max-Age=0')
  })
  test('a helpdesk elsewhere is named in the embed code and in the policy', async () => {
    const other = Fastify()
    await demoShop(other, { prefix: '/shop', helpdeskBase: 'https://desk.example/help/', deskId: 'a-b' })
    const { body, headers } = await other.inject({ url: '/shop' })
    expect(body).toContain(
      '<script src="https://desk.example/help/widget.js" data-helpdesk-id="a-b"></script>',
    )
    expect(headers['content-security-policy']).toContain("connect-src 'self' https://desk.example;")
  })

  test.each(['/demo/products/nothing', '/demo/account/nothing', '/demo/products/constructor', '/demo/a/b'])(
    '%s is not there',
    async (url) => {
      const { statusCode, body } = await app.inject({ url })
      expect([statusCode, body.includes('We looked everywhere')]).toEqual([404, true])
    },
  )

  test('the cart is filled, changed and emptied', async () => {
    let cookie = ''
    const put = async (payload: string) => {
      const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
      const response = await app.inject({ method: 'POST', url: '/demo/cart', headers, payload })
      expect([response.statusCode, response.headers.location]).toEqual([303, '/demo/cart'])
      cookie = String(response.headers['set-cookie'] ?? cookie).split(';')[0] as string
      return readCart(cookie).map((line) => [line.product.slug, line.quantity])
    }
    expect(await put('slug=heron-kettle&add=2')).toEqual([['heron-kettle', 2]])
    expect(await put('slug=pair-cups&add=1')).toEqual([
      ['heron-kettle', 2],
      ['pair-cups', 1],
    ])
    expect(await put('slug=heron-kettle&add=5')).toEqual([
      ['heron-kettle', 7],
      ['pair-cups', 1],
    ])
    expect(await put('slug=heron-kettle&quantity=99')).toEqual([
      ['heron-kettle', 9],
      ['pair-cups', 1],
    ])
    expect(await put('slug=heron-kettle&quantity=x')).toEqual([
      ['heron-kettle', 9],
      ['pair-cups', 1],
    ])
    expect(await put('slug=nothing&add=1')).toEqual([
      ['heron-kettle', 9],
      ['pair-cups', 1],
    ])
    const page = await app.inject({ url: '/demo/cart', headers: { cookie } })
    expect(page.body).toContain('€829')
    expect(await put('slug=heron-kettle&quantity=0')).toEqual([['pair-cups', 1]])
    const order = await app.inject({ method: 'POST', url: '/demo/checkout', headers: { cookie } })
    expect([order.statusCode, order.headers.location]).toEqual([303, '/demo/account?ordered'])
    expect(readCart(String(order.headers['set-cookie']).split(';')[0])).toEqual([])
  })

  test.each([
    undefined,
    '',
    'demo_cart',
    'demo_cart=',
    'demo_cart=__proto__.1~x.2~heron-kettle.0~heron-kettle.10~.~',
  ])('the cart of the cookie %j is empty', (cookie) => {
    expect(readCart(cookie)).toEqual([])
  })

  test('the pages that say so are the ones that the rules hide', async () => {
    const hidden = (path: string) => demoHideRules.some((rule) => path.includes(rule.replaceAll('*', '')))
    const said = []
    for (const path of paths) {
      if ((await app.inject({ url: path })).body.includes('No bubble here')) said.push(path)
    }
    expect(paths.filter(hidden)).toEqual([...said.slice(0, 1), '/demo/account/security', ...said.slice(1)])
  })
})

test('texts in markup are escaped, markup is not', () => {
  const evil = `<script>"x" & 'y'</script>`
  expect(
    html`<p title="${evil}">${evil}${html`<b>${1}</b>`}${[html`<i></i>`, html`<i></i>`]}${false}${null}</p>`
      .markup,
  ).toBe(
    '<p title="&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/script&gt;">&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/script&gt;<b>1</b><i></i><i></i></p>',
  )
})
