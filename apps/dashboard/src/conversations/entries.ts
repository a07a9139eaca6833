import type { AgentMessage } from '@helpdesk/core/api'
import { dayOf } from '../ui/time.ts'

/** What stands in a thread: a line with the day, or a message. */
export type Entry =
  | { type: 'day'; key: string; at: string }
  | { type: 'message'; key: string; message: AgentMessage; first: boolean; last: boolean }

const togetherMs = 5 * 60_000

/** Whether two neighbours are one person speaking on, so that the name stands once. */
function together(one: AgentMessage | undefined, other: AgentMessage | undefined): boolean {
  if (!one || !other || one.kind === 'event' || one.kind !== other.kind) return false
  if (one.author.type !== other.author.type || one.author.id !== other.author.id) return false
  if (one.via !== other.via || !sameSender(one, other)) return false
  const [from, to] = [new Date(one.createdAt), new Date(other.createdAt)]
  return to.getTime() - from.getTime() < togetherMs && dayOf(from) === dayOf(to)
}

/** Whether what came by e-mail came from one address, equally proved. */
function sameSender({ original: one }: AgentMessage, { original: other }: AgentMessage): boolean {
  return one?.from === other?.from && one?.proved === other?.proved
}

/** The messages, oldest first, with a separator before each day. */
export function toEntries(messages: readonly AgentMessage[]): Entry[] {
  let day = ''
  return messages.flatMap((message, index) => {
    const entry: Entry = {
      type: 'message',
      key: message.id,
      message,
      first: !together(messages[index - 1], message),
      last: !together(message, messages[index + 1]),
    }
    const its = dayOf(new Date(message.createdAt))
    if (its === day) return [entry]
    day = its
    return [{ type: 'day', key: `day-${its}`, at: message.createdAt } as const, entry]
  })
}

/** The id of the newest message of the team that the contact has read. */
export function lastSeen(messages: readonly AgentMessage[], readSeq: number): string | null {
  const seen = messages.findLast(
    (message) => message.kind === 'reply' && message.author.type === 'agent' && message.seq <= readSeq,
  )
  return seen?.id ?? null
}

/** A text in pieces, the addresses of pages apart. */
export function findLinks(text: string): { text: string; link: boolean }[] {
  return text
    .split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,:;!?)\]}])/gi)
    .map((piece, index) => ({ text: piece, link: index % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}

/** The newest message of each e-mail: what is done about an e-mail stands there, once. */
export function lastOfEmails(messages: readonly AgentMessage[]): ReadonlySet<string> {
  const ids = messages.flatMap(({ id, email }) => (email ? [[email.notificationId, id] as const] : []))
  return new Set(new Map(ids).values())
}
