import type { IncomingEmail } from './emails.ts'
import type { Place } from './log.ts'
import { lastToContact, type Outcome, settle } from './notifications.ts'
import type { ConversationRecord, DeskRecord, World } from './records.ts'
import { filesOf, type SeedFile } from './seed.ts'

/** What became of an e-mail: its state, and whatever else there is to say. */
export type EmailOutcome = Outcome

/** An e-mail that comes in; without a reason to hold it, it is taken in. */
export interface SeedEmail extends Omit<IncomingEmail, 'conversation' | 'files'> {
  /** The place of a seeded conversation in its list, the first is 0. (Default: it begins one of its own) */
  about?: number
  attachments?: SeedFile[]
}

/** An e-mail as the mock desk takes it in. */
export function incomingOf(
  { world, desk }: { world: World; desk: DeskRecord },
  { about, attachments, ...email }: SeedEmail,
  conversation: ConversationRecord | null,
): IncomingEmail {
  return { ...email, conversation, files: filesOf(world, desk, attachments) }
}

/** Says what became of the e-mail about the answers of a seeded conversation. */
export function settleLast(place: Place, outcome: EmailOutcome): void {
  const last = lastToContact(place.desk, place.conversation)
  if (!last) throw new Error('A seeded conversation without an answer has no e-mail')
  settle(place, last, outcome)
}
