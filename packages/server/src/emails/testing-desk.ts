import type { Mail } from '../adapters/mail.ts'
import { type DeskRecord, findDesk } from '../desks/service.ts'
import type { HelpdeskOptions } from '../options.ts'
import { type DatabaseKind, startDesk, type TestDesk } from '../testing.ts'
import { takeEmail, takeIn } from './service.ts'

/** What became of an e-mail, as its row says. */
export interface Became {
  id: string
  repeated: boolean
  state: string
  reason: string | null
  match: string | null
  conversationId: string | null
  messageId: string | null
}

/** A message of a thread as agents read it. */
export interface ThreadMessage {
  id: string
  kind: string
  author: { type: string; id: string | null }
  body: string
  via: string | null
  original: { emailId: string; from: string; proved: boolean } | null
  attachments: { name: string; bytes: number }[]
}

/** A conversation as agents read it. */
export interface Thread {
  id: string
  number: string
  status: string
  subject: string | null
  channel: string
  assignee: { id: string } | null
  contact: { id: string; email: string | null; emailVerified: boolean; identity: string; name: string | null }
  messages: ThreadMessage[]
}

/** A desk that gets e-mail, and what a test does with it. */
export interface MailDesk extends TestDesk {
  record: DeskRecord
  /** Brings an e-mail in by one of the ways, and takes it in. */
  arrive(
    raw: Uint8Array,
    envelope?: Partial<{ from: string | null; to: string[] }>,
    source?: 'imap' | 'smtp',
  ): Promise<Became>
  thread(conversationId: string): Promise<Thread>
  replies(conversationId: string): Promise<string[]>
  /** An agent answers, and the e-mails that follow are sent. @returns those of them */
  answer(conversationId: string, message?: string): Promise<Mail[]>
  /** Sends what is due. @returns what was sent */
  deliver(): Promise<Mail[]>
  conversations(): Promise<number>
}

/** Starts a desk whose e-mails come in at `in.shop.example`. */
export async function startMailDesk(
  kind: DatabaseKind,
  options: Partial<HelpdeskOptions> = {},
): Promise<MailDesk> {
  const desk = await startDesk(kind, {
    incomingMail: { domain: 'in.shop.example' },
    mailFrom: { name: 'Shop', address: 'support@shop.example' },
    attachmentQuota: false,
    ...options,
  })
  const { deps } = desk.handle
  const record = await findDesk(deps, desk.deskId)
  if (!record) throw new Error('The desk is not there')
  const query = async <Row>(text: string, values: unknown[]) =>
    deps.db.run<Row>({ name: `mail_desk_${text.length}`, text }, values)
  const deliver = async () => {
    const before = desk.mail.mails.length
    desk.clock.advance(61_000)
    await desk.handle.deliverDue()
    return desk.mail.mails.slice(before)
  }
  const thread = async (id: string) =>
    (await desk.asOwner({ url: `/api/desks/${desk.deskId}/conversations/${id}` })).body as Thread
  return Object.assign(desk, {
    record,
    async arrive(raw: Uint8Array, envelope = {}, source: 'imap' | 'smtp' = 'smtp') {
      const { id, repeated } = await takeIn(deps, record, {
        source,
        raw,
        envelope: { from: null, to: [], ...envelope },
      })
      await takeEmail(deps, record.deskId, id)
      const [row] = await query<Omit<Became, 'repeated'>>(
        `select id, state, reason, match, conversation_id as "conversationId", message_id as "messageId"
          from helpdesk.emails where desk_id = $1 and id = $2`,
        [record.deskId, id],
      )
      if (!row) throw new Error('The e-mail was not kept')
      return { ...row, repeated }
    },
    thread,
    replies: async (id: string) =>
      (await thread(id)).messages.filter((one) => one.kind === 'reply').map((one) => one.body),
    async answer(conversationId: string, message = 'We are on it') {
      const url = `/api/desks/${desk.deskId}/conversations/${conversationId}/replies`
      const { status } = await desk.asOwner({ method: 'POST', url, payload: { message } })
      if (status !== 201) throw new Error(`answer: ${status}`)
      return deliver()
    },
    deliver,
    async conversations() {
      const [row] = await query<{ n: number }>(
        'select count(*)::int as n from helpdesk.conversations where desk_id = $1',
        [record.deskId],
      )
      return row?.n ?? 0
    },
  })
}

/** Where an e-mail asks to be answered. */
export function replyToOf(mail: Mail | undefined): string {
  if (!mail?.replyTo) throw new Error('The e-mail has no reply address')
  return mail.replyTo.address
}
