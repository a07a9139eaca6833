import type { Conversation } from '@helpdesk/core/api'
import { EmailPrompt } from '../contacts/EmailPrompt.tsx'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { offersTickets } from '../home/offers.ts'
import { Header } from '../ui/Header.tsx'
import { Failure, Loading, Notice } from '../ui/Notice.tsx'
import { Composer } from './Composer.tsx'
import { loadHistory } from './history.ts'
import { Messages } from './Messages.tsx'

/** A conversation or a ticket: its messages, live, and the place to write on. */
export function Thread({ id, back }: { id: string; back?: 'tickets' }) {
  const model = useModel()
  const { t, error } = useAllTexts()
  const desk = useStore((state) => state.desk)
  const history = useStore((state) => state.history)
  const isTeamOnline = useStore((state) => state.isTeamOnline)
  const thread = useStore((state) => state.conversations.find((one) => one.id === id))
  const starting = useStore((state) => state.outbox.find(({ key }) => key === id))
  const words = thread && t(`status.${thread.status}`)
  const title = thread ? thread.subject : starting?.ticket?.title
  const status = thread && (title ? [`#${thread.number}`, words] : [words, thread.number]).join(' · ')
  return (
    <>
      <Header
        title={title ?? desk.name}
        line={title || !isTeamOnline ? status : t('online')}
        back={back ?? (title && offersTickets(desk) ? 'tickets' : undefined)}
      />
      {thread?.subject && <Facts ticket={thread} />}
      {thread || starting ? (
        <>
          <Messages id={id} thread={thread} />
          <EmailPrompt />
          {thread && <Footer thread={thread} />}
        </>
      ) : (
        <div class="scroll pad">
          {history === 'loading' && <Loading />}
          {history === 'failed' && <Failure text={error('unavailable')} onRetry={() => loadHistory(model)} />}
          {(history === 'ready' || history === 'none') && <Notice>{t('gone')}</Notice>}
        </div>
      )}
    </>
  )
}

/** What is known of a ticket beside its title, number and status. */
function Facts({ ticket: { category, priority, author } }: { ticket: Conversation }) {
  const { t } = useAllTexts()
  const facts = [
    category && { name: t('category'), value: category.name },
    { name: t('priority'), value: t(`priority.${priority}`) },
    !author.self && { name: t('openedBy'), value: author.name ?? t('colleague') },
  ]
  return (
    <dl class="facts">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd dir="auto">{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

function Footer({ thread: { id, subject, status } }: { thread: Conversation }) {
  const { messaging, tickets } = useStore((state) => state.desk)
  const { t, error } = useAllTexts()
  const isTicket = subject !== null
  if (!(isTicket ? tickets : messaging))
    return <Notice>{error(isTicket ? 'tickets_disabled' : 'messaging_disabled')}</Notice>
  const hint = status === 'resolved' ? t(isTicket ? 'ticketResolved' : 'resolved') : undefined
  return <Composer id={id} hint={hint} />
}
