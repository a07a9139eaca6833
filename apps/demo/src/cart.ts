import { findProduct, type Product } from './catalog.ts'

/** A product and how many of it. */
export interface CartLine {
  product: Product
  quantity: number
}

const cookieName = 'demo_cart'
const mostOfOne = 9
const freeShippingFrom = 5000

/** The cart of a Cookie header; anything the shop does not sell is left out. */
export function readCart(cookieHeader: string | undefined): CartLine[] {
  const pair = (cookieHeader ?? '').split(';').find((one) => one.trim().startsWith(`${cookieName}=`))
  const lines = new Map<string, CartLine>()
  for (const part of pair?.split('=')[1]?.trim().split('~') ?? []) {
    const [slug = '', count = ''] = part.split('.')
    const product = findProduct(slug)
    if (product && /^[1-9]$/.test(count)) lines.set(slug, { product, quantity: Number(count) })
  }
  return [...lines.values()]
}

/** The Set-Cookie header that keeps a cart until the browser is closed. */
export function cartCookie(lines: readonly CartLine[], path: string): string {
  const value = lines.map(({ product, quantity }) => `${product.slug}.${quantity}`).join('~')
  return `${cookieName}=${value}; Path=${path || '/'}; HttpOnly; SameSite=Lax`
}

/** The cart with so many of a product: none removes it, nine is the most. */
export function withQuantity(lines: readonly CartLine[], product: Product, quantity: number): CartLine[] {
  const wanted = Math.max(0, Math.min(mostOfOne, quantity))
  const others = lines.filter((line) => line.product.slug !== product.slug)
  if (wanted === 0) return others
  const changed = { product, quantity: wanted }
  const isNew = others.length === lines.length
  return isNew
    ? [...lines, changed]
    : lines.map((line) => (line.product.slug === product.slug ? changed : line))
}

/** What a cart costs, in cents: shipping is free from 50 euros on. */
export function cartTotals(lines: readonly CartLine[]): {
  count: number
  goods: number
  shipping: number
  total: number
} {
  const count = lines.reduce((sum, line) => sum + line.quantity, 0)
  const goods = lines.reduce((sum, line) => sum + line.product.price * line.quantity, 0)
  const shipping = goods === 0 || goods >= freeShippingFrom ? 0 : 490
  return { count, goods, shipping, total: goods + shipping }
}
