import type { ConversationWithMessages } from '@helpdesk/core/api'
import { useLayoutEffect, useState } from 'preact/hooks'
import { whyNoMessages } from '../../availability.ts'
import { hasArticles, loadHelpCenter } from '../articles/help-center.ts'
import { RestoreEntry } from '../contacts/RestoreEntry.tsx'
import { useModel, useStore, useTexts } from '../context.ts'
import { loadHistory, loadMoreConversations } from '../conversations/history.ts'
import { textOf } from '../conversations/threads.ts'
import type { Screen } from '../screen.ts'
import { CloseButton } from '../ui/Header.tsx'
import { Failure, Loading, Notice } from '../ui/Notice.tsx'
import { offersMessages, offersTickets, offersWriting } from './offers.ts'
import { Search } from './Search.tsx'
import { useWay, Ways } from './Ways.tsx'

/** The first screen: a greeting, what there is to read, the ways to write, and what the visitor has written. */
export function Home() {
  const desk = useStore((state) => state.desk)
  const isLost = useStore((state) => state.isLost)
  const query = useStore((state) => state.query)
  const canRead = useHelpCenter()
  const { t, off } = useTexts()
  const reason = whyNoMessages(desk)
  // Who is offered tickets or articles instead need not read that there are no messages.
  const isToldWhy = reason && !(reason === 'messaging-off' && (offersTickets(desk) || canRead !== false))
  const isSearching = canRead !== false && query.trim() !== ''
  return (
    <>
      <div class="scroll home">
        <header class="hello">
          <p>{desk.name}</p>
          <CloseButton />
          <h2>{t('greeting')}</h2>
        </header>
        {isLost && <Notice>{t('lost')}</Notice>}
        {isToldWhy && <Notice>{off(reason)}</Notice>}
        {(canRead || isSearching) && <Search />}
        {!isSearching && <Rest />}
      </div>
      {/* Below what scrolls: who has lost a conversation sees at once how to get it back. */}
      {!isSearching && <RestoreEntry />}
    </>
  )
}

/** Finds out what there is to read, again with every language and connection; answers whether there is something. */
function useHelpCenter(): boolean | undefined {
  const model = useModel()
  const { locale } = useTexts()
  const connection = useStore((state) => state.connection)
  const isOffered = useStore((state) => state.desk.widget.homes.articles)
  useLayoutEffect(() => {
    loadHelpCenter(model)
  }, [model, locale, connection, isOffered])
  return useStore(hasArticles)
}

/** All that is not in the way of who searches. */
function Rest() {
  const model = useModel()
  const desk = useStore((state) => state.desk)
  const reading = useStore((state) => state.helpCenter?.state)
  const { error } = useTexts()
  const hasTickets = offersTickets(desk)
  const canWrite = offersWriting(desk)
  return (
    <>
      {!canWrite && reading === 'loading' && <Loading />}
      {!canWrite && reading === 'failed' && (
        <Failure text={error('unavailable')} onRetry={() => loadHelpCenter(model)} />
      )}
      <Ways />
      <History hasTickets={hasTickets} />
    </>
  )
}

function History({ hasTickets }: { hasTickets: boolean }) {
  const model = useModel()
  const history = useStore((state) => state.history)
  const { error } = useTexts()
  if (history === 'loading') return <Loading />
  if (history === 'failed') return <Failure text={error('unavailable')} onRetry={() => loadHistory(model)} />
  return (
    <>
      {hasTickets && <Tickets />}
      <Conversations hasTickets={hasTickets} />
    </>
  )
}

/** The newest ticket, and the way to all of them. */
function Tickets() {
  const { t, ago } = useTexts()
  const conversations = useStore((state) => state.conversations)
  const outbox = useStore((state) => state.outbox)
  const waiting = outbox.find(({ ticket }) => ticket)
  const newest = conversations.find(({ subject, author }) => subject !== null && author.self)
  const hasSome = waiting !== undefined || newest !== undefined
  return (
    <section class="list">
      {hasSome && <h3>{t('tickets')}</h3>}
      {waiting && (
        <Row
          screen={{ name: 'thread', id: waiting.key }}
          title={waiting.ticket?.title}
          status={t(waiting.state)}
        />
      )}
      {newest && !waiting && (
        <Row
          screen={{ name: 'ticket', number: newest.number }}
          title={newest.subject ?? ''}
          status={`#${newest.number} · ${t(`status.${newest.status}`)}`}
          time={ago(newest.lastMessageAt, Date.now())}
          unread={newest.unreadCount}
        />
      )}
      <button {...useWay({ name: 'tickets' })} class="quiet">
        {t(hasSome ? 'allTickets' : 'tickets')}
      </button>
    </section>
  )
}

function Conversations({ hasTickets }: { hasTickets: boolean }) {
  const model = useModel()
  const all = useStore((state) => state.conversations)
  const nextCursor = useStore((state) => state.nextCursor)
  const outbox = useStore((state) => state.outbox)
  const desk = useStore((state) => state.desk)
  const { t } = useTexts()
  const [failed, setFailed] = useState(false)
  const conversations = all.filter(({ subject, author }) => author.self && !(hasTickets && subject !== null))
  const starting = outbox.filter(({ conversationId, ticket }) => !conversationId && !(hasTickets && ticket))
  if (conversations.length + starting.length === 0 && !(nextCursor !== null && offersMessages(desk)))
    return null
  const loadMore = () =>
    loadMoreConversations(model).then(
      () => setFailed(false),
      () => setFailed(true),
    )
  return (
    <section class="list">
      <h3>{t('conversations')}</h3>
      {starting.map(({ key, state, ...item }) => (
        <Row
          key={key}
          screen={{ name: 'thread', id: key }}
          text={t('fromYou', { text: textOf(item) })}
          status={t(state)}
        />
      ))}
      {conversations.map((thread) => (
        <ConversationRow key={thread.id} thread={thread} />
      ))}
      {nextCursor !== null && (
        <button class="quiet" type="button" onClick={loadMore}>
          {failed ? t('retry') : t('moreConversations')}
        </button>
      )}
    </section>
  )
}

function ConversationRow({ thread }: { thread: ConversationWithMessages }) {
  const { t, ago } = useTexts()
  const last = thread.messages.at(-1)
  const agent = thread.messages.findLast(({ author }) => author.type !== 'contact')?.author.name
  const text = last && textOf(last)
  return (
    <Row
      screen={{ name: 'thread', id: thread.id }}
      title={thread.subject ?? agent ?? undefined}
      text={text && last?.author.type === 'contact' ? t('fromYou', { text }) : text}
      status={t(`status.${thread.status}`)}
      time={ago(thread.lastMessageAt, Date.now())}
      unread={thread.unreadCount}
    />
  )
}

interface RowProps {
  screen: Screen
  title?: string
  text?: string
  status: string
  time?: string
  unread?: number
}

function Row({ screen, title, text, status, time, unread = 0 }: RowProps) {
  const { t, plural } = useTexts()
  return (
    <button {...useWay(screen)} class="row">
      <span class="row-top">
        <b>{title ?? t('team')}</b>
        <time>{time}</time>
      </span>
      {text && <span class={unread ? 'row-text is-new' : 'row-text'}>{text}</span>}
      <span class="row-top">
        <span class="status">{status}</span>
        {unread > 0 && (
          <span class="count">
            <span aria-hidden="true">{unread}</span>
            <span class="spoken">{plural('unread', unread)}</span>
          </span>
        )}
      </span>
    </button>
  )
}
