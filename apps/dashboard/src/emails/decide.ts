import type { Email } from '@helpdesk/core/api'
import { withSession } from '../agents/session.ts'
import { client, errorCode, errorText } from '../client.ts'
import type { OpenDesk } from '../desks/open-desk.ts'
import { navigate } from '../router.ts'
import { say } from '../ui/toasts.ts'
import { heldOf } from './held.ts'
import { words } from './words.ts'

const w = words.decide

/** What an agent may do with an e-mail that is held. */
export type Decision = 'note' | 'new' | 'dismiss'

/** What came of a decision; `late`: somebody else was faster. */
export type Outcome = 'decided' | 'late' | 'failed'

/** Decides about a held e-mail and says what came of it. */
export async function decide(desk: OpenDesk, email: Email, decision: Decision): Promise<Outcome> {
  try {
    const decided = await withSession(() =>
      decision === 'dismiss'
        ? client.emails.dismiss(desk.id, email.id)
        : client.emails.accept(desk.id, email.id, decision),
    )
    tell(desk, decided, decision)
    return 'decided'
  } catch (error) {
    const isLate = errorCode(error) === 'conflict'
    say(isLate ? w.conflict : w.failed(errorText(error)), { tone: 'danger' })
    return isLate ? 'late' : 'failed'
  } finally {
    // Also after a refusal: somebody else may have been faster.
    void heldOf(desk).refresh()
  }
}

function tell(desk: OpenDesk, { conversation }: Email, decision: Decision): void {
  if (decision === 'dismiss' || !conversation) {
    say(w.dismissed)
    return
  }
  const { id: conversationId, number } = conversation
  const open = () => navigate({ page: 'messages', deskId: desk.id, view: 'all', conversationId })
  say(decision === 'note' ? w.noted(number) : w.begun(number), { action: { label: w.toIt, run: open } })
}
