import type { Email } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { client } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { useAnswer } from '../ui/answer.ts'
import { Icon } from '../ui/Icon.tsx'
import { useLast } from '../ui/last.ts'
import { EmailDialog } from './EmailDialog.tsx'
import { HeldActions } from './HeldActions.tsx'
import { heldOf } from './held.ts'
import { Subject } from './Subject.tsx'
import { senderName, words } from './words.ts'

const w = words.banner

/** Says above a thread that e-mails wait which may belong into it. */
export function HeldBanner({ conversationId }: { conversationId: string }) {
  const desk = useDesk()
  const held = heldOf(desk)
  // Nobody asks about each conversation as long as the desk has none.
  if (!held.count.value) return null
  return <Banner conversationId={conversationId} turn={held.turn.value} />
}

function Banner({ conversationId, turn }: { conversationId: string; turn: number }) {
  const desk = useDesk()
  const [opened, setOpened] = useState<string | null>(null)
  const answer = useAnswer(`${desk.id}/${conversationId}/held/${turn}`, () =>
    client.emails.list(desk.id, { state: 'held', conversationId, limit: 100 }),
  )
  // Each look at the desk asks anew; until it is answered the last one holds.
  const shown = useLast(answer.value ?? undefined)?.emails ?? []
  const [email] = shown
  return (
    <>
      {email && <Waiting key={email.id} email={email} more={shown.length - 1} onOpen={setOpened} />}
      {opened && <EmailDialog id={opened} onClose={() => setOpened(null)} />}
    </>
  )
}

interface WaitingProps {
  email: Email
  /** How many wait besides. */
  more: number
  onOpen: (id: string) => void
}

function Waiting({ email, more, onOpen }: WaitingProps) {
  const desk = useDesk()
  return (
    <section class="held-banner" aria-label={w.label}>
      <Icon name="mail" />
      <p>
        <strong>{introOf(email)}</strong>{' '}
        <span title={senderName(email.from)}>
          <bdi>{email.from.address ?? senderName(email.from)}</bdi>
          {email.subject && (
            <span class="soft">
              {' · '}
              <Subject of={email} />
            </span>
          )}
        </span>{' '}
        {more > 0 && <a href={href({ page: 'emails', deskId: desk.id, tab: 'received' })}>{w.more(more)}</a>}
      </p>
      <HeldActions email={email} onDecided={() => undefined}>
        <button type="button" class="button outline small" onClick={() => onOpen(email.id)}>
          <Icon name="eye" size={14} />
          {words.decide.view}
        </button>
      </HeldActions>
    </section>
  )
}

function introOf({ reason }: Email): string {
  if (reason === 'other_sender') return w.other
  return reason === 'unproved_agent' ? w.agent : w.waits
}
