import { type ConversationStatus, HelpdeskError } from '@helpdesk/core'
import type { AgentActor } from '../agents/service.ts'
import type { VisitorScope } from '../contacts/scope.ts'
import type { Statement } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { markAgentRead, markContactRead, updateFact, updateState } from './changes.ts'
import { statusTable, wake } from './writing.ts'

const afterTaking = statusTable({ type: 'agent_takes' })
const unchanged = statusTable({ type: 'agent_notes' })

/** Sets the status by hand. @throws HelpdeskError not_found */
export function setStatus(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  id: string,
  status: ConversationStatus,
) {
  return change(deps, desk, agent, id, statusTable({ type: 'status_set', status }), { field: 'status' })
}

/** The agent takes a conversation, or gives it back. @throws HelpdeskError not_found */
export function assign(deps: Deps, desk: DeskRecord, agent: AgentActor, id: string, assignee: string | null) {
  return change(deps, desk, agent, id, assignee ? afterTaking : unchanged, { field: 'assignee', assignee })
}

/** Sets priority or category by hand. @param value null takes a category away @throws HelpdeskError not_found */
export async function setFact(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  id: string,
  field: 'priority' | 'category',
  value: string | null,
): Promise<void> {
  const values = [desk.deskId, id, deps.now(), agent.id, deps.newId(), value]
  const [row] = await deps.db.run<{ found: number; seq: number | null }>(updateFact(field), values)
  if (!row || row.found === 0) throw new HelpdeskError('not_found')
  if (row.seq !== null) wake(deps, desk.deskId)
}

async function change(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  conversationId: string,
  table: string,
  to: { field: 'status' } | { field: 'assignee'; assignee: string | null },
): Promise<void> {
  const [row] = await deps.db.run<{ found: number; seq: number | null }>(updateState, [
    desk.deskId,
    conversationId,
    deps.now(),
    agent.id,
    deps.newId(),
    table,
    to.field === 'assignee',
    to.field === 'assignee' ? to.assignee : null,
    to.field,
  ])
  if (!row || row.found === 0) throw new HelpdeskError('not_found')
  if (row.seq !== null) wake(deps, desk.deskId)
}

/** A visitor has seen everything up to a position. @returns its mark @throws HelpdeskError not_found */
export async function readAsContact(
  deps: Deps,
  desk: DeskRecord,
  scope: VisitorScope,
  id: string,
  seq: number,
): Promise<number> {
  const { contactId, clientId, wide, only } = scope
  return markRead(deps, desk, markContactRead, [
    desk.deskId,
    id,
    deps.now(),
    contactId,
    seq,
    clientId,
    wide,
    only,
  ])
}

/** An agent has seen everything up to a position. @returns its mark @throws HelpdeskError not_found */
export async function readAsAgent(
  deps: Deps,
  desk: DeskRecord,
  agentId: string,
  id: string,
  seq: number,
): Promise<number> {
  return markRead(deps, desk, markAgentRead, [desk.deskId, id, deps.now(), agentId, seq])
}

async function markRead(deps: Deps, desk: DeskRecord, statement: Statement, values: readonly unknown[]) {
  const [row] = await deps.db.run<{ read_seq: number; seq: number | null }>(statement, values)
  if (!row) throw new HelpdeskError('not_found')
  if (row.seq !== null) wake(deps, desk.deskId)
  return row.read_seq
}
