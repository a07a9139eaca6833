import type { Queryable, Statement } from '../db/db.ts'

// The key of a notification begins with its desk: one look per desk instead of one through all of them.
const deskOfNotification: Statement = {
  name: 'email_desk_of_notification',
  text: `select d.desk_id from helpdesk.desks d cross join lateral (
      select 1 from helpdesk.notifications n where n.desk_id = d.desk_id and n.id = $1 limit 1
    ) found`,
}

const publicIds: Statement = {
  name: 'email_desks_by_name',
  text: 'select public_id from helpdesk.desks where lower(public_id) = lower($1)',
}

/** The desk that a notification belongs to. */
export async function selectDeskOfNotification(db: Queryable, id: string): Promise<string | null> {
  const [row] = await db.run<{ desk_id: string }>(deskOfNotification, [id])
  return row?.desk_id ?? null
}

/** The public ids that are this name, but for capitals. */
export async function selectPublicIds(db: Queryable, name: string): Promise<string[]> {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) return []
  const rows = await db.run<{ public_id: string }>(publicIds, [name])
  return rows.map((row) => row.public_id)
}
