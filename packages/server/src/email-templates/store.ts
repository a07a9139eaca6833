import type { EmailTemplateKind, EmailTemplateText, Locale } from '@helpdesk/core'
import type { Queryable, Statement } from '../db/db.ts'

/** A desk's own words. */
export interface TemplateRow extends EmailTemplateText {
  kind: EmailTemplateKind
  locale: Locale
}

const selectOne: Statement = {
  name: 'email_template',
  text: `select kind, locale, subject, body from helpdesk.email_templates where desk_id = $1 and kind = $2 and locale = $3`,
}

const selectAll: Statement = {
  name: 'email_templates',
  text: 'select kind, locale, subject, body from helpdesk.email_templates where desk_id = $1',
}

const upsert: Statement = {
  name: 'email_template_save',
  text: `insert into helpdesk.email_templates (desk_id, kind, locale, subject, body, updated_at)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (desk_id, kind, locale) do update
    set subject = excluded.subject, body = excluded.body, updated_at = excluded.updated_at`,
}

const remove: Statement = {
  name: 'email_template_reset',
  text: 'delete from helpdesk.email_templates where desk_id = $1 and kind = $2 and locale = $3',
}

/** The desk's own words for a kind of e-mail in one language. */
export async function selectTemplate(
  db: Queryable,
  deskId: string,
  kind: EmailTemplateKind,
  locale: Locale,
): Promise<TemplateRow | null> {
  const [row] = await db.run<TemplateRow>(selectOne, [deskId, kind, locale])
  return row ?? null
}

/** All of the desk's own words. */
export function selectTemplates(db: Queryable, deskId: string): Promise<TemplateRow[]> {
  return db.run(selectAll, [deskId])
}

/** Keeps the desk's own words. */
export async function saveTemplate(
  db: Queryable,
  deskId: string,
  row: TemplateRow,
  now: Date,
): Promise<void> {
  await db.run(upsert, [deskId, row.kind, row.locale, row.subject, row.body, now])
}

/** Forgets the desk's own words. */
export async function deleteTemplate(
  db: Queryable,
  deskId: string,
  kind: EmailTemplateKind,
  locale: Locale,
): Promise<void> {
  await db.run(remove, [deskId, kind, locale])
}
