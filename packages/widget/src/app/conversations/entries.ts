import type { Attachment, ConversationWithMessages, Message } from '@helpdesk/core/api'
import type { SentFile } from '../attachments/files.ts'
import type { OutboxItem } from './outbox.ts'

/** One message as a thread shows it. */
export interface Entry {
  key: string
  isOwn: boolean
  /** Another user of the same client wrote it. */
  isColleague: boolean
  /** The author's name, where it is to be said. */
  name: string | null
  body: string
  attachments: readonly (Attachment | SentFile)[]
  via: Message['via']
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
    isOwn: isOwn(message),
    isColleague: message.author.type === 'contact' && !isOwn(message),
    name: message.author.name,
    body: message.body,
    attachments: message.attachments,
    via: message.via,
    at: message.createdAt,
  }))
  for (const item of outbox) {
    if (item.conversationId !== id && item.key !== id) continue
    if (hasArrived(item, thread)) continue
    const { key, body, attachments = [], createdAt: at } = item
    entries.push({ ...plain, key, isOwn: true, body, attachments, at, item })
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

const plain = {
  isColleague: false,
  name: null,
  via: null,
  startsDay: false,
  startsRun: false,
  endsRun: true,
  isSeen: false,
}

/** The event of an own message may come before the answer to its request, or to another tab's. */
function hasArrived(item: OutboxItem, thread: ConversationWithMessages | undefined): boolean {
  return (
    item.state !== 'failed' &&
    thread !== undefined &&
    thread.messages.some(
      (message) =>
        isOwn(message) &&
        message.seq > item.afterSeq &&
        message.body === item.body &&
        message.attachments.length === (item.attachments?.length ?? 0),
    )
  )
}

/** Whether the visitor wrote a message: not the team, and nobody else of the same client. */
export function isOwn({ author }: Message): boolean {
  return author.type === 'contact' && author.self
}

function isOneRun(before: Entry, entry: Entry): boolean {
  const samePerson =
    before.isOwn === entry.isOwn && before.isColleague === entry.isColleague && before.name === entry.name
  return samePerson && Date.parse(entry.at) - Date.parse(before.at) < runMs
}

function dayOf(at: string): string {
  return new Date(at).toDateString()
}

function newestSeen(thread: ConversationWithMessages | undefined): string | undefined {
  const seen = thread?.messages.filter((message) => !isOwn(message) || message.seq <= thread.teamReadSeq)
  const last = seen?.at(-1)
  return last && isOwn(last) ? last.id : undefined
}
