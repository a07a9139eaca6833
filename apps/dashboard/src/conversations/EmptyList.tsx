import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { StatusIcon } from './StatusIcon.tsx'
import type { ViewKey } from './views.ts'
import { words } from './words.ts'

/** What an empty view says: on a new desk how messages come, else what belongs here. */
export function EmptyList({ view }: { view: ViewKey }) {
  const desk = useDesk()
  const fresh = desk.inbox.counts.value?.all === 0 || view === 'all'
  if (fresh) {
    return (
      <div class="empty">
        <span class="empty-mark">
          <Icon name="inbox" size={20} />
        </span>
        <h3>{words.empty.nothingYet}</h3>
        <p>{words.empty.nothingYetText}</p>
        <a class="button outline" href={href({ page: 'start', deskId: desk.id })}>
          <Icon name="code" />
          {words.empty.toEmbed}
        </a>
      </div>
    )
  }
  return (
    <div class="empty">
      <span class="empty-mark">
        {view === 'mine' || view === 'unassigned' ? (
          <Icon name="person" size={20} />
        ) : (
          <StatusIcon status={view as 'pending'} quiet />
        )}
      </span>
      <h3>{words.empty.title[view]}</h3>
      <p>{words.empty.text[view]}</p>
    </div>
  )
}
