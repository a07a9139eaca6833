import type { ConversationStatus, ErrorCode, Priority } from '@helpdesk/core'
import type {
  Api,
  ArticleDetail,
  Collection,
  Contact,
  ConversationDetail,
  Desk,
  DeskChange,
  Email,
  Message,
  Notification,
} from '@helpdesk/core/api'
import { inOrder } from './article-texts.ts'
import { toDetail } from './article-views.ts'
import { readCategory } from './categories.ts'
import * as change from './changes.ts'
import { toCollection } from './collections.ts'
import { toContact } from './contact-views.ts'
import type { Controls, SeenRequest } from './controls.ts'
import type { ImapRecord } from './desk-mail.ts'
import { arrive, toEmail } from './emails.ts'
import { agentTypes, contactTypes, type Place } from './log.ts'
import { deliverEmails, lastToContact, settle, toNotification } from './notifications.ts'
import type { AgentRecord, DeskRecord, World } from './records.ts'
import { contactFor, filesOf, type SeedFile } from './seed.ts'
import { type EmailOutcome, incomingOf, type SeedEmail } from './seed-emails.ts'
import { toConversationDetail, toDesk, toMessage } from './views.ts'
import * as write from './writing.ts'

/** The id of a route of the contract, as `conversations.start`. */
export type RouteId = { [N in keyof Api]: { [V in keyof Api[N]]: IdOf<Api[N][V]> }[keyof Api[N]] }[keyof Api]
type IdOf<R> = R extends { id: infer I } ? I : never

/**
 * The desk behind the handlers: look at it, and let somebody act in it. Whatever happens here is answered to
 * the next request and told to every open stream, as if it came over HTTP.
 */
export interface HelpdeskState {
  /** No request arrives: each one fails like a network that is down. Open streams break off. */
  offline: boolean
  /** Whether `events` streams; `false` makes it answer JSON, which clients poll. */
  streaming: boolean
  /** Every request so far, oldest first. */
  readonly requests: readonly SeenRequest[]
  /** The main desk's settings. */
  readonly desk: Desk
  /** The main desk's conversations as an agent sees them, oldest first. */
  readonly conversations: readonly ConversationDetail[]
  /** The main desk's contacts as an agent sees them, oldest first, without those that are part of another. */
  readonly contacts: readonly Contact[]
  /** The main desk's collections, in their order. */
  readonly collections: readonly Collection[]
  /** The main desk's articles as the team sees them, in their order. */
  readonly articles: readonly ArticleDetail[]
  /** Starts a conversation, a ticket when it has a title: of a new contact, or of the one with `externalId`. */
  contactStarts(input: ContactStart): {
    contactId: string
    contactToken: string
    conversationId: string
    number: string
  }
  contactWrites(conversationId: string, text: string, files?: SeedFile[]): Message
  /** The contact has seen everything up to `seq`. (Default: everything) */
  contactReads(conversationId: string, seq?: number): void
  contactTypes(conversationId: string): void
  /** `agent` is an e-mail address, here and below. (Default: the first agent) */
  agentReplies(
    conversationId: string,
    text: string,
    options?: { agent?: string; resolve?: boolean; sendInstantly?: boolean; files?: SeedFile[] },
  ): Message
  agentNotes(conversationId: string, text: string, options?: { agent?: string }): void
  agentReads(conversationId: string, options?: { agent?: string; seq?: number }): void
  agentTypes(conversationId: string, options?: { agent?: string }): void
  setStatus(conversationId: string, status: ConversationStatus, options?: { agent?: string }): void
  /** Gives the conversation to an agent, or back to all. */
  assign(conversationId: string, assignee: string | null): void
  setPriority(conversationId: string, priority: Priority, options?: { agent?: string }): void
  /** By its code; `null` is none. */
  setCategory(conversationId: string, category: string | null, options?: { agent?: string }): void
  /** The token of a conversation's public link; `null` when it was revoked. */
  linkToken(conversationId: string): string | null
  /** Every session of an identified contact is over, as after an hour. */
  endSessions(): void
  updateDesk(change: DeskChange): void
  /** The main desk's e-mails to contacts and agents, oldest first. */
  readonly notifications: readonly Notification[]
  /** The minute is over: planned e-mails are sent, or skipped because they were read or have no address. */
  deliverEmails(): void
  /** Says what became of the newest e-mail to the contact about a conversation. */
  settleEmail(conversationId: string, outcome: EmailOutcome): Notification
  /** The main desk's e-mails that came in, oldest first. */
  readonly emails: readonly Email[]
  /** An e-mail comes in: into a conversation, as a new one, or held for a reason. */
  emailArrives(email: SeedEmail, conversationId?: string): Email
  /** What the newest one-time link says that was sent to an address, as its mail says it. */
  emailLink(email: string): { token: string; code: string }
  /** The mail server says that a contact's address does not take e-mails. */
  contactBounces(contactId: string, detail: string): void
  /** The connection to the main desk's mailbox is another one now. */
  setMailbox(change: Partial<Pick<ImapRecord, 'state' | 'since' | 'lastError' | 'lastMailAt'>>): void
  /** Signs an agent in without a password. */
  signIn(agent?: string): void
  signOut(): void
  /** The next requests of a route fail with a code of the contract. */
  failNext(route: RouteId, code: ErrorCode, options?: { times?: number; retryAfter?: number }): void
  /** Requests of a route wait until the returned function is called. */
  hold(route: RouteId): () => void
  /** Every open stream ends, as when a server restarts. */
  disconnect(): void
  /** How many streams are open. */
  readonly streams: number
  /** Everything is again as at the beginning. */
  reset(): void
}

/** What a contact begins with. */
export interface ContactStart {
  message: string
  title?: string
  email?: string
  name?: string
  externalId?: string
  pageUrl?: string
  files?: SeedFile[]
}

/** The handle that a test gets on the mock desk; `restart` makes a new world. */
export function createState(world: () => World, controls: Controls, restart: () => void): HelpdeskState {
  const desk = (): DeskRecord => world().desks[0] ?? missing('desk')
  const find = (id: string): Place => {
    for (const home of world().desks) {
      const conversation = home.conversations.find((one) => one.id === id)
      if (conversation) return { world: world(), desk: home, conversation }
    }
    return missing(`conversation ${id}`)
  }
  const agent = (email?: string): AgentRecord =>
    world().agents.find((one) => email === undefined || one.email === email) ??
    missing(`agent ${email ?? ''}`)
  const disconnect = () => {
    for (const one of world().desks) for (const listener of [...one.listeners]) listener.close()
  }
  return {
    get offline() {
      return controls.offline
    },
    set offline(offline) {
      controls.offline = offline
      if (offline) disconnect()
    },
    get streaming() {
      return controls.streaming
    },
    set streaming(streaming) {
      controls.streaming = streaming
    },
    requests: controls.requests,
    get desk() {
      return toDesk(desk(), 'owner')
    },
    get conversations() {
      return desk().conversations.map((one) => toConversationDetail(desk(), one, world().agents[0] ?? null))
    },
    get contacts() {
      return desk().contacts.flatMap((one) => (one.mergedInto ? [] : [toContact(desk(), one)]))
    },
    get collections() {
      return desk().knowledge.collections.map((one) => toCollection(desk(), one))
    },
    get articles() {
      return inOrder(desk()).map(toDetail)
    },
    contactStarts({ message, title: subject, pageUrl, files: seeds, ...known }) {
      const { externalId, name, email } = known
      const contact = externalId
        ? contactFor(world(), desk(), known)
        : write.newContact(world(), desk(), { name, email })
      const files = filesOf(world(), desk(), seeds)
      const { id, number } = write.start(world(), desk(), contact, { message, subject, pageUrl, files })
      return { contactId: contact.id, contactToken: contact.token, conversationId: id, number }
    },
    contactWrites(id, text, seeds) {
      const { conversation } = find(id)
      const files = filesOf(world(), desk(), seeds)
      return toMessage(conversation, write.contactWrites(find(id), text, { files }), conversation)
    },
    contactReads: (id, seq = Infinity) => change.contactReads(find(id), seq),
    contactTypes: (id) => contactTypes(find(id)),
    agentReplies(id, text, { agent: email, files: seeds, ...choice } = {}) {
      const { conversation } = find(id)
      const files = filesOf(world(), desk(), seeds)
      const message = write.agentReplies(find(id), agent(email), text, { ...choice, files })
      return toMessage(conversation, message, conversation)
    },
    agentNotes(id, text, options) {
      write.agentNotes(find(id), agent(options?.agent), text)
    },
    agentReads: (id, { agent: email, seq = Infinity } = {}) => change.agentReads(find(id), agent(email), seq),
    agentTypes: (id, options) => agentTypes(find(id), agent(options?.agent)),
    setStatus: (id, status, options) => change.setStatus(find(id), agent(options?.agent), status),
    assign: (id, assignee) => change.assign(find(id), agent(), assignee === null ? null : agent(assignee)),
    setPriority: (id, priority, options) => change.setPriority(find(id), agent(options?.agent), priority),
    setCategory(id, code, options) {
      const category = code === null ? null : readCategory(desk(), code)
      change.setCategory(find(id), agent(options?.agent), category)
    },
    linkToken: (id) => find(id).conversation.linkToken,
    endSessions() {
      for (const home of world().desks) home.sessions = []
    },
    updateDesk: (settings) => change.changeDesk(world(), desk(), settings),
    deliverEmails() {
      for (const home of world().desks) {
        for (const { id } of home.conversations) deliverEmails(find(id))
      }
    },
    get notifications() {
      return desk().notifications.map(toNotification)
    },
    settleEmail(id, outcome) {
      const place = find(id)
      const last = lastToContact(place.desk, place.conversation) ?? missing(`e-mail about ${id}`)
      settle(place, last, outcome)
      return toNotification(last)
    },
    get emails() {
      return desk().emails.map(toEmail)
    },
    emailArrives(email, id) {
      const conversation = id === undefined ? null : find(id).conversation
      const home = { world: world(), desk: desk() }
      return toEmail(arrive(home, incomingOf(home, email, conversation)))
    },
    emailLink(email) {
      const links = desk().emailLinks.filter((one) => one.email === email)
      const { token, code } = links.at(-1) ?? missing(`one-time link to ${email}`)
      return { token, code }
    },
    contactBounces(id, detail) {
      const contact = desk().contacts.find((one) => one.id === id) ?? missing(`contact ${id}`)
      contact.emailBounce = { at: world().now().toISOString(), detail }
    },
    setMailbox(change) {
      Object.assign(desk().mail.imap ?? missing('mailbox'), change)
    },
    signIn(email) {
      world().session = agent(email)
    },
    signOut() {
      world().session = null
    },
    failNext: controls.failNext,
    hold: controls.hold,
    disconnect,
    get streams() {
      return world().desks.reduce((sum, { listeners }) => sum + listeners.size, 0)
    },
    reset() {
      disconnect()
      controls.reset()
      restart()
    },
  }
}

function missing(what: string): never {
  throw new Error(`The mock desk has no ${what}`)
}
