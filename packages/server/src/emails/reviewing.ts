import { Readable } from 'node:stream'
import { cleanFileName, HelpdeskError, type IncomingMatch, type IncomingState } from '@helpdesk/core'
import type { Email, EmailDetail } from '@helpdesk/core/api'
import type { AgentActor } from '../agents/service.ts'
import type { Beside } from '../conversations/making.ts'
import { writeNote } from '../conversations/writing.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import type { ServedFile } from '../http/download.ts'
import { bodyOf, keepFiles } from './attaching.ts'
import { begin } from './posting.ts'
import { loadRaw } from './raw-files.ts'
import { type ReadMail, readMail } from './reading.ts'
import {
  countHeld,
  type EmailFilter,
  type EmailRow,
  finishEmail,
  lockEmail,
  selectEmail,
  selectEmails,
  type WholeEmailRow,
} from './store.ts'
import { finish } from './taking.ts'
import { emailDetailView, emailView } from './views.ts'
import { hideTokens, textOf } from './words.ts'

const beyondEveryId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** A page of the e-mails that came in, newest first, and how many wait for an agent. @throws HelpdeskError validation_failed */
export async function listEmails(
  deps: Deps,
  desk: DeskRecord,
  filter: EmailFilter,
  page: { cursor: string | undefined; limit: number },
): Promise<{ emails: Email[]; nextCursor: string | null; held: number }> {
  const before = page.cursor ?? beyondEveryId
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(before)) {
    throw new HelpdeskError('validation_failed', {
      detail: 'Check cursor',
      errors: [{ pointer: '/query/cursor', detail: 'is not a cursor of this list' }],
    })
  }
  const [rows, held] = await Promise.all([
    selectEmails(deps.db, desk.deskId, filter, { before, limit: page.limit + 1 }),
    countHeld(deps.db, desk.deskId),
  ])
  const shown = rows.slice(0, page.limit)
  const nextCursor = rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null
  return { emails: shown.map((row) => emailView(row)), nextCursor, held }
}

/** An e-mail whole: with what was quoted, and what its sender put into its header. @throws HelpdeskError not_found */
export async function getEmail(deps: Deps, desk: DeskRecord, id: string): Promise<EmailDetail> {
  const row = await emailOf(deps, desk, id)
  return emailDetailView(row, await mailOf(deps, row))
}

/** An e-mail as it travelled, to be saved, but for the tokens of reply addresses. @throws HelpdeskError not_found */
export async function rawEmail(deps: Deps, desk: DeskRecord, id: string): Promise<ServedFile> {
  const row = await emailOf(deps, desk, id)
  const kept = await loadRaw(deps, row)
  if (!kept) throw new HelpdeskError('not_found')
  const raw = Buffer.from(hideTokens(Buffer.from(kept).toString('latin1'), 'x'.repeat(42)), 'latin1')
  return {
    name: cleanFileName(`${row.subject.slice(0, 80).replace(/[/\\]/g, '_') || 'e-mail'}.eml`),
    type: 'message/rfc822',
    isInline: false,
    bytes: raw.length,
    etag: `"${row.id}"`,
    maxAge: 0,
    open: async (range) => Readable.from([range ? raw.subarray(range.start, range.end + 1) : raw]),
  }
}

/** What agents may take in: what waits for them, and what was left out or put aside by mistake. */
const acceptable: readonly IncomingState[] = ['held', 'ignored', 'dismissed']

/**
 * Takes in an e-mail that waits, was left out or was put aside: as a note in its conversation, which its sender gets to see
 * nothing of, or as a conversation of its sender's own.
 * @throws HelpdeskError not_found, conflict when it was taken in already or has no conversation, desk_inactive
 */
export async function acceptEmail(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  id: string,
  as: 'note' | 'new',
): Promise<Email> {
  const row = await emailOf(deps, desk, id)
  if (!acceptable.includes(row.state)) throw notHeld()
  if (as === 'new' && !desk.settings.active) throw new HelpdeskError('desk_inactive')
  const mail = await mailOf(deps, row)
  const sender = mail?.from.address
  if (!mail || !sender) throw new HelpdeskError('conflict', { detail: 'The e-mail cannot be read' })
  if (as === 'note' && (row.conversationId === null || row.number === null)) {
    throw new HelpdeskError('conflict', { detail: 'The e-mail belongs to no conversation' })
  }
  if (as === 'new') await begin(deps, desk, { id, mail, sender }, accepted(deps, desk, row, 'new'))
  else await note(deps, desk, agent, row, mail)
  return emailView(await emailOf(deps, desk, id))
}

/** Of two agents only one writes, and what was written is never without its e-mail, whenever the process ends. */
const accepted = (deps: Deps, { deskId }: DeskRecord, row: EmailRow, match: IncomingMatch): Beside => ({
  async before(tx) {
    if (!(await lockEmail(tx, deskId, row.id, row.state))) throw notHeld()
  },
  async after(tx, made) {
    const place = { match: row.match, conversationId: row.conversationId }
    // The conversation in which it waited hears of it first, also when it becomes another one.
    await finishEmail(tx, deskId, row.id, row.state, { state: 'taken', ...place }, deps.now())
    await finishEmail(tx, deskId, row.id, 'taken', { state: 'taken', match, ...made }, deps.now())
  },
})

async function note(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  row: WholeEmailRow,
  mail: ReadMail,
): Promise<void> {
  const from = mail.from.address ?? ''
  const conversationId = row.conversationId ?? ''
  const { keys, lines } = await keepFiles(deps, desk, { kind: 'agent', owner: `agent:${agent.id}` }, mail)
  const sender = mail.from.name ? `${mail.from.name} <${from}>` : from
  const message = bodyOf(
    desk,
    [`✉ ${sender}`, mail.subject, textOf(mail)].filter(Boolean).join('\n\n'),
    lines,
  )
  const original = { emailId: row.id, from, proved: false }
  const beside = accepted(deps, desk, row, 'agent')
  await writeNote(deps, desk, agent, { conversationId, message, attachments: keys, original, beside }, null)
}

/** Puts a held e-mail aside. @throws HelpdeskError not_found, conflict when it is not held any more */
export async function dismissEmail(deps: Deps, desk: DeskRecord, id: string): Promise<Email> {
  const { state, reason, match, conversationId } = await emailOf(deps, desk, id)
  const outcome = { state: 'dismissed', reason, match, conversationId } as const
  if (state !== 'held' || !(await finish(deps, desk.deskId, id, outcome, 'held'))) throw notHeld()
  return emailView(await emailOf(deps, desk, id))
}

const notHeld = () => new HelpdeskError('conflict', { detail: 'The e-mail does not wait any more' })

async function emailOf(deps: Deps, desk: DeskRecord, id: string): Promise<WholeEmailRow> {
  const row = await selectEmail(deps.db, desk.deskId, id)
  if (!row) throw new HelpdeskError('not_found')
  return row
}

async function mailOf(deps: Deps, row: WholeEmailRow): Promise<ReadMail | null> {
  const raw = await loadRaw(deps, row)
  return raw && readMail(raw)
}
