import {
  type AgentRole,
  type Channel,
  type ConversationStatus,
  defaultDeskSettings,
  type Identity,
  isInlineImage,
  type LocalizedText,
  mediaTypeOf,
  type Priority,
} from '@helpdesk/core'
import type { DeskChange, IdentityForm } from '@helpdesk/core/api'
import { type KnowledgeSeed, sowKnowledge } from './article-seed.ts'
import { findCategory } from './categories.ts'
import { assign, changeDesk, contactReads, setStatus } from './changes.ts'
import { installationMail, type MailSeed, newDeskMail } from './desk-mail.ts'
import { arrive } from './emails.ts'
import { addFile } from './files.ts'
import { addClient, keyOf } from './identities.ts'
import type { AgentRecord, ClientRecord, ContactRecord, DeskRecord, FileRecord, World } from './records.ts'
import { type EmailOutcome, incomingOf, type SeedEmail, settleLast } from './seed-emails.ts'
import { agentNotes, agentReplies, contactWrites, newContact, start } from './writing.ts'

/** What is there before the first request. Everything has a default. */
export interface HelpdeskSeed extends KnowledgeSeed {
  /** Settings of the desk that differ from the defaults. */
  desk?: DeskChange
  /** Further desks, by public id. */
  otherDesks?: Record<string, DeskChange>
  /**
   * Who may sign in, with the password `correct horse`, and on which desks. (Default: Ola Nowak,
   * `ola@example.com`, an owner of all)
   */
  agents?: { name: string; email: string; role?: AgentRole; desks?: string[] }[]
  /** Categories of the main desk, in their order. */
  categories?: { code: string; name: LocalizedText; helpText?: LocalizedText }[]
  /** Keys of the main desk, oldest first. Without any, every key of a signature is taken for a live one. */
  secrets?: { id: string; createdBy?: string; retiresAt?: string; lastUsedAt?: string }[]
  /** How the main desk sends and receives e-mail. */
  mail?: MailSeed
  /** Customer organisations of the main desk. */
  clients?: Partial<Omit<ClientRecord, 'id' | 'createdAt'>>[]
  /** Contacts of the main desk that an identity stands for. */
  contacts?: SeedContact[]
  conversations?: SeedConversation[]
  /** E-mails that came in, oldest first. */
  emails?: SeedEmail[]
  /** Whether the first agent is signed in already. (Default: no) */
  signedIn?: boolean
  /** Whether the first owner is still to be made, with the set-up token `setup`. (Default: no) */
  setupNeeded?: boolean
}

/** A contact that `identify` finds by its `user_external_id`, or by its address without one. */
export interface SeedContact {
  externalId?: string
  email?: string
  name?: string
  phone?: string
  /** The external id of a seeded client. */
  client?: string
  /** What vouches for it. (Default: `full`) */
  identity?: IdentityForm
  /** What its page said that nobody has vouched for. */
  claims?: Identity
}

/** A file of a seeded message; its ending says what it is. */
export interface SeedFile {
  name: string
  /** (Default: a grey pixel for images, a line of text for the rest) */
  content?: string | Uint8Array<ArrayBuffer>
  width?: number
  height?: number
}

/** A conversation of the main desk; the same external id or e-mail address is the same contact. */
export interface SeedConversation {
  contact: { name?: string; email?: string; externalId?: string }
  /** In order; the first one is the contact's. Each is its author, its text and its files. */
  messages: ['contact' | 'agent' | 'note', string, SeedFile[]?][]
  /** With one, it is a ticket. */
  subject?: string
  priority?: Priority
  /** The code of a seeded category. */
  category?: string
  channel?: Channel
  /** What it ends as; without one, what the messages make of it. */
  status?: ConversationStatus
  /** The e-mail address of an agent. */
  assignee?: string
  pageUrl?: string
  /** Whether the contact has seen all replies. (Default: no) */
  read?: boolean
  /** What became of the e-mail about the answers. (Default: it is planned) */
  email?: EmailOutcome
}

/** The password of every seeded agent. */
export const seedPassword = 'correct horse'

const greyPixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOor6//DwAFfgJ/dPkP9wAAAABJRU5ErkJggg=='

/** Fills an empty world. */
export function sow(world: World, publicId: string, seed: HelpdeskSeed): void {
  world.setupNeeded = seed.setupNeeded ?? false
  world.installationMail = installationMail(seed.mail?.installation)
  const desk = addDesk(world, publicId, seed.desk)
  if (seed.mail) desk.mail = newDeskMail(world, seed.mail)
  for (const [id, settings] of Object.entries(seed.otherDesks ?? {})) addDesk(world, id, settings)
  if (world.setupNeeded) return
  const { agents = [{ name: 'Ola Nowak', email: 'ola@example.com' }] } = seed
  for (const { role, desks, ...known } of agents) {
    addAgent(world, { ...known, password: seedPassword }, role, desks)
  }
  for (const category of seed.categories ?? []) {
    desk.categories.push({ id: world.newId(), helpText: {}, ...category })
  }
  for (const { createdBy = null, retiresAt = null, lastUsedAt = null, id } of seed.secrets ?? []) {
    desk.secrets.push({ id, createdAt: world.now().toISOString(), createdBy, retiresAt, lastUsedAt })
  }
  for (const client of seed.clients ?? []) addClient(world, desk, client)
  for (const contact of seed.contacts ?? []) addContact(world, desk, contact)
  for (const conversation of seed.conversations ?? []) addConversation(world, desk, conversation)
  for (const email of seed.emails ?? []) {
    const { about } = email
    const conversation = about === undefined ? null : desk.conversations[about]
    if (conversation === undefined) fail(`The seed has no conversation ${about}`)
    arrive({ world, desk }, incomingOf({ world, desk }, email, conversation))
  }
  sowKnowledge(world, desk, seed)
  if (seed.signedIn) world.session = world.agents[0] ?? null
}

const allChannels = () =>
  ({ widget: 'all', contact_form: 'all', ticket_center: 'all', email: 'all', api: 'all' }) as const

/** Somebody who may sign in, on all desks or on those that are named. */
export function addAgent(
  world: World,
  known: Pick<AgentRecord, 'name' | 'email' | 'password'>,
  role: AgentRole = 'owner',
  desks?: string[],
): AgentRecord {
  const { name, email, password } = known
  const agent: AgentRecord = {
    id: world.newId(),
    name,
    email,
    password,
    locale: 'en',
    notifications: allChannels(),
  }
  world.agents.push(agent)
  for (const desk of world.desks) {
    if (desks?.includes(desk.settings.id) ?? true) desk.roles.set(agent.id, role)
  }
  return agent
}

function addDesk(world: World, id: string, change: DeskChange = {}): DeskRecord {
  const desk: DeskRecord = {
    settings: { ...structuredClone(defaultDeskSettings), id, locale: 'en' },
    roles: new Map(),
    clients: [],
    contacts: [],
    sessions: [],
    merges: [],
    categories: [],
    secrets: [],
    mail: newDeskMail(world),
    files: [],
    knowledge: { collections: [], articles: [], formerSlugs: new Map(), searches: [] },
    conversations: [],
    notifications: [],
    emails: [],
    emailLinks: [],
    numbers: new Map(),
    log: [],
    seq: 0,
    listeners: new Set(),
  }
  world.desks.push(desk)
  changeDesk(world, desk, change)
  desk.log.length = desk.seq = 0
  return desk
}

function addContact(world: World, desk: DeskRecord, seed: SeedContact): ContactRecord {
  const { externalId, email, client: clientId, identity = 'full', ...known } = seed
  const client = desk.clients.find((one) => one.externalId === clientId)
  if (clientId !== undefined && !client) fail(`The seed has no client ${clientId}`)
  const identityKey = keyOf({ user_external_id: externalId, user_email: email }, {}, client ?? null)
  return newContact(world, desk, {
    ...known,
    externalId: externalId ?? null,
    email: email ?? null,
    emailVerified: email !== undefined && !['anonymous', 'page'].includes(identity),
    identity,
    identityKey,
    client: client ?? null,
  })
}

/** The contact that a seed or a test speaks of; made when it is new. */
export function contactFor(
  world: World,
  desk: DeskRecord,
  known: SeedConversation['contact'],
): ContactRecord {
  const { externalId, email, name } = known
  const found = desk.contacts.find((one) =>
    externalId === undefined ? email !== undefined && one.email === email : one.externalId === externalId,
  )
  if (found) return found
  return externalId === undefined
    ? newContact(world, desk, { name: name ?? null, email: email ?? null })
    : addContact(world, desk, known)
}

/** Files as a seed or a test gives them, kept by the desk. */
export function filesOf(world: World, desk: DeskRecord, seeds: readonly SeedFile[] = []): FileRecord[] {
  return seeds.map(({ content, ...known }) =>
    addFile(world, desk, { ...known, bytes: bytesOf(known.name, content) }),
  )
}

function bytesOf(name: string, content?: SeedFile['content']): Uint8Array<ArrayBuffer> {
  if (typeof content === 'object') return content
  const isImage = isInlineImage(mediaTypeOf(name) ?? '')
  if (content !== undefined || !isImage) return new TextEncoder().encode(content ?? `This is ${name}.\n`)
  return Uint8Array.from(atob(greyPixel), (char) => char.charCodeAt(0))
}

function addConversation(world: World, desk: DeskRecord, seed: SeedConversation): void {
  const agent = (address?: string) =>
    world.agents.find((one) => address === undefined || one.email === address) ??
    fail(`The seed has no agent ${address}`)
  const contact = contactFor(world, desk, seed.contact)
  const [first, ...rest] = seed.messages
  if (first?.[0] !== 'contact') fail('The first message of a conversation is the contact’s')
  const category = seed.category === undefined ? null : findCategory(desk, seed.category)
  if (category === undefined) fail(`The seed has no category ${seed.category}`)
  const [, message = '', attached] = first ?? []
  const files = filesOf(world, desk, attached)
  const conversation = start(world, desk, contact, { ...seed, category, message, files })
  const place = { world, desk, conversation }
  const answering = agent(seed.assignee)
  for (const [author, text, more] of rest) {
    const added = filesOf(world, desk, more)
    if (author === 'contact') contactWrites(place, text, { files: added })
    else if (author === 'note') agentNotes(place, answering, text, added)
    else agentReplies(place, answering, text, { files: added })
  }
  if (seed.assignee) assign(place, answering, answering)
  if (seed.status) setStatus(place, answering, seed.status)
  if (seed.read) contactReads(place, desk.seq)
  if (seed.email) settleLast(place, seed.email)
}

function fail(reason: string): never {
  throw new Error(reason)
}
