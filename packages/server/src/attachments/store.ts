import type { AttachmentFacts } from '../conversations/tables.ts'
import type { Queryable, Statement } from '../db/db.ts'

/** A file that has been stored whole. */
export interface NewAttachment {
  deskId: string
  id: string
  owner: string
  name: string
  type: string
  bytes: number
  width: number | null
  height: number | null
  fileKey: string
  previewKey: string | null
  createdAt: Date
}

/** What serving a file needs to know. */
export interface StoredAttachment {
  name: string
  type: string
  bytes: number
  file_key: string
  preview_key: string | null
}

/** Names an attachment. */
export interface AttachmentRef {
  desk_id: string
  id: string
}

const insert: Statement = {
  name: 'attachment_insert',
  text: `insert into helpdesk.attachments
    (desk_id, id, owner, name, type, bytes, width, height, file_key, preview_key, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
}

const byId: Statement = {
  name: 'attachment_by_id',
  text: `select name, type, bytes, file_key, preview_key from helpdesk.attachments where desk_id = $1 and id = $2`,
}

const usage: Statement = {
  name: 'attachment_usage',
  text: `select count(*)::int as files, coalesce(sum(bytes), 0)::bigint as bytes from helpdesk.attachments
    where desk_id = $1 and owner = $2 and created_at > $3`,
}

const take: Statement = {
  name: 'attachment_take',
  text: `update helpdesk.attachments set conversation_id = $3, message_id = $4
    where desk_id = $1 and id = any($2::uuid[]) and message_id is null
    returning id, name, type, bytes, width, height, preview_key is not null as preview`,
}

// An image of articles belongs to no message, and has to stay.
const keep: Statement = {
  name: 'attachment_keep',
  text: 'update helpdesk.attachments set message_id = id where desk_id = $1 and id = $2 and message_id is null',
}

const image: Statement = {
  name: 'attachment_image',
  text: `select name, type, bytes, file_key, preview_key from helpdesk.attachments
    where desk_id = $1 and id = $2 and message_id = id`,
}

const takeOrphans: Statement = {
  name: 'attachment_delete_orphans',
  text: `delete from helpdesk.attachments where (desk_id, id) in (
      select desk_id, id from helpdesk.attachments where message_id is null and created_at < $1
      order by created_at limit $2 for update skip locked
    ) and message_id is null
    returning file_key, preview_key`,
}

const existing: Statement = {
  name: 'attachment_existing',
  text: `select a.desk_id, a.id from helpdesk.attachments a
    join unnest($1::uuid[], $2::uuid[]) as wanted(desk_id, id) on a.desk_id = wanted.desk_id and a.id = wanted.id`,
}

/** Keeps a file that belongs to no message yet. */
export async function insertAttachment(db: Queryable, row: NewAttachment): Promise<void> {
  await db.run(insert, [
    row.deskId,
    row.id,
    row.owner,
    row.name,
    row.type,
    row.bytes,
    row.width,
    row.height,
    row.fileKey,
    row.previewKey,
    row.createdAt,
  ])
}

/** A file of the desk. */
export async function selectAttachment(
  db: Queryable,
  deskId: string,
  id: string,
): Promise<StoredAttachment | null> {
  const [row] = await db.run<StoredAttachment>(byId, [deskId, id])
  return row ?? null
}

/** Keeps a file that is to be shown in articles. */
export async function keepAttachment(db: Queryable, deskId: string, id: string): Promise<void> {
  await db.run(keep, [deskId, id])
}

/** A file that is shown in articles. */
export async function selectImage(
  db: Queryable,
  deskId: string,
  id: string,
): Promise<StoredAttachment | null> {
  const [row] = await db.run<StoredAttachment>(image, [deskId, id])
  return row ?? null
}

/** How much an owner has uploaded since a moment. */
export async function selectUsage(
  db: Queryable,
  deskId: string,
  owner: string,
  since: Date,
): Promise<{ files: number; bytes: number }> {
  const [row] = await db.run<{ files: number; bytes: number }>(usage, [deskId, owner, since])
  return row ?? { files: 0, bytes: 0 }
}

/** Gives files to a message, those of them that no message has. */
export function linkAttachments(
  db: Queryable,
  deskId: string,
  ids: readonly string[],
  message: { conversationId: string; messageId: string },
): Promise<AttachmentFacts[]> {
  return db.run<AttachmentFacts>(take, [deskId, ids, message.conversationId, message.messageId])
}

/** Forgets files that no message has, the oldest first. @returns of each, where it is kept */
export async function deleteOrphans(db: Queryable, before: Date, limit: number): Promise<string[][]> {
  const rows = await db.run<{ file_key: string; preview_key: string | null }>(takeOrphans, [before, limit])
  return rows.map((row) => (row.preview_key === null ? [row.file_key] : [row.file_key, row.preview_key]))
}

/** Those of the attachments that are known. */
export function selectExisting(db: Queryable, refs: readonly AttachmentRef[]): Promise<AttachmentRef[]> {
  return db.run<AttachmentRef>(existing, [refs.map((ref) => ref.desk_id), refs.map((ref) => ref.id)])
}
