import type { ConversationWithMessages } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { whyNoMessages } from '../../availability.ts'
import { useModel, useStore, useTexts } from '../context.ts'
import { loadHistory, loadMoreConversations } from '../conversations/history.ts'
import { CloseButton } from '../ui/Header.tsx'
import { Icon } from '../ui/icons.tsx'
import { Failure, Loading, Notice } from '../ui/Notice.tsx'

/** The first screen: a greeting, the way to write, and the visitor's conversations. */
export function Home() {
  const desk = useStore((state) => state.desk)
  const isLost = useStore((state) => state.isLost)
  const history = useStore((state) => state.history)
  const { t, off } = useTexts()
  const reason = whyNoMessages(desk)
  return (
    <div class="scroll home">
      <header class="hello">
        <p>{desk.name}</p>
        <CloseButton />
        <h2>{t('greeting')}</h2>
      </header>
      {isLost && <Notice>{t('lost')}</Notice>}
      {reason ? <Notice>{off(reason)}</Notice> : <WriteButton />}
      <Conversations />
      {history === 'none' && !isLost && !reason && <p class="aside">{t('elsewhere')}</p>}
    </div>
  )
}

function WriteButton() {
  const { store } = useModel()
  const { t } = useTexts()
  return (
    <button class="write" type="button" onClick={() => store.set({ screen: { name: 'message' } })}>
      <span>
        <b>{t('write')}</b>
        {t('writeHint')}
      </span>
      <Icon name="forward" />
    </button>
  )
}

function Conversations() {
  const model = useModel()
  const history = useStore((state) => state.history)
  const conversations = useStore((state) => state.conversations)
  const nextCursor = useStore((state) => state.nextCursor)
  const outbox = useStore((state) => state.outbox)
  const { t, error } = useTexts()
  const [failed, setFailed] = useState(false)
  if (history === 'loading') return <Loading />
  if (history === 'failed') return <Failure text={error('unavailable')} onRetry={() => loadHistory(model)} />
  const starting = outbox.filter(({ conversationId }) => !conversationId)
  if (conversations.length + starting.length === 0) return null
  const loadMore = () =>
    loadMoreConversations(model).then(
      () => setFailed(false),
      () => setFailed(true),
    )
  return (
    <section class="list">
      <h3>{t('conversations')}</h3>
      {starting.map(({ key, body, state }) => (
        <Row
          key={key}
          id={key}
          text={t('fromYou', { text: body })}
          status={t(state === 'failed' ? 'failed' : state)}
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
  const text = last?.author.type === 'contact' ? t('fromYou', { text: last.body }) : last?.body
  return (
    <Row
      id={thread.id}
      title={agent ?? undefined}
      text={text ?? ''}
      status={t(`status.${thread.status}`)}
      time={ago(thread.lastMessageAt, Date.now())}
      unread={thread.unreadCount}
    />
  )
}

interface RowProps {
  id: string
  title?: string
  text: string
  status: string
  time?: string
  unread?: number
}

function Row({ id, title, text, status, time, unread = 0 }: RowProps) {
  const { store } = useModel()
  const { t, plural } = useTexts()
  return (
    <button class="row" type="button" onClick={() => store.set({ screen: { name: 'thread', id } })}>
      <span class="row-top">
        <b>{title ?? t('team')}</b>
        <time>{time}</time>
      </span>
      <span class={unread ? 'row-text is-new' : 'row-text'}>{text}</span>
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
