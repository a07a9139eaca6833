import { type Locale, locales } from '@helpdesk/core'

/** Where a link in an article leads. */
export type LinkTarget =
  | { to: 'anchor'; anchor: string }
  | { to: 'article'; href: string; slug: string; locale: Locale; anchor?: string }
  | { to: 'elsewhere'; href: string }

const schemes = ['http:', 'https:', 'mailto:', 'tel:']

/** Pages of the help centre that stand where articles do. */
const noArticles = ['search']

/** Finds out where a link leads, seen from the article's own page; nothing for an address that nobody should follow. */
export function linkTarget(href: string, page: string): LinkTarget | undefined {
  const url = resolve(href, page)
  if (!url) return
  const here = new URL(page)
  const anchor = decodeAnchor(url.hash)
  const isHere = url.origin === here.origin && url.pathname === here.pathname
  if (isHere && anchor) return { to: 'anchor', anchor }
  const center = here.pathname.split('/').slice(0, -2).join('/')
  const isInside = url.origin === here.origin && url.pathname.startsWith(`${center}/`)
  const [locale, slug, ...rest] = isInside ? url.pathname.slice(center.length + 1).split('/') : []
  const isArticle = slug && rest.length === 0 && /^[\w-]+$/.test(slug) && !noArticles.includes(slug)
  if (isArticle && isLocale(locale)) return { to: 'article', href: url.href, slug, locale, anchor }
  return { to: 'elsewhere', href: url.href }
}

/** The address of a picture, if it is one that may be shown. */
export function pictureAddress(source: string, page: string): string | undefined {
  if (/^data:image\/(?:png|jpeg|gif|webp|avif);base64,/.test(source)) return source
  const url = resolve(source, page)
  return url && /^https?:/.test(url.protocol) ? url.href : undefined
}

function resolve(address: string, page: string): URL | undefined {
  try {
    const url = new URL(address, page)
    return schemes.includes(url.protocol) ? url : undefined
  } catch {
    return undefined
  }
}

function decodeAnchor(hash: string): string | undefined {
  try {
    return decodeURIComponent(hash.slice(1)) || undefined
  } catch {
    return undefined
  }
}

const isLocale = (text: string | undefined): text is Locale => locales.includes(text as Locale)
