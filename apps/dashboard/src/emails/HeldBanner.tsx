import type { Email } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { client } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { useAnswer } from '../ui/answer.ts'
import { Icon } from '../ui/Icon.tsx'
import { EmailDialog } from './EmailDialog.tsx'
import { HeldActions } from './HeldActions.tsx'
import { heldOf } from './held.ts'
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
  const [shown, setShown] = useState<readonly Email[]>([])
  useAnswer(`${desk.id}/${conversationId}/held/${turn}`, async () => {
    const page = await client.emails.list(desk.id, { state: 'held', conversationId, limit: 100 })
    setShown(page.emails)
    return page
  })
  const [email] = shown
  if (!email) return null
  return (
    <section class="held-banner" aria-label={w.label}>
      <Icon name="mail" />
      <p>
        <strong>{introOf(email)}</strong>{' '}
        <span class="held-from" title={senderName(email.from)}>
          {email.from.address ?? senderName(email.from)}
          {email.subject && <span class="soft"> · {email.subject}</span>}
        </span>{' '}
        {shown.length > 1 && (
          <a href={href({ page: 'emails', deskId: desk.id, tab: 'received' })}>{w.more(shown.length - 1)}</a>
        )}
      </p>
      <HeldActions email={email} onDecided={() => undefined}>
        <button type="button" class="button outline small" onClick={() => setOpened(email.id)}>
          <Icon name="eye" size={14} />
          {words.decide.view}
        </button>
      </HeldActions>
      {opened && <EmailDialog id={opened} onClose={() => setOpened(null)} />}
    </section>
  )
}

function introOf({ reason }: Email): string {
  if (reason === 'other_sender') return w.other
  return reason === 'unproved_agent' ? w.agent : w.waits
}
