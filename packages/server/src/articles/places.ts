import type { Locale } from '@helpdesk/core'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'

/** What the address of an image of this desk's articles begins with. */
export function imagesOf({ config }: Pick<Deps, 'config'>, desk: DeskRecord): string {
  return `${config.publicUrl}/api/article-images/${desk.publicId}/`
}

/** The help centre of a desk in a language, without a slash at the end. */
export function helpCenterUrl({ config }: Pick<Deps, 'config'>, desk: DeskRecord, locale: Locale): string {
  const at = config.helpCenterDesk === desk.publicId ? '' : `/help/${desk.publicId}`
  return `${config.publicUrl}${at}/${locale}`
}
