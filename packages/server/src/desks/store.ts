import type { AgentRole, DeskSettings } from '@helpdesk/core'
import type { Queryable, Statement } from '../db/db.ts'
import type { DeskRecord } from './service.ts'

interface DeskRow {
  desk_id: string
  public_id: string
  settings: DeskSettings
}

const byPublicId: Statement = {
  name: 'desk_by_public_id',
  text: 'select desk_id, public_id, settings from helpdesk.desks where public_id = $1',
}

const byId: Statement = {
  name: 'desk_by_id',
  text: 'select desk_id, public_id, settings from helpdesk.desks where desk_id = $1',
}

const byPublicIdForUpdate: Statement = {
  name: 'desk_for_update',
  text: 'select desk_id, public_id, settings from helpdesk.desks where public_id = $1 for update',
}

const ofAgent: Statement = {
  name: 'desks_of_agent',
  text: `select d.desk_id, d.public_id, d.settings, a.role from helpdesk.desks d
    join helpdesk.desk_agents a on a.desk_id = d.desk_id where a.agent_id = $1 order by d.created_at, d.public_id`,
}

const insert: Statement = {
  name: 'desk_insert',
  text: `with desk as (
      insert into helpdesk.desks (desk_id, public_id, settings, created_at, updated_at)
      values ($1, $2, $3::jsonb, $4, $4) on conflict (public_id) do nothing returning desk_id
    ), counters as (
      insert into helpdesk.desk_counters (desk_id) select desk_id from desk
    )
    select desk_id from desk`,
}

const updateSettings: Statement = {
  name: 'desk_update_settings',
  text: `with desk as (
      update helpdesk.desks set settings = $2::jsonb, updated_at = $3 where desk_id = $1
    ), counter as (
      update helpdesk.desk_counters set event_seq = event_seq + 1 where desk_id = $1 returning event_seq
    )
    insert into helpdesk.events (desk_id, seq, type, audience, at)
    select $1, event_seq, 'desk.updated', 'all', $3 from counter`,
}

const updated: Statement = {
  name: 'desk_log_updated',
  text: `with counter as (
      update helpdesk.desk_counters set event_seq = event_seq + 1 where desk_id = $1 returning event_seq
    )
    insert into helpdesk.events (desk_id, seq, type, audience, at)
    select $1, event_seq, 'desk.updated', 'all', $2 from counter`,
}

const eventSeq: Statement = {
  name: 'desk_event_seq',
  text: 'select event_seq from helpdesk.desk_counters where desk_id = $1',
}

const toRecord = (row: DeskRow): DeskRecord => ({
  deskId: row.desk_id,
  publicId: row.public_id,
  settings: row.settings,
})

/** The desk with a public id. */
export async function selectDesk(db: Queryable, publicId: string): Promise<DeskRecord | null> {
  const [row] = await db.run<DeskRow>(byPublicId, [publicId])
  return row ? toRecord(row) : null
}

/** The desk with an internal key. */
export async function selectDeskById(db: Queryable, deskId: string): Promise<DeskRecord | null> {
  const [row] = await db.run<DeskRow>(byId, [deskId])
  return row ? toRecord(row) : null
}

/** The same as by public id, locked until the transaction ends. */
export async function selectDeskForUpdate(db: Queryable, publicId: string): Promise<DeskRecord | null> {
  const [row] = await db.run<DeskRow>(byPublicIdForUpdate, [publicId])
  return row ? toRecord(row) : null
}

/** The desks on which an agent has a role, oldest first, with that role. */
export async function selectDesksOfAgent(
  db: Queryable,
  agentId: string,
): Promise<{ desk: DeskRecord; role: AgentRole }[]> {
  const rows = await db.run<DeskRow & { role: AgentRole }>(ofAgent, [agentId])
  return rows.map((row) => ({ desk: toRecord(row), role: row.role }))
}

/** A new desk with its counters. @returns false when the public id is taken */
export async function insertDesk(db: Queryable, desk: DeskRecord, now: Date): Promise<boolean> {
  const rows = await db.run(insert, [desk.deskId, desk.publicId, JSON.stringify(desk.settings), now])
  return rows.length === 1
}

/** Replaces the settings and logs `desk.updated`. */
export async function updateDeskSettings(
  db: Queryable,
  deskId: string,
  settings: DeskSettings,
  now: Date,
): Promise<void> {
  await db.run(updateSettings, [deskId, JSON.stringify(settings), now])
}

/** Logs `desk.updated`. */
export async function logDeskUpdated(db: Queryable, deskId: string, now: Date): Promise<void> {
  await db.run(updated, [deskId, now])
}

/** The position of the desk's newest event. */
export async function selectDeskEventSeq(db: Queryable, deskId: string): Promise<number> {
  const [row] = await db.run<{ event_seq: number }>(eventSeq, [deskId])
  return row?.event_seq ?? 0
}
