import { createHash } from 'node:crypto'
import { HelpdeskError, type IncomingDecision, readEmailCommands } from '@helpdesk/core'
import { agentOnDesk } from '../agents/service.ts'
import { proveByReply } from '../contacts/proving.ts'
import { ownScope } from '../contacts/scope.ts'
import type { ContactActor } from '../contacts/service.ts'
import { assign, setStatus } from '../conversations/changing.ts'
import type { Beside } from '../conversations/making.ts'
import { startConversation } from '../conversations/starting.ts'
import { type MessageOriginal, replyAsAgent, replyAsContact, writeNote } from '../conversations/writing.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import type { IdempotencyRequest } from '../idempotency/service.ts'
import { bodyOf, keepFiles } from './attaching.ts'
import type { Matched } from './matching.ts'
import type { ReadMail } from './reading.ts'
import type { EmailOutcome } from './store.ts'
import { replyOf, textOf, titleOf } from './words.ts'

/** An e-mail on its way into a conversation. */
export interface Posting {
  id: string
  mail: ReadMail
  /** Its sender's address; an e-mail without one goes nowhere. */
  sender: string
}

/** However often it is taken in, an e-mail is written once. */
function onceFor(deps: Pick<Deps, 'vault'>, emailId: string): IdempotencyRequest {
  // Of the e-mail's id alone, whoever reads the database could make it, and open what is sealed with it.
  const key = deps.vault.mac('reply-addresses', `e-mail ${emailId}`)
  const keyHash = createHash('sha256').update(key).digest('hex')
  return { key, keyHash, requestHash: keyHash }
}

const originalOf = ({ id, sender }: Posting, proved: boolean): MessageOriginal => ({
  emailId: id,
  from: sender,
  proved,
})

/** Posts an e-mail as what it was decided to be. @throws when it may work later */
export function post(
  deps: Deps,
  desk: DeskRecord,
  posting: Posting,
  matched: Matched,
  decision: Extract<IncomingDecision, { do: 'post' | 'begin' }>,
): Promise<EmailOutcome> {
  if (decision.do === 'begin') return begin(deps, desk, posting)
  const { conversationId, ownerId, ours } = matched
  if (conversationId === null || ownerId === null) throw new Error('An e-mail is to be posted nowhere')
  const place = { conversationId, match: decision.match, proved: decision.proved }
  if (decision.as === 'contact') return postAsContact(deps, desk, posting, { ...place, ownerId })
  return postAsAgent(deps, desk, posting, { ...place, agentId: ours?.recipientId ?? '' })
}

interface Place {
  conversationId: string
  match: EmailOutcome['match']
  proved: boolean
}

async function postAsContact(
  deps: Deps,
  desk: DeskRecord,
  posting: Posting,
  { conversationId, match, proved, ownerId }: Place & { ownerId: string },
): Promise<EmailOutcome> {
  // First: it may be part of another contact from now on, and so is its conversation.
  const contactId = proved ? await proveByReply(deps, desk.deskId, ownerId, posting.sender) : ownerId
  if (contactId === null) throw new HelpdeskError('not_found')
  const owner = { kind: 'contact', owner: `contact:${contactId}` } as const
  const { keys, lines } = await keepFiles(deps, desk, owner, posting.mail)
  const words = replyOf(posting.mail)
  const message = bodyOf(desk, words.isWhole && keys.length > 0 ? '' : words.text, lines)
  const input = { conversationId, message, attachments: keys, original: originalOf(posting, proved) }
  const written = await replyAsContact(deps, desk, actorOf(contactId), input, onceFor(deps, posting.id))
  return { state: 'taken', match: match ?? null, conversationId, messageId: written.id, contactId }
}

/** A contact that writes without a browser. */
const actorOf = (id: string): ContactActor => ({
  id,
  name: null,
  email: null,
  emailVerified: false,
  createdAt: new Date(0),
  lastSeenAt: null,
  via: 'token',
  clientId: null,
  client: null,
  scope: ownScope(id),
})

async function postAsAgent(
  deps: Deps,
  desk: DeskRecord,
  posting: Posting,
  { conversationId, match, agentId }: Place & { agentId: string },
): Promise<EmailOutcome> {
  const agent = await agentOnDesk(deps, desk, agentId)
  if (!agent) return { state: 'held', reason: 'unproved_agent', match: match ?? null, conversationId }
  const reply = replyOf(posting.mail)
  // Nothing but our own e-mail sent back is no answer to pass on.
  const { text, resolve, note, take } = readEmailCommands(reply.isWhole ? '' : reply.text)
  const owner = { kind: 'agent', owner: `agent:${agent.id}` } as const
  const { keys, lines } = await keepFiles(deps, desk, owner, posting.mail)
  const message = bodyOf(desk, text, lines)
  const isSilent = message === '' && keys.length === 0
  if (isSilent && !resolve && !take)
    return { state: 'ignored', reason: 'empty', match: match ?? null, conversationId }
  if (take) await assign(deps, desk, agent, conversationId, agent.id)
  const input = { conversationId, message, attachments: keys, original: originalOf(posting, true) }
  const once = onceFor(deps, posting.id)
  const written = isSilent
    ? null
    : note
      ? await writeNote(deps, desk, agent, input, once)
      : await replyAsAgent(deps, desk, agent, { ...input, resolve }, once)
  if (resolve && (note || isSilent)) await setStatus(deps, desk, agent, conversationId, 'resolved')
  return { state: 'taken', match: match ?? null, conversationId, messageId: written?.messageId ?? null }
}

/**
 * Begins a conversation of a contact of its own: whoever its sender says to be, it gets to see nobody's history.
 * @param beside what changes together with it and sees to it that it begins once
 */
export async function begin(
  deps: Deps,
  desk: DeskRecord,
  posting: Posting,
  beside?: Beside,
): Promise<EmailOutcome> {
  const { mail, sender } = posting
  const hash = deps.vault.mac('attachment-keys', `e-mails ${desk.deskId} ${sender}`)
  const { keys, lines } = await keepFiles(deps, desk, { kind: 'anonymous', owner: `email:${hash}` }, mail)
  const title = titleOf(mail)
  const words = bodyOf(desk, textOf(mail), lines)
  const started = await startConversation(
    deps,
    desk,
    null,
    {
      message: words === '' && keys.length === 0 ? title : words,
      email: sender,
      ...(mail.from.name ? { name: mail.from.name } : {}),
      userAgent: null,
      channel: 'email',
      attachments: keys,
      ticket: { title: title || sender, priority: 'normal', categoryId: null },
      original: originalOf(posting, false),
      beside,
    },
    beside ? null : onceFor(deps, posting.id),
  )
  const { conversationId, contactId, message } = started
  return { state: 'taken', match: 'new', conversationId, messageId: message.id, contactId }
}
