import type { Identity } from '@helpdesk/core'
import type { IdentityForm } from '@helpdesk/core/api'
import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { moment, position, schema } from '../db/pg-schema.ts'

export const contacts = schema.table(
  'contacts',
  {
    deskId: uuid('desk_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name'),
    email: text('email'),
    emailVerified: boolean('email_verified').notNull().default(false),
    /** The contact wants no e-mails of this desk. */
    emailOptedOut: boolean('email_opted_out').notNull().default(false),
    /** The address that does not take our e-mails: another one that the contact has meanwhile is not concerned. */
    emailBounce: jsonb('email_bounce').$type<{ at: string; detail: string; address?: string }>(),
    phone: text('phone'),
    /** `user_external_id`, where something vouched for it. */
    externalId: text('external_id'),
    /** What vouches for the contact. */
    identity: text('identity').$type<IdentityForm>().notNull().default('anonymous'),
    /** By what an identity finds its contact again, see `identityKeyOf`; null for anonymous ones. */
    identityKey: text('identity_key'),
    /** What a page said that nobody has vouched for. */
    claims: jsonb('claims').$type<Identity>().notNull().default({}),
    clientId: uuid('client_id'),
    /** The contact that this one became part of. */
    mergedIntoId: uuid('merged_into_id'),
    /** SHA-256 of the contact token, hex; null when it was revoked. */
    tokenHash: text('token_hash'),
    createdAt: moment('created_at').notNull(),
    lastSeenAt: moment('last_seen_at'),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.id] }),
    uniqueIndex('contacts_identity_key')
      .on(table.deskId, table.identityKey)
      .where(sql`${table.identityKey} is not null`),
    index('contacts_email').on(table.deskId, sql`lower(${table.email})`),
    index('contacts_client').on(table.deskId, table.clientId).where(sql`${table.clientId} is not null`),
  ],
)

/** Short-lived credentials, opened by a signature, by the page of an `open` desk, or by a public ticket link. */
export const contactSessions = schema.table(
  'contact_sessions',
  {
    deskId: uuid('desk_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    /** SHA-256 of the token, hex. */
    tokenHash: text('token_hash').notNull(),
    form: text('form').$type<Exclude<IdentityForm, 'anonymous'> | 'link'>().notNull(),
    /** The desk's key that vouched for it. */
    keyId: text('key_id'),
    /** The client whose tickets it opens: only one that was vouched for. */
    clientId: uuid('client_id'),
    /** With a public link: the only conversation it opens, and the version of the link. */
    conversationId: uuid('conversation_id'),
    linkVersion: position('link_version'),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.contactId, table.tokenHash] }),
    index('contact_sessions_key').on(table.deskId, table.keyId),
    index('contact_sessions_expires').on(table.expiresAt),
  ],
)

/** One-time links to a mailbox that bring conversations back; each comes with a code, and one of the two works once. */
export const emailLinks = schema.table(
  'email_links',
  {
    deskId: uuid('desk_id').notNull(),
    id: uuid('id').notNull(),
    email: text('email').notNull(),
    /** The contact of the browser that asked, if it had one: what it has begun joins when it opens the link. */
    askedById: uuid('asked_by_id'),
    /** SHA-256 of the token, hex. */
    tokenHash: text('token_hash').notNull(),
    /** Keyed hash of the code: six digits alone would be found out. */
    codeHash: text('code_hash').notNull(),
    /** Wrong codes so far. */
    tries: integer('tries').notNull().default(0),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.id] }),
    uniqueIndex('email_links_token').on(table.deskId, table.tokenHash),
    index('email_links_email').on(table.deskId, table.email, table.createdAt),
    index('email_links_expires').on(table.expiresAt),
  ],
)

/** What a merge moved, so that it can be undone. */
export const contactMerges = schema.table(
  'contact_merges',
  {
    deskId: uuid('desk_id').notNull(),
    id: uuid('id').notNull(),
    fromContactId: uuid('from_contact_id').notNull(),
    intoContactId: uuid('into_contact_id').notNull(),
    by: text('by').$type<'signature' | 'email_link' | 'mailbox_reply' | 'agent'>().notNull(),
    agentId: uuid('agent_id'),
    /** The conversations that moved, each with the client it belonged to. */
    moved: jsonb('moved').$type<{ id: string; clientId: string | null; kept?: number[] }[]>().notNull(),
    createdAt: moment('created_at').notNull(),
    undoneAt: moment('undone_at'),
  },
  (table) => [
    primaryKey({ columns: [table.deskId, table.id] }),
    index('contact_merges_into').on(table.deskId, table.intoContactId),
  ],
)
