import { cutText } from '@helpdesk/core'
import type { Attachment } from '@helpdesk/core/api'
import { attachmentViews, takeAttachments } from '../attachments/service.ts'
import type { Statement, Tx } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { setAttachments } from './changes.ts'

/** Where a write left its mark. */
export interface Written {
  conversationId: string
  messageId: string
}

/** What a write makes. */
export interface Making extends Written {
  contactId?: string
}

/** What changes together with a message, or not at all. */
export interface Beside {
  /** Before anything is locked for the message. @throws when there is to be none */
  before(tx: Tx): Promise<void>
  /** Once it is written. */
  after(tx: Tx, made: Making): Promise<void>
}

/** A message to be written, its files and what changes with it. */
interface Writing extends Making {
  keys: readonly string[]
  beside: Beside | undefined
}

/** The first words of a message, on one line. */
export const previewOf = (body: string) =>
  Array.from(cutText(body, 400).replace(/\s+/g, ' ').trim()).slice(0, 140).join('')

/**
 * Runs a writing statement. With files, or with something beside it, it becomes a transaction: there is all of it or nothing.
 * @throws HelpdeskError validation_failed when a file cannot be attached
 */
export async function write<Row extends { seq: number | null }>(
  deps: Deps,
  desk: DeskRecord,
  statement: Statement,
  values: readonly unknown[],
  { keys, beside, ...made }: Writing,
): Promise<{ row: Row | undefined; attachments: Attachment[] }> {
  if (keys.length === 0 && !beside)
    return { row: (await deps.db.run<Row>(statement, values))[0], attachments: [] }
  return deps.db.transaction(async (tx) => {
    await beside?.before(tx)
    const [row] = await tx.run<Row>(statement, values)
    if (row?.seq == null) return { row, attachments: [] }
    const attachments = keys.length === 0 ? [] : await attach(tx, deps, desk, keys, { ...made, seq: row.seq })
    await beside?.after(tx, made)
    return { row, attachments }
  })
}

async function attach(
  tx: Tx,
  deps: Deps,
  desk: DeskRecord,
  keys: readonly string[],
  { conversationId, messageId, seq }: Written & { seq: number },
): Promise<Attachment[]> {
  const facts = await takeAttachments(tx, deps, desk.deskId, keys, { conversationId, messageId })
  const names = previewOf(`📎 ${facts.map(({ name }) => name).join(', ')}`)
  await tx.run(setAttachments, [desk.deskId, conversationId, seq, JSON.stringify(facts), names])
  return attachmentViews(deps, desk.deskId, facts)
}
