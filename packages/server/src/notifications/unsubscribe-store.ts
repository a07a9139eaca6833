import type { Queryable, Statement } from '../db/db.ts'

const exists: Statement = {
  name: 'unsubscribe_contact',
  text: 'select 1 as one from helpdesk.contacts where desk_id = $1 and id = $2',
}

const optOut: Statement = {
  name: 'unsubscribe_set',
  text: `with recursive chain as (
      select id, merged_into_id from helpdesk.contacts where desk_id = $1 and id = $2
      union
      select c.id, c.merged_into_id from helpdesk.contacts c join chain on c.id = chain.merged_into_id
      where c.desk_id = $1
    )
    update helpdesk.contacts set email_opted_out = $3 where desk_id = $1 and id in (select id from chain)`,
}

/** Whether there is such a contact. */
export async function contactExists(db: Queryable, deskId: string, id: string): Promise<boolean> {
  return (await db.run(exists, [deskId, id])).length === 1
}

/** Marks the contact and what it became part of. */
export async function setOptedOut(
  db: Queryable,
  deskId: string,
  id: string,
  optedOut: boolean,
): Promise<void> {
  await db.run(optOut, [deskId, id, optedOut])
}
