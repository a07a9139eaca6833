import { type KeptMail, listKeptMails, listWholeKeptMails } from '../adapters/kept-mail.ts'
import type { Queryable } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { loadRaw } from '../emails/raw-files.ts'
import { readMail } from '../emails/reading.ts'
import { type Fate, fatesOf, keptRaw } from './dev-mail-fate.ts'
import type { MailTheme } from './dev-mail-frame.ts'
import { mimeOf } from './dev-mail-mime.ts'
import { threadsOf } from './dev-mail-threads.ts'
import { type MailLook, mailViews, type OpenedMail } from './dev-mail-views.tsx'

/** Everything about a kept mail. */
export async function openMail(deps: Deps, kept: KeptMail): Promise<OpenedMail> {
  const lines = await listKeptMails(deps.db)
  const thread = threadsOf(lines).find((one) => one.some(({ id }) => id === kept.id)) ?? []
  const fates = await fatesOf(deps.db, [...thread, kept])
  const raw = (await arrivedRaw(deps, kept)) ?? (await mimeOf(kept.mail, kept.createdAt, kept.id))
  const fate = (kept.takenInAs && fates.get(kept.takenInAs.emailId)) ?? null
  return { kept, raw, read: await readMail(raw), fate, thread, fates }
}

/** The bytes that were handed to the desk, as long as it has them. */
async function arrivedRaw(deps: Deps, { takenInAs }: KeptMail): Promise<Uint8Array | null> {
  const row = takenInAs && (await keptRaw(deps.db, takenInAs))
  return row ? loadRaw(deps, row) : null
}

/** Where the dashboard shows the conversation of a mail. */
export function conversationUrl({ config }: Pick<Deps, 'config'>, fate: Fate | null): string | null {
  if (!fate?.conversationId) return null
  return `${config.publicUrl}/dashboard/#/desks/${encodeURIComponent(fate.desk)}/conversations/${fate.conversationId}`
}

/** How a mail is to be looked at, from the query of its address. */
export function lookOf(query: unknown, { kept, read }: OpenedMail): MailLook {
  const { view, width } = query as { view?: unknown; width?: unknown }
  const first = kept.mail.html === '' ? 'text' : 'html'
  const asked = mailViews.find((one) => one === view) ?? first
  const isMissing = asked === 'files' && !read?.parts.length
  return { view: isMissing ? first : asked, theme: themeOf(query), narrow: width === 'narrow' }
}

/** In which light, from the query of an address. */
export function themeOf(query: unknown): MailTheme {
  const { theme } = query as { theme?: unknown }
  return theme === 'light' || theme === 'dark' ? theme : null
}

/** The kept mails for programs, newest first. @param person only those to or from this address */
export async function keptMailsAsJson(db: Queryable, person: string | null) {
  const all = await listWholeKeptMails(db)
  const fates = await fatesOf(db, all)
  return all
    .filter(({ mail, takenInAs }) => {
      const { address } = takenInAs ? mail.from : mail.to
      return person === null || address.toLowerCase() === person
    })
    .map(({ id, mail, createdAt, takenInAs }) => {
      const fate = takenInAs && fates.get(takenInAs.emailId)
      const { state, reason, match, number } = fate ?? {}
      return { id, createdAt, ...mail, takenIn: fate ? { state, reason, match, conversation: number } : null }
    })
}
