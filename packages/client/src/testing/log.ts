import type {
  AgentRecord,
  ContactRecord,
  ConversationRecord,
  DeskRecord,
  LogEntry,
  Passing,
  World,
} from './records.ts'

/** A conversation where it stands. */
export interface Place {
  world: World
  desk: DeskRecord
  conversation: ConversationRecord
}

/** Appends to the log of a desk and tells all who listen. */
export function log(
  { world, desk }: Pick<Place, 'world' | 'desk'>,
  entry: Omit<LogEntry, 'seq' | 'at'>,
  seq = ++desk.seq,
): void {
  const logged = { ...entry, seq, at: world.now().toISOString() }
  desk.log.push(logged)
  tell(desk, logged)
}

/** Tells all who listen, without a trace. */
export function tell(desk: DeskRecord, news: LogEntry | Passing): void {
  for (const listener of [...desk.listeners]) listener.tell(news)
}

/** The contact is typing: agents hear it. */
export function contactTypes({ desk, conversation }: Place): void {
  const { name, email } = conversation.contact
  const typing = { type: 'typing', conversationId: conversation.id, by: 'contact', agentId: null } as const
  tell(desk, { agent: { ...typing, name: name ?? email } })
}

/** An agent is typing: the contact and the other agents hear it. */
export function agentTypes({ desk, conversation }: Place, { id, name }: AgentRecord): void {
  const typing = { type: 'typing', conversationId: conversation.id, by: 'agent', name } as const
  const visitor = { event: typing, conversation }
  tell(desk, { visitor, agent: { ...typing, agentId: id }, by: id })
}

/** Whether anybody of the team is there, for contacts. */
export function agentsPresence(desk: DeskRecord): Passing {
  const agentsOnline = [...desk.listeners].some(({ agent }) => agent !== null)
  return { visitor: { event: { type: 'presence', agentsOnline } } }
}

/** Whether a contact is there, for agents. */
export function contactPresence(desk: DeskRecord, { id: contactId }: ContactRecord): Passing {
  const online = [...desk.listeners].some(({ viewer }) => viewer?.contact.id === contactId)
  return { agent: { type: 'presence', contactId, online } }
}
