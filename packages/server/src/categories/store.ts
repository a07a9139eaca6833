import type { Queryable, Statement, Tx } from '../db/db.ts'

/** A category with its texts per locale. */
export interface CategoryRow {
  id: string
  code: string
  name: Record<string, string>
  helpText: Record<string, string>
}

const columns = 'id, code, name, help_text as "helpText"'

const ofDesk: Statement = {
  name: 'categories',
  text: `select ${columns} from helpdesk.categories where desk_id = $1 and removed_at is null order by place, created_at, id`,
}

const byCode: Statement = {
  name: 'category_by_code',
  text: `select ${columns} from helpdesk.categories where desk_id = $1 and lower(code) = lower($2) and removed_at is null`,
}

const lock: Statement = {
  name: 'categories_lock',
  text: 'select 1 from helpdesk.desks where desk_id = $1 for update',
}

const insert: Statement = {
  name: 'category_insert',
  text: `insert into helpdesk.categories (desk_id, id, code, name, help_text, place, created_at)
    select $1, $2, $3, $4::jsonb, $5::jsonb,
      coalesce((select max(place) + 1 from helpdesk.categories where desk_id = $1), 0), $6
    on conflict (desk_id, lower(code)) where removed_at is null do nothing
    returning ${columns}`,
}

const update: Statement = {
  name: 'category_update',
  text: `update helpdesk.categories set code = coalesce($3, code), name = coalesce($4::jsonb, name),
      help_text = coalesce($5::jsonb, help_text)
    where desk_id = $1 and id = $2 and removed_at is null returning ${columns}`,
}

const remove: Statement = {
  name: 'category_remove',
  text: `update helpdesk.categories set removed_at = $3 where desk_id = $1 and id = $2 and removed_at is null returning id`,
}

const order: Statement = {
  name: 'categories_order',
  text: `update helpdesk.categories c set place = wanted.place
    from unnest($2::uuid[]) with ordinality as wanted (id, place)
    where c.desk_id = $1 and c.id = wanted.id and c.removed_at is null`,
}

/** The desk's categories in their order. */
export function selectCategories(db: Queryable, deskId: string): Promise<CategoryRow[]> {
  return db.run(ofDesk, [deskId])
}

/** A category by its code, which is compared without case. */
export async function selectCategoryByCode(
  db: Queryable,
  deskId: string,
  code: string,
): Promise<CategoryRow | null> {
  const [row] = await db.run<CategoryRow>(byCode, [deskId, code])
  return row ?? null
}

/** Lets nobody else add a category until the transaction ends. */
export async function lockCategories(tx: Tx, deskId: string): Promise<void> {
  await tx.run(lock, [deskId])
}

/** A new category at the end; null when the code is taken. */
export async function insertCategory(
  db: Queryable,
  deskId: string,
  { id, code, name, helpText }: CategoryRow,
  now: Date,
): Promise<CategoryRow | null> {
  const values = [deskId, id, code, JSON.stringify(name), JSON.stringify(helpText), now]
  const [row] = await db.run<CategoryRow>(insert, values)
  return row ?? null
}

/** Changes what is given; null when there is no such category. */
export async function updateCategory(
  db: Queryable,
  deskId: string,
  id: string,
  change: Partial<Omit<CategoryRow, 'id'>>,
): Promise<CategoryRow | null> {
  const json = (texts: Record<string, string> | undefined) => (texts ? JSON.stringify(texts) : null)
  const values = [deskId, id, change.code ?? null, json(change.name), json(change.helpText)]
  const [row] = await db.run<CategoryRow>(update, values)
  return row ?? null
}

/** Takes a category out of the form. @returns whether there was one */
export async function removeCategory(db: Queryable, deskId: string, id: string, now: Date): Promise<boolean> {
  return (await db.run(remove, [deskId, id, now])).length === 1
}

/** Puts categories in the order of their ids. */
export async function orderCategories(db: Queryable, deskId: string, ids: readonly string[]): Promise<void> {
  await db.run(order, [deskId, ids])
}
