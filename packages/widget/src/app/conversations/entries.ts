import type { ConversationWithMessages } from '@helpdesk/core/api'
import type { OutboxItem } from './outbox.ts'

/** One message as a thread shows it. */
export interface Entry {
  key: string
  isOwn: boolean
  /** The agent's name, where it is to be said. */
  name: string | null
  body: string
  at: string
  /** The first message of its day. */
  startsDay: boolean
  /** The first and the last one of a run by the same person. */
  startsRun: boolean
  endsRun: boolean
  /** The newest own message that the team has seen, with no answer after it. */
  isSeen: boolean
  /** On its way, or failed. */
  item?: OutboxItem
}

const runMs = 5 * 60_000

/** What a thread shows: the messages, then what is on its way, in days and runs. */
export function entriesOf(
  id: string,
  thread: ConversationWithMessages | undefined,
  outbox: readonly OutboxItem[],
): Entry[] {
  const entries: Entry[] = (thread?.messages ?? []).map((message) => ({
    ...plain,
    key: message.id,
    isOwn: message.author.type === 'contact',
    name: message.author.name,
    body: message.body,
    at: message.createdAt,
  }))
  for (const item of outbox) {
    if (item.conversationId !== id && item.key !== id) continue
    if (!hasArrived(item, thread))
      entries.push({ ...plain, key: item.key, isOwn: true, body: item.body, at: item.createdAt, item })
  }
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1]
    entry.startsDay = !before || dayOf(before.at) !== dayOf(entry.at)
    entry.startsRun = entry.startsDay || !before || !isOneRun(before, entry)
    if (before) before.endsRun = entry.startsRun
    entry.endsRun = true
  }
  const seen = newestSeen(thread)
  for (const entry of entries) entry.isSeen = entry.key === seen
  return entries
}

const plain = { name: null, startsDay: false, startsRun: false, endsRun: true, isSeen: false }

/** The event of an own message may come before the answer to its request, or to another tab's. */
function hasArrived(item: OutboxItem, thread: ConversationWithMessages | undefined): boolean {
  return (
    item.state !== 'failed' &&
    thread !== undefined &&
    thread.messages.some(
      ({ author, seq, body }) => author.type === 'contact' && seq > item.afterSeq && body === item.body,
    )
  )
}

function isOneRun(before: Entry, entry: Entry): boolean {
  const samePerson = before.isOwn === entry.isOwn && before.name === entry.name
  return samePerson && Date.parse(entry.at) - Date.parse(before.at) < runMs
}

function dayOf(at: string): string {
  return new Date(at).toDateString()
}

function newestSeen(thread: ConversationWithMessages | undefined): string | undefined {
  const seen = thread?.messages.filter(
    ({ seq, author }) => author.type !== 'contact' || seq <= thread.teamReadSeq,
  )
  const last = seen?.at(-1)
  return last?.author.type === 'contact' ? last.id : undefined
}
