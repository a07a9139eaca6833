import { EmailPrompt } from '../contacts/EmailPrompt.tsx'
import { useModel, useStore, useTexts } from '../context.ts'
import { Header } from '../ui/Header.tsx'
import { Failure, Loading, Notice } from '../ui/Notice.tsx'
import { Composer } from './Composer.tsx'
import { loadHistory } from './history.ts'
import { Messages } from './Messages.tsx'

/** A conversation: its messages, live, and the place to write on. */
export function Thread({ id }: { id: string }) {
  const model = useModel()
  const { t, error } = useTexts()
  const desk = useStore((state) => state.desk)
  const history = useStore((state) => state.history)
  const isTeamOnline = useStore((state) => state.isTeamOnline)
  const thread = useStore((state) => state.conversations.find((one) => one.id === id))
  const isStarting = useStore((state) => state.outbox.some(({ key }) => key === id))
  const status = thread && `${t(`status.${thread.status}`)} · ${thread.number}`
  return (
    <>
      <Header title={desk.name} line={isTeamOnline ? t('online') : status} />
      {thread || isStarting ? (
        <>
          <Messages id={id} thread={thread} />
          <EmailPrompt />
          {thread && <Footer id={id} isResolved={thread.status === 'resolved'} />}
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

function Footer({ id, isResolved }: { id: string; isResolved: boolean }) {
  const messaging = useStore((state) => state.desk.messaging)
  const { t, error } = useTexts()
  if (!messaging) return <Notice>{error('messaging_disabled')}</Notice>
  return <Composer id={id} hint={isResolved ? t('resolved') : undefined} />
}
