import type { Target } from '../lazy.ts'

/** What the panel shows. A thread's id is a conversation's, or the key of a first message still on its way. */
export type Screen = { name: 'home' } | { name: 'message' } | { name: 'thread'; id: string }

/** The screen for what the page asked for. */
export function screenFor(target: Target): Screen {
  return typeof target === 'string' ? { name: target } : { name: 'thread', id: target.conversationId }
}
