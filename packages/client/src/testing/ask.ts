import {
  type AgentRole,
  cleanName,
  HelpdeskError,
  type Identity,
  normalizeEmail,
  readIdentity,
} from '@helpdesk/core'
import type { Api, Body, Params, Query, Result, Route } from '@helpdesk/core/api'
import { lastReplySeq } from './changes.ts'
import { maySee } from './contact-views.ts'
import type { Place } from './log.ts'
import type {
  AgentRecord,
  ContactRecord,
  ConversationRecord,
  DeskRecord,
  FileRecord,
  SessionRecord,
  Viewer,
  World,
} from './records.ts'
import { refusal } from './schema.ts'
import { messagingOn } from './views.ts'

/** A request that has passed the door: signed in, allowed, valid. */
export interface Ask<R extends Route> {
  world: World
  /** The desk in the path; without one there, the first. */
  desk: DeskRecord
  role: AgentRole
  contact: R extends { auth: 'contact' } ? ContactRecord : ContactRecord | null
  /** What the contact may see. */
  viewer: R extends { auth: 'contact' } ? Viewer : Viewer | null
  /** With whose credentials the contact has come; null with the token of a browser. */
  session: SessionRecord | null
  /** Those that came along, right or wrong. */
  credentials: { contactId: string; contactToken: string } | null
  agent: R extends { auth: 'agent' } ? AgentRecord : AgentRecord | null
  params: Params<R>
  query: Query<R>
  body: Body<R>
  /** What is uploaded. */
  bytes: Uint8Array<ArrayBuffer>
  /** What stands before `/api` in the address. */
  base: string
  userAgent: string | null
}

/** One answer per route of the contract: one that is missing or answers another shape does not compile. */
export type Answers = {
  [N in keyof Api]: {
    [V in keyof Api[N]]: Api[N][V] extends infer R extends Route
      ? (ask: Ask<R>) => R extends { download: true } ? FileRecord : Result<R>
      : never
  }
}

/** A conversation of the desk. @throws {HelpdeskError} `not_found` */
export function find({ world, desk }: Omit<Place, 'conversation'>, id: string): Place {
  const conversation = desk.conversations.find((one) => one.id === id)
  if (!conversation) throw new HelpdeskError('not_found')
  return { world, desk, conversation }
}

/** A conversation that a visitor may open: a foreign one is as absent. @throws {HelpdeskError} `not_found` */
export function findVisible(ask: Omit<Place, 'conversation'> & { viewer: Viewer }, id: string): Place {
  const place = find(ask, id)
  if (!maySee(ask.desk, ask.viewer, place.conversation)) throw new HelpdeskError('not_found')
  return place
}

/** A contact that is nobody else's part. @throws {HelpdeskError} `not_found` */
export function findContact({ contacts }: DeskRecord, id: string): ContactRecord {
  const contact = contacts.find((one) => one.id === id && !one.mergedInto)
  if (!contact) throw new HelpdeskError('not_found')
  return contact
}

/** @throws {HelpdeskError} `messaging_disabled` */
export function mustHaveMessaging(desk: DeskRecord): void {
  if (!messagingOn(desk)) throw new HelpdeskError('messaging_disabled')
}

/** Visitors attach files where the desk lets them. @throws {HelpdeskError} `attachments_disabled` */
export function mustTakeFiles({ settings }: DeskRecord, keys: readonly string[] = ['']): void {
  if (keys.length && !settings.widget.attachments) throw new HelpdeskError('attachments_disabled')
}

/** An address in its normal form. @throws {HelpdeskError} `validation_failed` */
export function readEmail(text: string): string {
  const email = normalizeEmail(text)
  if (email) return email
  throw refusal([{ pointer: '/body/email', detail: 'must be one e-mail address' }])
}

/** A name as it is shown. */
export function readName(text?: string): string | null {
  return text === undefined ? null : cleanName(text) || null
}

/** What a page says without a signature. @throws {HelpdeskError} `validation_failed` */
export function readClaims(claims: unknown = {}): Identity {
  const reading = readIdentity(claims)
  if (reading.ok) return reading.identity
  throw refusal([
    {
      pointer: `/body/claims${reading.attribute ? `/${reading.attribute}` : ''}`,
      detail: 'must be one line of text',
    },
  ])
}

interface PageQuery {
  limit?: number | string
  cursor?: string
}

/** A cursor is the position where the last page ended. */
export function readPage({ limit, cursor }: PageQuery, limits: { default: number; most: number }) {
  const most = Math.min(Number(limit ?? limits.default), limits.most)
  if (most < 1) throw refusal([{ pointer: '/query/limit', detail: 'must be at least 1' }])
  const before = Number(cursor ?? Infinity)
  if (Number.isNaN(before))
    throw refusal([{ pointer: '/query/cursor', detail: 'is not a cursor of this list' }])
  return { limit: most, before }
}

/** A page of conversations, newest activity first. */
export function pageOfList(
  all: ConversationRecord[],
  query: PageQuery,
  limits: { default: number; most: number },
): { items: ConversationRecord[]; nextCursor: string | null } {
  const { limit, before } = readPage(query, limits)
  const rest = all
    .filter((one) => lastReplySeq(one) < before)
    .toSorted((a, b) => lastReplySeq(b) - lastReplySeq(a))
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: last && items.length < rest.length ? String(lastReplySeq(last)) : null }
}
