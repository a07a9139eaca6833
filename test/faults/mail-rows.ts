import type pg from 'pg'
import { expect, vi } from 'vitest'
import type { MailProcess } from './mail-desk.ts'

/** An e-mail that is owed, as its row says. */
export interface Row {
  id: string
  recipient: string
  state: string
  reason: string | null
  attempts: number
  due: Date
  error: string | null
  sentTo: string | null
}

/** All e-mails that are or were owed. */
export async function rowsOf(database: pg.Pool): Promise<Row[]> {
  const { rows } =
    await database.query<Row>(`select n.id, coalesce(k.email, 'agent') as recipient, n.state, n.reason,
      n.attempts, n.due_at as due, n.last_error as error, n.sent_to as "sentTo"
    from helpdesk.notifications n left join helpdesk.contacts k on k.id = n.recipient_id`)
  return rows
}

/**
 * Sends all that is due at a moment, and waits for what a job has begun to send.
 * @returns all e-mails after that
 */
export async function deliverAt(desk: MailProcess, database: pg.Pool, ms: number): Promise<Row[]> {
  await desk.clock(ms)
  await desk.sweep()
  const isOpen = ({ state, due }: Row) => ['scheduled', 'sending'].includes(state) && due.getTime() <= ms
  const isDone = async () => expect((await rowsOf(database)).filter(isOpen)).toEqual([])
  await vi.waitFor(isDone, { timeout: 60_000, interval: 20 })
  return rowsOf(database)
}
