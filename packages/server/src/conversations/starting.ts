import {
  type Channel,
  cleanTitle,
  cutText,
  dueAt,
  formatNumber,
  HelpdeskError,
  type Identity,
  newToken,
  numberPeriod,
  type Priority,
} from '@helpdesk/core'
import type { Message } from '@helpdesk/core/api'
import { ownScope } from '../contacts/scope.ts'
import { type ContactActor, hashContactToken, readEmail, readName } from '../contacts/service.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { type IdempotencyRequest, replayOf, seal, unseal } from '../idempotency/service.ts'
import { skipNumber } from './changes.ts'
import { type Beside, previewOf, write } from './making.ts'
import { writeStatements } from './statements.ts'
import { contactConversations, messageOf } from './visitor-service.ts'
import { type MessageOriginal, newMessage, originalValue, readBody, wake } from './writing.ts'

/** A conversation that has begun, with the contact's credentials. */
export interface Started {
  contactId: string
  contactToken: string
  conversationId: string
  number: string
  message: Message
}

/** The ids of what a start makes; what is kept for a repeat has the token sealed. */
interface Made {
  contactId: string
  contactToken: string
  conversationId: string
  messageId: string
}

/** What a visitor sends to begin. */
export interface StartInput {
  message: string
  email?: string | undefined
  name?: string | undefined
  pageUrl?: string | undefined
  userAgent: string | null
  channel: Channel
  /** Keys of uploaded files. */
  attachments?: readonly string[] | undefined
  /** What the page says about its user, vouched for by nobody. */
  claims?: Identity | undefined
  /** What makes it a ticket; the category is one of the desk's. */
  ticket?: { title: string; priority: Priority; categoryId: string | null } | undefined
  /** The e-mail that it came in as. */
  original?: MessageOriginal | undefined
  /** What changes together with it. */
  beside?: Beside | undefined
  /** False: nobody is told that it has begun, because a program may have written it. */
  confirm?: boolean | undefined
}

/**
 * Begins a conversation, of a new contact or of a known one: one statement. What the desk's switches say is for the
 * caller to ask.
 * @throws HelpdeskError desk_inactive, validation_failed (email, message, attachments), forbidden, idempotency errors
 */
export async function startConversation(
  deps: Deps,
  desk: DeskRecord,
  contact: (ContactActor & { contactToken: string }) | null,
  input: StartInput,
  idempotency: IdempotencyRequest | null,
): Promise<Started> {
  if (!desk.settings.active) throw new HelpdeskError('desk_inactive')
  // A public link opens one conversation and no other.
  if (contact?.scope.only) throw new HelpdeskError('forbidden')
  const body = readBody(input, input.ticket ? 'content' : 'message')
  const email = readStartEmail(desk, contact, input.email)
  const made: Made = {
    contactId: contact?.id ?? deps.newId(),
    contactToken: contact?.contactToken ?? newToken(deps.randomBytes),
    conversationId: deps.newId(),
    messageId: deps.newId(),
  }
  const scope = contact?.id ?? 'anonymous'
  const kept = { ...made, contactToken: '' }
  if (idempotency && !contact) kept.contactToken = seal(made.contactToken, idempotency, deps.randomBytes(12))
  const now = deps.now()
  const name = readName(input.name)
  const number = numberParts(desk.settings.numberPattern, now, desk.settings.timeZone)
  const values = [
    desk.deskId,
    made.conversationId,
    now,
    made.contactId,
    contact ? null : hashContactToken(made.contactToken),
    name,
    email,
    made.messageId,
    body,
    previewOf(body),
    cutText(input.pageUrl ?? '', 2048) || null,
    input.userAgent === null ? null : cutText(input.userAgent, 400),
    number.period,
    number.prefix,
    number.pad,
    number.suffix,
    dueAt(now, { instant: false }),
    scope,
    idempotency?.keyHash ?? null,
    idempotency?.requestHash ?? null,
    JSON.stringify(kept),
    input.channel,
    input.ticket ? cleanTitle(input.ticket.title) : null,
    input.ticket?.priority ?? 'normal',
    input.ticket?.categoryId ?? null,
    contact?.clientId ?? null,
    input.claims ? JSON.stringify(input.claims) : '{}',
    originalValue(input.original),
    isConfirmed(desk, input),
  ]
  const { row, attachments } = await insertNumbered(deps, desk, number.period, values, {
    keys: input.attachments ?? [],
    beside: input.beside,
    conversationId: made.conversationId,
    messageId: made.messageId,
    contactId: made.contactId,
  })
  // The contact became part of another one a moment ago.
  if (!row || row.found === 0) throw new HelpdeskError('contact_unknown')
  if (row.seq === null) return replayStart(deps, desk, contact, scope, idempotency)
  wake(deps, desk.deskId)
  const { messageId: _, ...ids } = made
  const message = newMessage(made, row.seq, contact?.name ?? name, body, now)
  const via = input.original ? ('email' as const) : null
  return { ...ids, number: row.number, message: { ...message, attachments, via } }
}

/** Whether who begins is told so by e-mail: who opens a ticket, or has written an e-mail. */
const isConfirmed = ({ settings }: DeskRecord, { ticket, channel, confirm = true }: StartInput) =>
  settings.email.ticketCreated && confirm && (ticket !== undefined || channel === 'email')

/** The address of who begins. @throws HelpdeskError validation_failed when there must be one */
function readStartEmail(desk: DeskRecord, contact: ContactActor | null, given: string | undefined) {
  const email = given === undefined ? null : readEmail(given)
  // Whom the host vouches for, it can be asked about.
  const isKnown = contact !== null && (contact.email !== null || contact.via !== 'token')
  if (!email && !isKnown && desk.settings.widget.emailRequired) {
    throw new HelpdeskError('validation_failed', {
      detail: 'Check email',
      errors: [{ pointer: '/body/email', detail: 'is required' }],
    })
  }
  return email
}

interface NumberParts {
  period: string
  prefix: string
  pad: number
  suffix: string
}

/** Dates change at midnight somewhere, and every time zone's midnight is a quarter of an hour by UTC. */
const quarterMs = 900_000
const knownParts = new Map<string, { quarter: number; parts: NumberParts }>()

/** A number without its sequence, which only the database knows: `2647-` and nothing, padded to one digit. */
function numberParts(pattern: string, now: Date, timeZone: string): NumberParts {
  const key = `${timeZone} ${pattern}`
  const quarter = Math.floor(now.getTime() / quarterMs)
  const known = knownParts.get(key)
  // Asking for the date in a time zone costs more than all the rest of a number.
  if (known?.quarter === quarter) return known.parts
  const token = /\{seq(?::([1-9]))?\}/
  const [prefix = '', suffix = ''] = formatNumber(pattern.replace(token, '\n'), now, 1, timeZone).split('\n')
  const pad = Number(token.exec(pattern)?.[1] ?? 1)
  const parts = { period: numberPeriod(pattern, now, timeZone), prefix, pad, suffix }
  if (knownParts.size >= 1_000) knownParts.clear()
  knownParts.set(key, { quarter, parts })
  return parts
}

/** What the statement says: whether the contact is there, and where the conversation began unless it is a repeat. */
type StartRow = { found: number } & ({ seq: number; number: string } | { seq: null; number: null })

/** Inserts; a number that an older pattern gave out already is passed over. */
async function insertNumbered(
  deps: Deps,
  desk: DeskRecord,
  period: string,
  values: unknown[],
  files: Parameters<typeof write>[4],
) {
  for (let tries = 0; ; tries++) {
    try {
      return await write<StartRow>(deps, desk, writeStatements(deps).start, values, files)
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string }
      if (code !== '23505' || constraint !== 'conversations_number' || tries >= 1000) throw error
      await deps.db.run(skipNumber, [desk.deskId, period])
    }
  }
}

async function replayStart(
  deps: Deps,
  desk: DeskRecord,
  contact: { contactToken: string } | null,
  scope: string,
  idempotency: IdempotencyRequest | null,
): Promise<Started> {
  if (!idempotency) throw new HelpdeskError('not_found')
  const made = (await replayOf(deps.db, desk.deskId, scope, idempotency)) as unknown as Made
  const { contactId, conversationId, messageId } = made
  const [message, conversations] = await Promise.all([
    messageOf(deps, desk.deskId, contactId, conversationId, messageId),
    contactConversations(deps, desk.deskId, ownScope(contactId), [conversationId]),
  ])
  const number = conversations.get(conversationId)?.number ?? ''
  const contactToken = contact?.contactToken ?? unseal(made.contactToken, idempotency)
  return { contactId, contactToken, conversationId, number, message }
}
