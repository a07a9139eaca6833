import { type Channel, dueAt, formatNumber, HelpdeskError, newToken, numberPeriod } from '@helpdesk/core'
import type { Message } from '@helpdesk/core/api'
import { type ContactActor, hashContactToken, readEmail, readName } from '../contacts/service.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { type IdempotencyRequest, replayOf, seal, unseal } from '../idempotency/service.ts'
import { skipNumber } from './changes.ts'
import { contactConversations, messageOf } from './service.ts'
import { writeStatements } from './statements.ts'
import { assertMessaging, newMessage, previewOf, wake } from './writing.ts'

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
}

/**
 * Begins a conversation, of a new contact or of a known one: one statement.
 * @throws HelpdeskError desk_inactive, messaging_disabled, validation_failed (email), idempotency errors
 */
export async function startConversation(
  deps: Deps,
  desk: DeskRecord,
  contact: (ContactActor & { contactToken: string }) | null,
  input: StartInput,
  idempotency: IdempotencyRequest | null,
): Promise<Started> {
  if (!desk.settings.active) throw new HelpdeskError('desk_inactive')
  assertMessaging(desk)
  const email = input.email === undefined ? null : readEmail(input.email)
  if (!email && !contact?.email && desk.settings.widget.emailRequired) {
    throw new HelpdeskError('validation_failed', {
      detail: 'Check email',
      errors: [{ pointer: '/body/email', detail: 'is required' }],
    })
  }
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
    input.message,
    previewOf(input.message),
    input.pageUrl?.slice(0, 2048) || null,
    input.userAgent?.slice(0, 400) ?? null,
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
  ]
  const [row] = await insertNumbered(deps, desk, number.period, values)
  if (!row) return replayStart(deps, desk, contact, scope, idempotency)
  wake(deps, desk.deskId)
  const { messageId: _, ...ids } = made
  const message = newMessage(made, row.seq, contact?.name ?? name, input.message, now)
  return { ...ids, number: row.number, message }
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

/** Inserts; a number that an older pattern gave out already is passed over. */
async function insertNumbered(deps: Deps, desk: DeskRecord, period: string, values: unknown[]) {
  for (let tries = 0; ; tries++) {
    try {
      return await deps.db.run<{ seq: number; number: string }>(writeStatements(deps).start, values)
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
    messageOf(deps, desk.deskId, conversationId, messageId),
    contactConversations(deps, desk.deskId, contactId, [conversationId]),
  ])
  const number = conversations.get(conversationId)?.number ?? ''
  const contactToken = contact?.contactToken ?? unseal(made.contactToken, idempotency)
  return { contactId, contactToken, conversationId, number, message }
}
