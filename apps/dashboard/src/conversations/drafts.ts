import { remember, remembered } from '../ui/storage.ts'

/** What is being written: to the contact, or for the team only. */
export type Mode = 'reply' | 'note'

/** What an agent has begun to write in a conversation, one text for each mode. */
export interface Draft {
  mode: Mode
  reply: string
  note: string
}

const name = (deskId: string, conversationId: string) => `drafts.${deskId}.${conversationId}`

/** The draft of a conversation; an empty one when there is none. */
export function readDraft(deskId: string, conversationId: string): Draft {
  const kept = remembered<Partial<Draft>>(name(deskId, conversationId))
  return {
    mode: kept?.mode === 'note' ? 'note' : 'reply',
    reply: typeof kept?.reply === 'string' ? kept.reply : '',
    note: typeof kept?.note === 'string' ? kept.note : '',
  }
}

/** Keeps a draft over navigation, reload and the end of a session; an empty one is forgotten. */
export function keepDraft(deskId: string, conversationId: string, draft: Draft): void {
  remember(name(deskId, conversationId), draft.reply || draft.note ? draft : null)
}
