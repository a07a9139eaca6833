import type { Notification } from '@helpdesk/core/api'
import { useEffect, useRef, useState } from 'preact/hooks'
import { client } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { Failure } from '../ui/Failure.tsx'
import { Icon } from '../ui/Icon.tsx'
import { useLast } from '../ui/last.ts'
import { words as uiWords } from '../ui/words.ts'
import { ListEnd } from './ListEnd.tsx'
import { itemsOf, useFresh, usePages } from './pages.ts'
import { useRowKeys } from './row-keys.ts'
import { Counts, Filters, type SentFilter } from './SentFilters.tsx'
import { SentRow } from './SentRow.tsx'
import { words } from './words.ts'

const w = words.sent
const noFilter: SentFilter = { state: '', recipient: 'all', search: '' }
const pageSize = 50

/** The e-mails that the desk owes to contacts and agents, newest first, with what became of each. */
export function SentList({ conversationId }: { conversationId: string | undefined }) {
  const desk = useDesk()
  const [filter, setFilter] = useState(noFilter)
  const search = useSettled(filter.search.trim())
  const query = {
    limit: pageSize,
    ...(filter.state ? { state: filter.state } : {}),
    ...(filter.recipient === 'all' ? {} : { recipient: filter.recipient }),
    ...(search ? { search } : {}),
    ...(conversationId ? { conversationId } : {}),
  }
  const list = usePages(`${desk.id} ${JSON.stringify(query)}`, (cursor) =>
    client.notifications.list(desk.id, { ...query, ...(cursor ? { cursor } : {}) }),
  )
  useFresh(list.reload)
  const rows = itemsOf(list.pages, (page) => page.notifications)
  const counts = useLast(list.pages?.[0]?.counts)
  const isFiltered = filter.state !== '' || filter.recipient !== 'all' || search !== ''
  return (
    <>
      {counts && <Counts counts={counts} />}
      {conversationId && <OneConversation />}
      <Filters filter={filter} onChange={setFilter} />
      {list.error !== null && rows.length === 0 && (
        <Failure error={list.error} text={words.failed} onRetry={list.reload} />
      )}
      {list.pages === null && list.error === null && <p class="soft">{uiWords.loading}</p>}
      <Rows rows={rows} loading={list.loading} onChanged={list.reload} />
      {!list.loading && list.error === null && rows.length === 0 && (
        <Nothing isFiltered={isFiltered} onClear={() => setFilter(noFilter)} />
      )}
      {rows.length > 0 && <ListEnd list={list} />}
    </>
  )
}

interface RowsProps {
  rows: readonly Notification[]
  loading: boolean
  onChanged: () => void
}

function Rows({ rows, loading, onChanged }: RowsProps) {
  const list = useRef<HTMLUListElement>(null)
  useRowKeys(list)
  return (
    <ul ref={list} class="mails" aria-label={w.list} aria-busy={loading}>
      {rows.map((one) => (
        <SentRow key={one.id} notification={one} onChanged={onChanged} />
      ))}
    </ul>
  )
}

function OneConversation() {
  const desk = useDesk()
  return (
    <p class="notice mails-only">
      <Icon name="info" />
      <span>
        {words.onlyOf} <a href={href({ page: 'emails', deskId: desk.id, tab: 'sent' })}>{words.everything}</a>
      </span>
    </p>
  )
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  return (
    <div class="empty">
      <span class="empty-mark">
        <Icon name="mail" />
      </span>
      <h2>{isFiltered ? w.noneTitle : w.emptyTitle}</h2>
      <p>{isFiltered ? w.none : w.empty}</p>
      {isFiltered && (
        <button type="button" class="button outline" onClick={onClear}>
          {w.clear}
        </button>
      )}
    </div>
  )
}

const typingMs = 250

/** A text once it has stopped changing. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
