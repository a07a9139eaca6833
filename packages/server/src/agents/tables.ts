import type { AgentRole, NotifySwitches } from '@helpdesk/core'
import { sql } from 'drizzle-orm'
import { index, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { moment, schema } from '../db/pg-schema.ts'

/** Agents belong to the installation; `desk_agents` says what they may do on which desk. */
export const agents = schema.table(
  'agents',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    locale: text('locale').notNull().default('en'),
    /** Of which conversations e-mails come, by channel. */
    notify: jsonb('notify').$type<NotifySwitches>().notNull().default({}),
    /** argon2id; null for agents that the host signs in. */
    passwordHash: text('password_hash'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [uniqueIndex('agents_email').on(sql`lower(${table.email})`)],
)

export const deskAgents = schema.table(
  'desk_agents',
  {
    deskId: uuid('desk_id').notNull(),
    agentId: uuid('agent_id').notNull(),
    role: text('role').$type<AgentRole>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.agentId] }),
    index('desk_agents_agent').on(table.agentId),
  ],
)

export const agentSessions = schema.table(
  'agent_sessions',
  {
    /** SHA-256 of the cookie's value, hex. */
    tokenHash: text('token_hash').primaryKey(),
    agentId: uuid('agent_id').notNull(),
    createdAt: moment('created_at').notNull(),
    lastUsedAt: moment('last_used_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    index('agent_sessions_agent').on(table.agentId),
    index('agent_sessions_expires').on(table.expiresAt),
  ],
)
