import type { AgentRole, NotifySwitches } from '@helpdesk/core'
import type { Queryable, Statement, Tx } from '../db/db.ts'

/** An agent as the rest of the desk knows it. */
export interface AgentActor {
  id: string
  name: string
  email: string
  locale: string
  /** Of which conversations e-mails are wanted, by channel. */
  notify: NotifySwitches
}

/** What an agent may do on one desk. */
export interface AgentDesk {
  publicId: string
  /** The desk's name. */
  name: string
  role: AgentRole
}

/** An agent with its desks, the oldest desk first. */
export interface AgentAccess {
  agent: AgentActor
  desks: AgentDesk[]
}

/** A session that has not ended. */
export interface SessionRow extends AgentAccess {
  createdAt: Date
  lastUsedAt: Date
}

const access = `
  a.id, a.name, a.email, a.locale, a.notify,
  (select coalesce(json_agg(json_build_object('publicId', d.public_id, 'name', d.settings->>'name', 'role', da.role)
      order by d.created_at, d.desk_id), '[]')
    from helpdesk.desk_agents da join helpdesk.desks d on d.desk_id = da.desk_id
    where da.agent_id = a.id) as desks`

type AccessRow = AgentActor & { desks: AgentDesk[] }

const toAccess = ({ id, name, email, locale, notify, desks }: AccessRow): AgentAccess => ({
  agent: { id, name, email, locale, notify },
  desks,
})

const bySession: Statement = {
  name: 'agents_by_session',
  text: `select ${access}, s.created_at, s.last_used_at
    from helpdesk.agent_sessions s join helpdesk.agents a on a.id = s.agent_id
    where s.token_hash = $1 and s.expires_at > $2`,
}

/** The agent of a session that has not ended, with what it may do right now. */
export async function selectSession(db: Queryable, tokenHash: string, now: Date): Promise<SessionRow | null> {
  const [row] = await db.run<AccessRow & { created_at: Date; last_used_at: Date }>(bySession, [
    tokenHash,
    now,
  ])
  return row ? { ...toAccess(row), createdAt: row.created_at, lastUsedAt: row.last_used_at } : null
}

const byId: Statement = {
  name: 'agents_by_id',
  text: `select ${access} from helpdesk.agents a where a.id = $1`,
}

/** An agent with what it may do right now. */
export async function selectAccess(db: Queryable, agentId: string): Promise<AgentAccess | null> {
  const [row] = await db.run<AccessRow>(byId, [agentId])
  return row ? toAccess(row) : null
}

const byEmail: Statement = {
  name: 'agents_by_email',
  text: 'select id, password_hash from helpdesk.agents where lower(email) = lower($1)',
}

/** Who has an e-mail address, without regard to case. */
export async function selectByEmail(
  db: Queryable,
  email: string,
): Promise<{ id: string; passwordHash: string | null } | null> {
  const [row] = await db.run<{ id: string; password_hash: string | null }>(byEmail, [email])
  return row ? { id: row.id, passwordHash: row.password_hash } : null
}

const insert: Statement = {
  name: 'agents_insert',
  text: `insert into helpdesk.agents (id, name, email, locale, password_hash, created_at)
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id`,
}

/** Adds an agent. @returns false when the address is taken */
export async function insertAgent(
  db: Queryable,
  agent: {
    id: string
    name: string
    email: string
    locale: string
    passwordHash: string | null
    createdAt: Date
  },
): Promise<boolean> {
  const { id, name, email, locale, passwordHash, createdAt } = agent
  return (await db.run(insert, [id, name, email, locale, passwordHash, createdAt])).length > 0
}

const update: Statement = {
  name: 'agents_update',
  text: `update helpdesk.agents set name = coalesce($2, name), locale = coalesce($3, locale),
    notify = notify || coalesce($4::jsonb, '{}') where id = $1`,
}

/** Changes what is given of an agent. */
export async function updateAgent(
  db: Queryable,
  agentId: string,
  change: { name?: string | undefined; locale?: string | undefined; notify?: NotifySwitches | undefined },
): Promise<void> {
  await db.run(update, [
    agentId,
    change.name ?? null,
    change.locale ?? null,
    change.notify ? JSON.stringify(change.notify) : null,
  ])
}

const setPassword: Statement = {
  name: 'agents_set_password',
  text: 'update helpdesk.agents set password_hash = $2 where id = $1',
}

/** Replaces an agent's password. */
export async function updatePassword(db: Queryable, agentId: string, passwordHash: string): Promise<void> {
  await db.run(setPassword, [agentId, passwordHash])
}

const grant: Statement = {
  name: 'agents_grant',
  text: `insert into helpdesk.desk_agents (desk_id, agent_id, role) values ($1, $2, $3)
    on conflict (desk_id, agent_id) do update set role = excluded.role`,
}

/** Gives an agent a role on a desk, in place of the one it may have had. */
export async function upsertRole(
  db: Queryable,
  deskId: string,
  agentId: string,
  role: AgentRole,
): Promise<void> {
  await db.run(grant, [deskId, agentId, role])
}

const grantEverywhere: Statement = {
  name: 'agents_grant_everywhere',
  text: `insert into helpdesk.desk_agents (desk_id, agent_id, role) select desk_id, $1, $2 from helpdesk.desks
    on conflict do nothing`,
}

/** Gives an agent a role on every desk where it has none. */
export async function insertRoleOnEveryDesk(db: Queryable, agentId: string, role: AgentRole): Promise<void> {
  await db.run(grantEverywhere, [agentId, role])
}

const owned: Statement = {
  name: 'agents_owner_exists',
  text: `select exists (select from helpdesk.desk_agents where role = 'owner') as owned`,
}

/** Whether any desk has an owner. */
export async function selectOwnerExists(db: Queryable): Promise<boolean> {
  return (await db.run<{ owned: boolean }>(owned, []))[0]?.owned === true
}

const oldestDesk: Statement = {
  name: 'agents_oldest_desk',
  text: 'select desk_id, public_id from helpdesk.desks order by created_at, desk_id limit 1',
}

const deskByPublicId: Statement = {
  name: 'agents_desk_by_public_id',
  text: 'select desk_id, public_id from helpdesk.desks where public_id = $1',
}

/** The desk with a public id, or the oldest one when none is named. */
export async function selectDesk(
  db: Queryable,
  publicId: string | undefined,
): Promise<{ deskId: string; publicId: string } | null> {
  type Row = { desk_id: string; public_id: string }
  const [row] =
    publicId === undefined ? await db.run<Row>(oldestDesk, []) : await db.run<Row>(deskByPublicId, [publicId])
  return row ? { deskId: row.desk_id, publicId: row.public_id } : null
}

// Any constant that is ours, other than that of the migrations.
const ownerLockKey = 7_214_337_002

const ownerLock: Statement = { name: 'agents_owner_lock', text: 'select pg_advisory_xact_lock($1)' }

/** Lets one transaction at a time make an owner; the others wait and then see what it made. */
export async function lockOwners(tx: Tx): Promise<void> {
  await tx.run(ownerLock, [ownerLockKey])
}

const insertSessionRow: Statement = {
  name: 'agents_insert_session',
  text: `insert into helpdesk.agent_sessions (token_hash, agent_id, created_at, last_used_at, expires_at)
    values ($1, $2, $3, $3, $4)`,
}

/** Adds a session. */
export async function insertSession(
  db: Queryable,
  session: { tokenHash: string; agentId: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await db.run(insertSessionRow, [session.tokenHash, session.agentId, session.createdAt, session.expiresAt])
}

const touch: Statement = {
  name: 'agents_touch_session',
  text: 'update helpdesk.agent_sessions set last_used_at = $2, expires_at = $3 where token_hash = $1',
}

/** Writes down that a session was used. */
export async function updateSession(
  db: Queryable,
  tokenHash: string,
  lastUsedAt: Date,
  expiresAt: Date,
): Promise<void> {
  await db.run(touch, [tokenHash, lastUsedAt, expiresAt])
}

const endOne: Statement = {
  name: 'agents_delete_session',
  text: 'delete from helpdesk.agent_sessions where token_hash = $1',
}

/** Ends a session. */
export async function deleteSession(db: Queryable, tokenHash: string): Promise<void> {
  await db.run(endOne, [tokenHash])
}

const endAll: Statement = {
  name: 'agents_delete_sessions',
  text: 'delete from helpdesk.agent_sessions where agent_id = $1',
}

/** Ends every session of an agent. */
export async function deleteSessionsOf(db: Queryable, agentId: string): Promise<void> {
  await db.run(endAll, [agentId])
}

const forget: Statement = {
  name: 'agents_delete_expired_sessions',
  text: 'delete from helpdesk.agent_sessions where expires_at <= $1',
}

/** Removes the sessions that have ended by themselves. */
export async function deleteExpiredSessions(db: Queryable, now: Date): Promise<void> {
  await db.run(forget, [now])
}
