import type { NotificationsPage } from '@helpdesk/client'
import type { Notification } from '@helpdesk/core/api'
import { Icon } from '../ui/Icon.tsx'
import { Segments } from '../ui/Segments.tsx'
import { uiLocale } from '../ui/time.ts'
import { words } from './words.ts'

const w = words.sent

type State = Notification['state']

/** What of the e-mails is shown. */
export interface SentFilter {
  state: State | ''
  recipient: 'all' | 'contact' | 'agent'
  search: string
}

/** How the last seven days went, whatever is filtered. */
export function Counts({ counts }: Pick<NotificationsPage, 'counts'>) {
  const shown = (['sent', 'skipped', 'failed', 'scheduled', 'sending'] as const).filter(
    (state) => counts[state] > 0 || state === 'sent' || state === 'failed',
  )
  return (
    <div class="mail-counts">
      <span id="mail-counts" class="soft">
        {w.week}
      </span>
      <ul aria-labelledby="mail-counts">
        {shown.map((state) => (
          <li key={state} class={state === 'failed' && counts.failed > 0 ? 'failed' : undefined}>
            <strong class="numeric">{counts[state].toLocaleString(uiLocale)}</strong> {w.counts[state]}
          </li>
        ))}
      </ul>
    </div>
  )
}

interface FiltersProps {
  filter: SentFilter
  onChange: (filter: SentFilter) => void
}

/** By state, recipient, address or number. */
export function Filters({ filter, onChange }: FiltersProps) {
  const recipients = Object.entries(w.recipient) as [SentFilter['recipient'], string][]
  return (
    <search class="mail-tools">
      <div class="mail-find">
        <Icon name="search" />
        <input
          class="input"
          type="search"
          aria-label={w.search}
          placeholder={w.searchHint}
          maxLength={200}
          value={filter.search}
          onInput={(event) => onChange({ ...filter, search: event.currentTarget.value })}
        />
      </div>
      <select
        class="input"
        aria-label={w.state}
        value={filter.state}
        onChange={(event) => onChange({ ...filter, state: event.currentTarget.value as SentFilter['state'] })}
      >
        <option value="">{w.anyState}</option>
        {Object.entries(w.states).map(([state, name]) => (
          <option key={state} value={state}>
            {name}
          </option>
        ))}
      </select>
      <Segments
        label={w.recipients}
        options={recipients.map(([value, label]) => ({ value, label }))}
        value={filter.recipient}
        onChange={(recipient) => onChange({ ...filter, recipient })}
      />
    </search>
  )
}
