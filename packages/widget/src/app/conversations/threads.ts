import { isOpen } from '@helpdesk/core'
import type { Conversation, ConversationWithMessages, Message } from '@helpdesk/core/api'
import type { TicketList } from '../state.ts'

type Thread = ConversationWithMessages
/** Conversations, newest activity first. */
export type Threads = readonly Thread[]

/** The conversations with newer facts about one of them; one that is not known yet begins empty. */
export function withConversation(threads: Threads, conversation: Conversation): Threads {
  const known = threads.find(({ id }) => id === conversation.id)
  const messages = known?.messages ?? []
  return replace(threads, { ...conversation, messages, olderMessages: known?.olderMessages ?? null })
}

/** The conversations with a message in its place; one that is there already changes nothing. */
export function withMessage(threads: Threads, message: Message): Threads {
  return changeThread(threads, message.conversationId, (thread) => {
    if (thread.messages.some(({ id }) => id === message.id)) return thread
    const messages = [...thread.messages, message].sort((a, b) => a.seq - b.seq)
    const isLast = messages.at(-1) === message
    return { ...thread, messages, lastMessageAt: isLast ? message.createdAt : thread.lastMessageAt }
  })
}

/** Conversations beside others, which are newer where both have the same. */
export function withPage(threads: Threads, newer: Threads): Threads {
  const ids = new Set(newer.map(({ id }) => id))
  return sort([...newer, ...threads.filter(({ id }) => !ids.has(id))])
}

/** The list of tickets with newer facts about one of them, which may be new to it or no longer belong there. */
export function withTicket(list: TicketList | null, ticket: Conversation): TicketList | null {
  if (!list || ticket.subject === null) return list
  const others = list.items.filter(({ id }) => id !== ticket.id)
  const belongs = isOpen(ticket.status) === (list.status === 'open')
  return { ...list, items: belongs ? sort([ticket, ...others]) : others }
}

/** How many replies in the visitor's own conversations it has not seen. */
export function countUnread(threads: Threads): number {
  return threads.reduce((sum, { author, unreadCount }) => sum + (author.self ? unreadCount : 0), 0)
}

/** A message in one line: its text, or the names of its files. */
export function textOf({
  body,
  attachments,
}: Pick<Message, 'body'> & { attachments?: readonly { name: string }[] }): string {
  return body || (attachments ?? []).map(({ name }) => name).join(', ')
}

/** The position of the newest message, 0 without one. */
export function newestSeq(thread: Thread | undefined): number {
  return thread?.messages.at(-1)?.seq ?? 0
}

/** The conversations with one of them changed. */
export function changeThread(threads: Threads, id: string, act: (thread: Thread) => Thread): Threads {
  const thread = threads.find((one) => one.id === id)
  return thread ? replace(threads, act(thread)) : threads
}

function replace(threads: Threads, thread: Thread): Threads {
  return sort([thread, ...threads.filter(({ id }) => id !== thread.id)])
}

function sort<T extends Conversation>(threads: T[]): T[] {
  return threads.sort((a, b) => b.lastMessageAt.localeCompare(a.lastMessageAt))
}
