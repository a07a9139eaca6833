import type { Conversation } from '@helpdesk/core/api'
import { useLayoutEffect } from 'preact/hooks'
import { RestoreEntry } from '../contacts/RestoreEntry.tsx'
import { useAllTexts, useModel, useStore } from '../context.ts'
import type { TicketList as List } from '../state.ts'
import { Header } from '../ui/Header.tsx'
import { LaterIcon } from '../ui/later-icons.tsx'
import { Failure, Loading, Notice } from '../ui/Notice.tsx'
import { loadMoreTickets, loadTickets } from './list.ts'
import { whyNoTickets } from './why-no-tickets.ts'

const statuses = ['open', 'resolved'] as const

/** The tickets of the visitor, and of everybody of the same client where the desk allows it. */
export function TicketList() {
  const model = useModel()
  const { t, error } = useAllTexts()
  const reason = useStore((state) => whyNoTickets(state.desk))
  const history = useStore((state) => state.history)
  const name = useStore((state) => state.contact?.client?.name ?? state.desk.name)
  const status = useStore((state) => state.tickets?.status ?? 'open')
  useLayoutEffect(() => {
    if (history !== 'loading') void loadTickets(model, model.store.get().tickets?.status ?? 'open')
  }, [model, history])
  return (
    <>
      <Header title={t('tickets')} line={name} />
      <fieldset class="filter">
        <legend class="spoken">{t('filter')}</legend>
        {statuses.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === status}
            onClick={() => one !== status && loadTickets(model, one)}
          >
            {t(`filter.${one}`)}
          </button>
        ))}
      </fieldset>
      <div class="scroll tickets">
        {reason && <Notice>{error(reason)}</Notice>}
        {reason !== 'identity_required' && <Tickets />}
        <RestoreEntry text={t('restoreTickets')} from={{ name: 'tickets' }} />
      </div>
      {!reason && (
        <div class="bar">
          <button
            class="primary"
            type="button"
            onClick={() => model.store.set({ screen: { name: 'new-ticket', from: 'tickets' } })}
          >
            <LaterIcon name="plus" />
            {t('newTicket')}
          </button>
        </div>
      )}
    </>
  )
}

function Tickets() {
  const model = useModel()
  const { t, error } = useAllTexts()
  const list = useStore((state) => state.tickets)
  const outbox = useStore((state) => state.outbox)
  const status = list?.status ?? 'open'
  const waiting = status === 'open' ? outbox.filter(({ ticket }) => ticket) : []
  const items = list?.items ?? []
  const count = waiting.length + items.length
  const isLoading = !list || list.state === 'loading'
  if (list?.state === 'failed' && items.length === 0)
    return <Failure text={error('unavailable')} onRetry={() => loadTickets(model, status)} />
  if (count === 0) return isLoading ? <Loading /> : <Empty status={status} />
  return (
    <>
      <ul class="ticket-list" aria-busy={isLoading}>
        {waiting.map(({ key, ticket, state }) => (
          <li key={key}>
            <button
              class="row"
              type="button"
              onClick={() => model.store.set({ screen: { name: 'thread', id: key, from: 'tickets' } })}
            >
              <b dir="auto">{ticket?.title}</b>
              <span class="row-top">
                <span class="status">{t(state)}</span>
              </span>
            </button>
          </li>
        ))}
        {items.map((ticket) => (
          <TicketRow key={ticket.id} ticket={ticket} />
        ))}
      </ul>
      {list?.nextCursor && (
        <button class="quiet" type="button" aria-disabled={isLoading} onClick={() => loadMoreTickets(model)}>
          {t(isLoading ? 'loading' : list.state === 'failed' ? 'retry' : 'moreConversations')}
        </button>
      )}
    </>
  )
}

function TicketRow({ ticket }: { ticket: Conversation }) {
  const { store } = useModel()
  const { t, plural, ago } = useAllTexts()
  const { number, subject, status, author, lastMessageAt, unreadCount } = ticket
  return (
    <li>
      <button class="row" type="button" onClick={() => store.set({ screen: { name: 'ticket', number } })}>
        <span class="row-top">
          <span class="status">{`#${number}`}</span>
          <time dateTime={lastMessageAt}>{ago(lastMessageAt, Date.now())}</time>
        </span>
        <b class={unreadCount ? 'is-new' : undefined} dir="auto">
          {subject}
        </b>
        {!author.self && (
          <span class="status">{t('openedByName', { name: author.name ?? t('colleague') })}</span>
        )}
        <span class="row-top">
          <span class={`state ${status}`}>{t(`status.${status}`)}</span>
          {unreadCount > 0 && (
            <span class="count">
              <span aria-hidden="true">{unreadCount}</span>
              <span class="spoken">{plural('unread', unreadCount)}</span>
            </span>
          )}
        </span>
      </button>
    </li>
  )
}

function Empty({ status }: { status: List['status'] }) {
  const { t } = useAllTexts()
  return (
    <div class="empty" role="status">
      <LaterIcon name="file" />
      <p>{t(`empty.${status}`)}</p>
    </div>
  )
}
