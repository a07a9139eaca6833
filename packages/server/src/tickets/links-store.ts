import type { Queryable, Statement } from '../db/db.ts'

/** What a public link needs to know of its conversation. */
export interface LinkRow {
  conversationId: string
  number: string
  contactId: string
  version: number
  revoked: boolean
}

const columns = `id as "conversationId", number, contact_id as "contactId", link_version as version, link_revoked as revoked`

const select: Statement = {
  name: 'public_link',
  text: `select ${columns} from helpdesk.conversations where desk_id = $1 and id = $2`,
}

const bump: Statement = {
  name: 'public_link_replace',
  text: `update helpdesk.conversations set link_version = link_version + 1, link_revoked = false
    where desk_id = $1 and id = $2 returning ${columns}`,
}

const revoke: Statement = {
  name: 'public_link_revoke',
  text: 'update helpdesk.conversations set link_revoked = true where desk_id = $1 and id = $2 returning id',
}

/** The link of a conversation. */
export async function selectLink(
  db: Queryable,
  deskId: string,
  conversationId: string,
): Promise<LinkRow | null> {
  const [row] = await db.run<LinkRow>(select, [deskId, conversationId])
  return row ?? null
}

/** Counts the version of a link on and switches it on. */
export async function bumpLink(
  db: Queryable,
  deskId: string,
  conversationId: string,
): Promise<LinkRow | null> {
  const [row] = await db.run<LinkRow>(bump, [deskId, conversationId])
  return row ?? null
}

/** Switches a link off. @returns whether there is such a conversation */
export async function revokeLink(db: Queryable, deskId: string, conversationId: string): Promise<boolean> {
  return (await db.run(revoke, [deskId, conversationId])).length === 1
}
