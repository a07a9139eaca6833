import type { IncomingMatch, IncomingReason, IncomingState } from '@helpdesk/core'
import type { KeptMail, TakenInAs } from '../adapters/kept-mail.ts'
import type { Queryable, Statement } from '../db/db.ts'

/** What became of a mail to the desk. */
export interface Fate {
  emailId: string
  state: IncomingState
  reason: IncomingReason | null
  match: IncomingMatch | null
  lastError: string | null
  desk: string
  conversationId: string | null
  number: string | null
}

const selectFates: Statement = {
  name: 'dev_mail_fates',
  text: `select e.id as "emailId", e.state, e.reason, e.match, e.last_error as "lastError", d.public_id as desk,
      e.conversation_id as "conversationId", c.number
    from json_to_recordset($1::text::json) as kept("deskId" uuid, "emailId" uuid)
      join helpdesk.emails e on e.desk_id = kept."deskId" and e.id = kept."emailId"
      join helpdesk.desks d on d.desk_id = e.desk_id
      left join helpdesk.conversations c on c.desk_id = e.desk_id and c.id = e.conversation_id`,
}

const selectRaw: Statement = {
  name: 'dev_mail_raw',
  text: `select raw, file_key as "fileKey" from helpdesk.emails where desk_id = $1 and id = $2`,
}

/** What became of the mails to the desk among these, by the id of the e-mail. */
export async function fatesOf(
  db: Queryable,
  mails: readonly Pick<KeptMail, 'takenInAs'>[],
): Promise<ReadonlyMap<string, Fate>> {
  const asked = mails.flatMap(({ takenInAs }) => takenInAs ?? [])
  if (asked.length === 0) return new Map()
  const fates = await db.run<Fate>(selectFates, [JSON.stringify(asked)])
  return new Map(fates.map((fate) => [fate.emailId, fate]))
}

/** Where the bytes of an e-mail are kept. */
export async function keptRaw(
  db: Queryable,
  { deskId, emailId }: TakenInAs,
): Promise<{ raw: Uint8Array | null; fileKey: string | null } | null> {
  const [row] = await db.run<{ raw: Uint8Array | null; fileKey: string | null }>(selectRaw, [deskId, emailId])
  return row ?? null
}

const states: Record<IncomingState, string> = {
  received: 'Waiting to be taken in',
  taken: 'Taken',
  held: 'Held',
  ignored: 'Ignored',
  dismissed: 'Dismissed',
  failed: 'Failed',
}

const reasons: Record<IncomingReason, string> = {
  other_sender: 'The reply address belongs to somebody else: an agent looks at it first.',
  unproved_agent: 'It names an agent as its sender and nothing proves it: an agent looks at it first.',
  conversations_by_email_off: 'The desk begins no conversations by e-mail.',
  desk_inactive: 'The desk is switched off.',
  own_message: 'The desk wrote it itself.',
  auto_submitted: 'A program wrote it.',
  bulk: 'It went to many people at once.',
  null_return_path: 'It has no address to which an answer could go.',
  bounce: 'It reports that an e-mail could not be delivered.',
  unsubscribed: 'Its sender gets no more e-mails of the desk.',
  own_address: 'It comes from an address of the desk itself.',
  too_many: 'Too many e-mails of this sender within an hour.',
  empty: 'There is nothing in it.',
  no_sender: 'It does not say who sent it.',
  unreadable: 'It could not be read.',
  too_large: 'It is too large.',
}

const matches: Record<IncomingMatch, string> = {
  reply_address: 'The reply address led there.',
  message_id: 'It answers an e-mail of the conversation.',
  number: 'The number in the subject led there.',
  new: 'It began a conversation.',
  agent: 'An agent put it there.',
}

/** One word for what became of it. */
export const fateName = ({ state }: Fate) => states[state]

/** What became of a mail, in a heading and a sentence. */
export function fateWords(fate: Fate): { title: string; why: string } {
  const { state, reason, match, number, lastError } = fate
  const title = state === 'taken' && number !== null ? `Taken into conversation ${number}` : states[state]
  const why = reason ? reasons[reason] : match ? matches[match] : ''
  if (state === 'received' && lastError === null) return { title, why: 'It takes a second or two.' }
  return { title, why: [why, lastError ?? ''].filter(Boolean).join(' ') }
}
