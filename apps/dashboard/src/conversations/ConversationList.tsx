import { useEffect, useRef } from 'preact/hooks'
import { errorText } from '../client.ts'
import { MessagingNotice } from '../desks/MessagingNotice.tsx'
import { MessagingSwitch } from '../desks/MessagingSwitch.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { href, navigate } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { words as uiWords } from '../ui/words.ts'
import { ConversationRow } from './ConversationRow.tsx'
import { EmptyList } from './EmptyList.tsx'
import { countOf, type ViewKey } from './views.ts'
import { words } from './words.ts'

interface ListProps {
  view: ViewKey
  openId: string | null
}

/** The middle pane: the conversations of a view, newest activity first, endless. */
export function ConversationList({ view, openId }: ListProps) {
  const desk = useDesk()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    void desk.inbox.open(view)
  }, [desk, view])
  useListKeys(list, openId)
  const rows = desk.inbox.rows(view)
  const progress = desk.inbox.progress(view)
  const loading = progress.state === 'loading' || progress.state === 'idle'
  const back = { page: 'messages', deskId: desk.id, view: null, conversationId: null } as const
  return (
    <section class="list-pane" aria-label={words.views[view]}>
      <header class="pane-header">
        <a class="button quiet icon only-narrow" href={href(back)} aria-label={words.backToViews}>
          <Icon name="back" />
        </a>
        <ListTitle view={view} />
        <MessagingSwitch />
      </header>
      <div class="list-scroll">
        <MessagingNotice />
        <ul ref={list} class="list" aria-label={words.listOf(words.views[view])} aria-busy={loading}>
          {rows.map((item) => (
            <ConversationRow key={item.id} item={item} view={view} open={item.id === openId} />
          ))}
        </ul>
        {loading && rows.length === 0 && <ListSkeleton />}
        {progress.state === 'failed' && (
          <div class="notice danger list-notice" role="alert">
            <Icon name="warning" />
            <div>
              {words.listFailed} {errorText(progress.error)}{' '}
              <button type="button" class="link-button" onClick={() => retry(desk, view)}>
                {uiWords.tryAgain}
              </button>
            </div>
          </div>
        )}
        {progress.state === 'ready' && rows.length === 0 && <EmptyList view={view} />}
        {progress.cursor && <MoreRows key={progress.cursor} view={view} loading={loading} />}
      </div>
    </section>
  )
}

function retry(desk: ReturnType<typeof useDesk>, view: ViewKey): void {
  void (desk.inbox.progress(view).cursor ? desk.inbox.more(view) : desk.inbox.open(view))
}

function ListTitle({ view }: { view: ViewKey }) {
  const counts = useDesk().inbox.counts.value
  return (
    <h2 class="pane-title">
      {words.views[view]}
      {counts && <span class="pane-count numeric">{countOf(view, counts)}</span>}
    </h2>
  )
}

/** Loads the next page when it comes near; a button for those whose browser cannot tell. */
function MoreRows({ view, loading }: { view: ViewKey; loading: boolean }) {
  const desk = useDesk()
  const mark = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!mark.current || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void desk.inbox.more(view)
      },
      { rootMargin: '600px' },
    )
    observer.observe(mark.current)
    return () => observer.disconnect()
  }, [desk, view])
  return (
    <div ref={mark} class="list-more">
      {loading ? (
        <span class="spinner" />
      ) : (
        <button type="button" class="button quiet" onClick={() => desk.inbox.more(view)}>
          {words.loadMore}
        </button>
      )}
    </div>
  )
}

function ListSkeleton() {
  return (
    <div class="skeleton" aria-hidden="true">
      {[72, 54, 63, 48, 68].map((width) => (
        <div key={width} class="skeleton-row">
          <i style={{ width: '38%' }} />
          <i style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  )
}

/** J and K, or the arrows, move along the rows; Enter follows the link that has the focus. */
function useListKeys(list: { current: HTMLUListElement | null }, openId: string | null): void {
  const desk = useDesk()
  const move = (step: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a.row') ?? [])]
    const focused = links.indexOf(document.activeElement as HTMLAnchorElement)
    const open = links.findIndex((link) => link.dataset.id === openId)
    const from = focused >= 0 ? focused : open
    const next = from < 0 ? links[0] : links[from + step]
    next?.focus()
    next?.scrollIntoView?.({ block: 'nearest' })
    return links.length > 0
  }
  const arrow = (step: 1 | -1) => () => {
    const inList = list.current?.contains(document.activeElement) || document.activeElement === document.body
    return inList ? move(step) : false
  }
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: arrow(1),
    ArrowUp: arrow(-1),
    Escape: () => {
      if (openId) return false
      navigate({ page: 'messages', deskId: desk.id, view: 'all', conversationId: null })
    },
  })
}
