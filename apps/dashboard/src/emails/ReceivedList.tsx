import type { Email } from '@helpdesk/core/api'
import { useRef, useState } from 'preact/hooks'
import { client } from '../client.ts'
import { mayChange } from '../desks/MessagingSwitch.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { Failure } from '../ui/Failure.tsx'
import { Icon } from '../ui/Icon.tsx'
import { words as uiWords } from '../ui/words.ts'
import { heldOf } from './held.ts'
import { ListEnd } from './ListEnd.tsx'
import { itemsOf, useFresh, usePages } from './pages.ts'
import { ReceivedRow } from './ReceivedRow.tsx'
import { useRowKeys } from './row-keys.ts'
import { words } from './words.ts'

const w = words.received

type State = Email['state']

/** The e-mails that came in: those that wait for an agent first, then the rest, newest first. */
export function ReceivedList() {
  const desk = useDesk()
  const [state, setState] = useState<State | ''>('')
  const frame = useRef<HTMLDivElement>(null)
  useRowKeys(frame)
  const held = useEmails(state === '' ? { state: 'held' } : null)
  // By the desk, not here: of five hundred that wait, none may push the others out of the pages.
  const rest = useEmails(state === '' ? { except: 'held' } : { state })
  const reload = () => {
    held.reload()
    rest.reload()
  }
  useFresh(reload)
  const changed = () => {
    reload()
    void heldOf(desk).refresh()
  }
  const waiting = held.rows
  const { rows } = rest
  const isEmpty = rest.pages !== null && held.pages !== null && rows.length === 0 && waiting.length === 0
  const error = rest.error ?? held.error
  return (
    <div ref={frame}>
      {waiting.length > 0 && <Waiting rows={waiting} list={held} onDecided={changed} />}
      <div class="mail-tools">
        {waiting.length > 0 && <h2 class="mails-title">{w.rest}</h2>}
        <select
          class="input"
          aria-label={w.state}
          value={state}
          onChange={(event) => setState(event.currentTarget.value as State | '')}
        >
          <option value="">{w.anyState}</option>
          {Object.entries(w.states).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {error !== null && rows.length === 0 && <Failure error={error} text={words.failed} onRetry={reload} />}
      {rest.pages === null && error === null && <p class="soft">{uiWords.loading}</p>}
      <ul class="mails" aria-label={w.list} aria-busy={rest.loading}>
        {rows.map((email) => (
          <ReceivedRow key={email.id} email={email} onDecided={changed} />
        ))}
      </ul>
      {isEmpty && error === null && <Nothing isFiltered={state !== ''} />}
      {waiting.length > 0 && rest.pages !== null && rows.length === 0 && (
        <p class="soft mails-none">{w.allHeld}</p>
      )}
      {(rows.length > 0 || rest.hasMore) && <ListEnd list={rest} />}
    </div>
  )
}

/** The e-mails in a state, or in any but one; nothing is asked for with `null`. */
function useEmails(filter: { state: State } | { except: State } | null) {
  const desk = useDesk()
  const list = usePages(`${desk.id} ${JSON.stringify(filter)}`, async (cursor) => {
    if (filter === null) return { emails: [], nextCursor: null, held: 0 }
    return await client.emails.list(desk.id, { limit: 50, ...filter, ...(cursor ? { cursor } : {}) })
  })
  return { ...list, rows: itemsOf(list.pages, (page) => page.emails) }
}

interface WaitingProps {
  rows: readonly Email[]
  list: ReturnType<typeof useEmails>
  onDecided: () => void
}

function Waiting({ rows, list, onDecided }: WaitingProps) {
  return (
    <section class="mails-held" aria-labelledby="mails-held">
      <h2 id="mails-held" class="mails-title">
        {w.held}
      </h2>
      <p class="soft">{w.heldText}</p>
      <ul class="mails" aria-label={w.heldList}>
        {rows.map((email) => (
          <ReceivedRow key={email.id} email={email} onDecided={onDecided} />
        ))}
      </ul>
      <ListEnd list={list} />
    </section>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const desk = useDesk()
  return (
    <div class="empty">
      <span class="empty-mark">
        <Icon name="mail" />
      </span>
      <h2>{isFiltered ? w.noneTitle : w.emptyTitle}</h2>
      <p>{isFiltered ? w.none : w.empty}</p>
      {!isFiltered && mayChange(desk.settings.value?.role) && (
        <a
          class="button outline"
          href={href({ page: 'settings', deskId: desk.id, section: 'email', item: 'receiving' })}
        >
          {w.toSettings}
        </a>
      )}
    </div>
  )
}
