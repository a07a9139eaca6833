import type { Queryable, Statement } from '../db/db.ts'

/** A collection with its texts per locale. */
export interface CollectionRow {
  id: string
  slug: string
  name: Record<string, string>
  description: Record<string, string>
  articles: number
}

const columns = `c.id, c.slug, c.name, c.description,
  (select count(*)::int from helpdesk.articles a where a.desk_id = c.desk_id and a.collection_id = c.id) as articles`

const ofDesk: Statement = {
  name: 'collections',
  text: `select ${columns} from helpdesk.collections c where c.desk_id = $1 order by c.place, c.created_at, c.id`,
}

const insert: Statement = {
  name: 'collection_insert',
  text: `insert into helpdesk.collections as c (desk_id, id, slug, name, description, place, created_at)
    select $1, $2, $3, $4::jsonb, $5::jsonb,
      coalesce((select max(place) + 1 from helpdesk.collections where desk_id = $1), 0), $6
    on conflict (desk_id, slug) do nothing returning c.id, c.slug, c.name, c.description, 0 as articles`,
}

const update: Statement = {
  name: 'collection_update',
  text: `update helpdesk.collections c set slug = coalesce($3, c.slug), name = coalesce($4::jsonb, c.name),
      description = coalesce($5::jsonb, c.description)
    where c.desk_id = $1 and c.id = $2 returning ${columns}`,
}

const remove: Statement = {
  name: 'collection_remove',
  text: `with found as (select id from helpdesk.collections where desk_id = $1 and id = $2 for update),
    gone as (
      delete from helpdesk.collections c using found where c.desk_id = $1 and c.id = found.id
        and not exists (select 1 from helpdesk.articles a where a.desk_id = $1 and a.collection_id = found.id)
      returning c.id
    )
    select (select count(*)::int from found) as found, (select count(*)::int from gone) as gone`,
}

const order: Statement = {
  name: 'collections_order',
  text: `update helpdesk.collections c set place = wanted.place
    from unnest($2::uuid[]) with ordinality as wanted (id, place) where c.desk_id = $1 and c.id = wanted.id`,
}

/** The desk's collections in their order. */
export function selectCollections(db: Queryable, deskId: string): Promise<CollectionRow[]> {
  return db.run(ofDesk, [deskId])
}

/** A new collection at the end; null when the slug is taken. */
export async function insertCollection(
  db: Queryable,
  deskId: string,
  { id, slug, name, description }: Omit<CollectionRow, 'articles'>,
  now: Date,
): Promise<CollectionRow | null> {
  const values = [deskId, id, slug, JSON.stringify(name), JSON.stringify(description), now]
  const [row] = await db.run<CollectionRow>(insert, values)
  return row ?? null
}

/** Changes what is given; null when there is no such collection. */
export async function updateCollection(
  db: Queryable,
  deskId: string,
  id: string,
  change: { slug?: string; name?: Record<string, string>; description?: Record<string, string> },
): Promise<CollectionRow | null> {
  const json = (texts: Record<string, string> | undefined) => (texts ? JSON.stringify(texts) : null)
  const values = [deskId, id, change.slug ?? null, json(change.name), json(change.description)]
  const [row] = await db.run<CollectionRow>(update, values)
  return row ?? null
}

/** Removes an empty collection. @returns whether there was one, and whether it went */
export async function removeCollection(
  db: Queryable,
  deskId: string,
  id: string,
): Promise<{ found: boolean; gone: boolean }> {
  const [row] = await db.run<{ found: number; gone: number }>(remove, [deskId, id])
  return { found: row?.found === 1, gone: row?.gone === 1 }
}

/** Puts collections in the order of their ids. */
export async function orderCollections(db: Queryable, deskId: string, ids: readonly string[]): Promise<void> {
  await db.run(order, [deskId, ids])
}
