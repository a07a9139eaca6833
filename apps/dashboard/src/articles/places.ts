import type { Locale } from '@helpdesk/core'
import { deskUrl } from '../client.ts'

/** The help centre of a desk in a language. */
export function helpCenterUrl(deskId: string, locale: Locale): string {
  return `${deskUrl()}help/${encodeURIComponent(deskId)}/${locale}`
}

/** The page of an article in the help centre. */
export function articleUrl(deskId: string, locale: Locale, slug: string): string {
  return `${helpCenterUrl(deskId, locale)}/${slug}`
}
