import { randomBytes } from 'node:crypto'
import { type DeskSettings, defaultDeskSettings } from '@helpdesk/core'
import { vi } from 'vitest'
import { createClock } from '../../../../test/support/clock.ts'
import { type MemoryMail, memoryMail } from '../adapters/memory-mail.ts'
import type { Db } from '../db/db.ts'
import { createDeskMails } from '../email-settings/desk-mails.ts'
import { createVault } from '../secrets/vault.ts'
import type { DeliveryDeps } from './deliver.ts'

const newId = () => {
  const hex = randomBytes(16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** Who is told of a message. */
export interface Recipient {
  type: 'contact' | 'agent'
  id: string
}

let statements = 0
const sql = (db: Db, text: string, values: unknown[] = []) =>
  db.run<Record<string, unknown>>({ name: `fixture_${++statements}`, text }, values)

/** A process that delivers: a clock that stands still, mail in memory, jobs and wake-ups written down. */
export function testProcess(db: Db, clock = createClock()) {
  const mail: MemoryMail = memoryMail()
  const enqueued: { id: string; startAfter: Date }[] = []
  const published: unknown[] = []
  const deps: DeliveryDeps = {
    db,
    now: clock.now,
    mail,
    deskMails: createDeskMails(),
    bus: {
      publish: (message) => published.push(message),
      subscribe: () => () => undefined,
      close: async () => {},
    },
    jobs: {
      insertSql: () => 'select 1',
      enqueue: async (_tx, _queue, { id }, startAfter) => void enqueued.push({ id, startAfter }),
      close: async () => {},
    },
    vault: createVault(new Uint8Array(32)),
    log: { warn: vi.fn(), error: vi.fn(), info: vi.fn() } as unknown as DeliveryDeps['log'],
    config: {
      publicUrl: 'https://desk.example/helpdesk',
      mailFrom: { address: 'support@acme.example' },
    } as DeliveryDeps['config'],
  }
  return { deps, clock, mail, enqueued, published }
}

/** A desk with one agent in it; its name is unusual on purpose. */
export async function seedDesk(db: Db, at: Date, settings: Partial<DeskSettings> = {}) {
  const deskId = newId()
  const publicId = `desk-${deskId.slice(-8)}`
  const all = { ...defaultDeskSettings, name: 'Acme & Sons', ...settings }
  await sql(db, `insert into helpdesk.desks values ($1, $2, $3::text::jsonb, $4, $4)`, [
    deskId,
    publicId,
    JSON.stringify(all),
    at,
  ])
  await sql(db, 'insert into helpdesk.desk_counters (desk_id) values ($1)', [deskId])
  return { deskId, publicId, agentId: await seedAgent(db, deskId, at) }
}

/** An agent of a desk. */
export async function seedAgent(
  db: Db,
  deskId: string,
  at: Date,
  change: { email?: string; name?: string } = {},
) {
  const id = newId()
  await sql(
    db,
    `insert into helpdesk.agents (id, name, email, locale, created_at) values ($1, $2, $3, 'en', $4)`,
    [id, change.name ?? 'Anna Kowalska', change.email ?? `anna-${id.slice(-8)}@acme.example`, at],
  )
  await sql(db, `insert into helpdesk.desk_agents values ($1, $2, 'agent')`, [deskId, id])
  return id
}

/** A contact with a conversation in which nothing has been written. */
export async function seedConversation(
  db: Db,
  deskId: string,
  at: Date,
  contact: {
    email?: string | null
    name?: string
    verified?: boolean
    pageUrl?: string
    title?: string
  } = {},
) {
  const [conversationId, contactId] = [newId(), newId()]
  const email = contact.email === undefined ? `jan-${contactId.slice(-8)}@kowalski.example` : contact.email
  await sql(
    db,
    `insert into helpdesk.contacts (desk_id, id, name, email, email_verified, created_at) values ($1, $2, $3, $4, $5, $6)`,
    [deskId, contactId, contact.name ?? 'Jan Kowalski', email, contact.verified ?? true, at],
  )
  await sql(
    db,
    `insert into helpdesk.conversations (desk_id, id, number, contact_id, status, priority, channel, preview, last_author,
      contact_seq, contact_read_seq, team_read_seq, page_url, created_at, last_message_at, last_message_seq, subject)
    values ($1, $2, $3, $4, 'pending', 'normal', 'widget', '', 'contact', 0, 0, 0, $5, $6, $6, 0, $7)`,
    [
      deskId,
      conversationId,
      `2647-${conversationId.slice(-6)}`,
      contactId,
      contact.pageUrl ?? null,
      at,
      contact.title ?? null,
    ],
  )
  return { deskId, conversationId, contactId, email }
}

/** Writes a message as the hot statements do, and makes the notifications that are not waiting already. */
export async function write(
  db: Db,
  place: { deskId: string; conversationId: string },
  message: {
    by: Recipient
    body: string
    at: Date
    kind?: 'reply' | 'note'
    notify?: Recipient[]
    dueAt?: Date
  },
): Promise<number> {
  const { deskId, conversationId } = place
  const { by, body, at, kind = 'reply', notify = [] } = message
  return db.transaction(async (tx) => {
    const run = (name: string, text: string, values: unknown[]) =>
      tx.run<{ event_seq: number }>({ name: `fixture_write_${name}`, text }, values)
    await run('lock', 'select id from helpdesk.conversations where desk_id = $1 and id = $2 for update', [
      deskId,
      conversationId,
    ])
    const [row] = await run(
      'count',
      'update helpdesk.desk_counters set event_seq = event_seq + 1 where desk_id = $1 returning event_seq',
      [deskId],
    )
    const seq = row?.event_seq ?? 0
    await run(
      'message',
      `insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [deskId, conversationId, seq, newId(), kind, by.type, by.id, body, at],
    )
    await run(
      'last',
      'update helpdesk.conversations set last_message_seq = $3 where desk_id = $1 and id = $2',
      [deskId, conversationId, seq],
    )
    for (const { type, id } of notify) {
      await run(
        'notify',
        `insert into helpdesk.notifications (desk_id, id, conversation_id, recipient_type, recipient_id, state, first_seq, due_at, created_at, updated_at)
        values ($1, $2, $3, $4, $5, 'scheduled', $6, $7, $8, $8)
        on conflict (desk_id, conversation_id, recipient_type, recipient_id) where state = 'scheduled' and kind = 'message' and resent_from_id is null do nothing`,
        [
          deskId,
          newId(),
          conversationId,
          type,
          id,
          seq,
          message.dueAt ?? new Date(at.getTime() + 60_000),
          at,
        ],
      )
    }
    return seq
  })
}

/** The notifications of a conversation, oldest first. */
export const notificationsOf = (db: Db, conversationId: string) =>
  db.run<{
    desk_id: string
    id: string
    state: string
    reason: string | null
    first_seq: number
    last_seq: number | null
    read_seq: number | null
    due_at: Date
    lease_until: Date | null
    attempts: number
    sent_to: string | null
    last_error: string | null
    updated_at: Date
  }>(
    {
      name: 'fixture_notifications',
      text: 'select * from helpdesk.notifications where conversation_id = $1 order by first_seq, created_at',
    },
    [conversationId],
  )

/** What the desk's log tells of notifications, oldest first. */
export const loggedOf = (db: Db, deskId: string) =>
  db.run<{
    seq: number
    audience: string
    conversation_id: string
    data: { firstSeq: number; lastSeq: number }
  }>(
    {
      name: 'fixture_events',
      text: `select * from helpdesk.events where desk_id = $1 and type = 'notification.updated' order by seq`,
    },
    [deskId],
  )

/** Changes rows as other parts of the desk do. */
export const change = (db: Db, text: string, values: unknown[] = []) => sql(db, text, values)
