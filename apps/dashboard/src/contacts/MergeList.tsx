import type { ContactMerge } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { client } from '../client.ts'
import { contactName } from '../conversations/words.ts'
import { useDesk } from '../desks/open-desk.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { formatFull, formatMoment } from '../ui/time.ts'
import { say } from '../ui/toasts.ts'
import { words } from './words.ts'

const w = words.merge

interface ListProps {
  merges: readonly ContactMerge[]
  may: boolean
  onChanged: () => void
}

/** What was merged into a contact and can still be taken back. */
export function MergeList({ merges, may, onChanged }: ListProps) {
  const desk = useDesk()
  const [asked, setAsked] = useState<ContactMerge | null>(null)
  if (merges.length === 0) return null
  return (
    <section class="merges" aria-label={w.list}>
      <h3>{w.list}</h3>
      <ul>
        {merges.map((merge) => (
          <li key={merge.id}>
            <span>
              <strong>{contactName(merge.from)}</strong>
              {merge.from.name && merge.from.email && <span class="soft"> · {merge.from.email}</span>}
            </span>
            <span class="soft">
              {w.moved(merge.conversations)},{' '}
              {merge.by === 'agent' && merge.agentName ? w.byAgent(merge.agentName) : w.by[merge.by]},{' '}
              <time dateTime={merge.at} title={formatFull(merge.at)}>
                {formatMoment(merge.at)}
              </time>
            </span>
            {may && (
              <button type="button" class="link-button" onClick={() => setAsked(merge)}>
                {w.undo}
              </button>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <Confirm
          title={w.undoTitle}
          text={w.undoText(contactName(asked.from), asked.conversations)}
          action={w.undo}
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            await withSession(() => client.contacts.undoMerge(desk.id, asked.id))
            say(w.undone)
            onChanged()
          }}
        />
      )}
    </section>
  )
}
