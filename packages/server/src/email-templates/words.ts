import type { EmailTemplateKind, EmailTemplateText, Locale } from '@helpdesk/core'
import type { Queryable } from '../db/db.ts'
import { defaultTemplates } from './defaults.ts'
import { selectTemplate } from './store.ts'

/** The words for a kind of e-mail in one language: the desk's own where it has some. */
export async function templateOf(
  db: Queryable,
  deskId: string,
  kind: EmailTemplateKind,
  locale: Locale,
): Promise<EmailTemplateText> {
  return (await selectTemplate(db, deskId, kind, locale)) ?? defaultTemplates[locale][kind]
}
