import { type AgentRole, type ConversationStatus, defaultDeskSettings } from '@helpdesk/core'
import type { DeskChange } from '@helpdesk/core/api'
import { assign, changeDesk, contactReads, setStatus } from './changes.ts'
import type { AgentRecord, DeskRecord, World } from './records.ts'
import { agentNotes, agentReplies, contactWrites, newContact, start } from './writing.ts'

/** What is there before the first request. Everything has a default. */
export interface HelpdeskSeed {
  /** Settings of the desk that differ from the defaults. */
  desk?: DeskChange
  /** Further desks, by public id. */
  otherDesks?: Record<string, DeskChange>
  /**
   * Who may sign in, with the password `correct horse`, and on which desks. (Default: Ola Nowak,
   * `ola@example.com`, an owner of all)
   */
  agents?: { name: string; email: string; role?: AgentRole; desks?: string[] }[]
  conversations?: SeedConversation[]
  /** Whether the first agent is signed in already. (Default: no) */
  signedIn?: boolean
  /** Whether the first owner is still to be made, with the set-up token `setup`. (Default: no) */
  setupNeeded?: boolean
}

/** A conversation of the main desk; the same e-mail address is the same contact. */
export interface SeedConversation {
  contact: { name?: string; email?: string }
  /** In order; the first one is the contact's. Each is its author and text. */
  messages: ['contact' | 'agent' | 'note', string][]
  subject?: string
  /** What it ends as; without one, what the messages make of it. */
  status?: ConversationStatus
  /** The e-mail address of an agent. */
  assignee?: string
  pageUrl?: string
  /** Whether the contact has seen all replies. (Default: no) */
  read?: boolean
}

/** The password of every seeded agent. */
export const seedPassword = 'correct horse'

/** Enough to look at: three contacts, four conversations, one in each status. */
export const sampleSeed: HelpdeskSeed = {
  desk: { name: 'Acme Support', widget: { welcomeNote: { en: 'We answer within a few minutes.' } } },
  agents: [
    { name: 'Ola Nowak', email: 'ola@example.com', role: 'owner' },
    { name: 'Sam Reed', email: 'sam@example.com', role: 'agent' },
  ],
  conversations: [
    {
      contact: { name: 'Ann Lee', email: 'ann@example.com' },
      messages: [
        ['contact', 'How do I change my invoice address?'],
        ['agent', 'Under Settings, then Billing.'],
        ['contact', 'Found it, thank you!'],
      ],
      status: 'resolved',
      assignee: 'ola@example.com',
      read: true,
    },
    {
      contact: { name: 'Ben Ortiz', email: 'ben@example.com' },
      messages: [
        ['contact', 'The export stops at 1,000 rows.'],
        ['note', 'Reproduced, a fix is on its way.'],
        ['agent', 'We have found the cause. May we look at your file?'],
      ],
      assignee: 'sam@example.com',
      pageUrl: 'https://shop.example.com/exports',
    },
    {
      contact: { name: 'Ann Lee', email: 'ann@example.com' },
      messages: [['contact', 'Can two people share one account?']],
      assignee: 'ola@example.com',
      pageUrl: 'https://shop.example.com/team',
    },
    { contact: { email: 'eva@example.com' }, messages: [['contact', 'Hello, is anybody there?']] },
  ],
}

/** Fills an empty world. */
export function sow(world: World, publicId: string, seed: HelpdeskSeed): void {
  world.setupNeeded = seed.setupNeeded ?? false
  const desk = addDesk(world, publicId, seed.desk)
  for (const [id, settings] of Object.entries(seed.otherDesks ?? {})) addDesk(world, id, settings)
  if (world.setupNeeded) return
  const { agents = [{ name: 'Ola Nowak', email: 'ola@example.com' }] } = seed
  for (const { role, desks, ...known } of agents) {
    addAgent(world, { ...known, password: seedPassword }, role, desks)
  }
  for (const conversation of seed.conversations ?? []) addConversation(world, desk, conversation)
  if (seed.signedIn) world.session = world.agents[0] ?? null
}

/** Somebody who may sign in, on all desks or on those that are named. */
export function addAgent(
  world: World,
  known: Pick<AgentRecord, 'name' | 'email' | 'password'>,
  role: AgentRole = 'owner',
  desks?: string[],
): AgentRecord {
  const { name, email, password } = known
  const agent: AgentRecord = { id: world.newId(), name, email, password, locale: 'en', notifications: true }
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
    contacts: [],
    conversations: [],
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

function addConversation(world: World, desk: DeskRecord, seed: SeedConversation): void {
  const { email } = seed.contact
  const agent = (address?: string) =>
    world.agents.find((one) => address === undefined || one.email === address) ??
    fail(`The seed has no agent ${address}`)
  const contact =
    desk.contacts.find((one) => email !== undefined && one.email === email) ??
    newContact(world, desk, seed.contact)
  const [first, ...rest] = seed.messages
  if (first?.[0] !== 'contact') fail('The first message of a conversation is the contact’s')
  const conversation = start(world, desk, contact, { ...seed, message: first?.[1] ?? '' })
  const place = { world, desk, conversation }
  const answering = agent(seed.assignee)
  for (const [author, text] of rest) {
    if (author === 'contact') contactWrites(place, text)
    else (author === 'note' ? agentNotes : agentReplies)(place, answering, text)
  }
  if (seed.assignee) assign(place, answering, answering)
  if (seed.status) setStatus(place, answering, seed.status)
  if (seed.read) contactReads(place, desk.seq)
}

function fail(reason: string): never {
  throw new Error(reason)
}
