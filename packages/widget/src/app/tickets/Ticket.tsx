import { isApiError } from '@helpdesk/client'
import { useLayoutEffect, useState } from 'preact/hooks'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { forgetIfRefused, loadHistory } from '../conversations/history.ts'
import { Thread } from '../conversations/Thread.tsx'
import { withPage } from '../conversations/threads.ts'
import type { Model } from '../model.ts'
import { Header } from '../ui/Header.tsx'
import { Failure, Loading, Notice } from '../ui/Notice.tsx'
import { whyNoTickets } from './why-no-tickets.ts'

type Outcome = 'found' | 'gone' | 'failed'

/** A ticket by its number: its thread, or one and the same answer for all that cannot be opened here. */
export function Ticket({ number }: { number: string }) {
  const model = useModel()
  const { t, error } = useAllTexts()
  const history = useStore((state) => state.history)
  const id = useStore((state) => state.conversations.find((one) => isNumber(one.number, number))?.id)
  const [outcome, setOutcome] = useState<Outcome>()
  const [tries, setTries] = useState(0)
  useLayoutEffect(() => {
    if (id || history === 'loading') return
    setOutcome(undefined)
    let isCurrent = true
    void openTicket(model, number).then((found) => {
      if (isCurrent && !model.signal.aborted) setOutcome(found)
    })
    return () => {
      isCurrent = false
    }
  }, [model, number, history, id === undefined, tries])
  if (id) return <Thread id={id} back="tickets" />
  const retry = () => {
    if (history === 'failed') void loadHistory(model)
    setTries(tries + 1)
  }
  return (
    <>
      <Header title={t('ticket', { number })} back="tickets" />
      <div class="scroll pad">
        {outcome === undefined && <Loading />}
        {outcome === 'failed' && <Failure text={error('unavailable')} onRetry={retry} />}
        {outcome === 'gone' && <Gone />}
      </div>
    </>
  )
}

function Gone() {
  const { store, only } = useModel()
  const { t, error } = useAllTexts()
  const reason = useStore((state) => whyNoTickets(state.desk))
  if (reason === 'identity_required') return <Notice>{error(reason)}</Notice>
  return (
    <div class="empty" role="status">
      <h3>{t('ticketGone')}</h3>
      <p>{t('ticketGoneHint')}</p>
      {only === undefined && (
        <button class="quiet" type="button" onClick={() => store.set({ screen: { name: 'tickets' } })}>
          {t('tickets')}
        </button>
      )}
    </div>
  )
}

/** Loads a ticket; nobody learns from the answer whether a number that is not theirs exists. */
async function openTicket(model: Model, number: string): Promise<Outcome> {
  const { store, client, signal } = model
  if (!client.credentials) return 'gone'
  try {
    const { ticket } = await client.tickets.get(number, { signal })
    store.set({ conversations: withPage(store.get().conversations, [ticket]) })
    return 'found'
  } catch (cause) {
    if (forgetIfRefused(model, cause)) return 'gone'
    const gone = ['not_found', 'validation_failed', 'identity_required']
    return isApiError(cause) && gone.includes(cause.code) ? 'gone' : 'failed'
  }
}

/** Numbers are written with or without `#`, and in any case. */
function isNumber(known: string, asked: string): boolean {
  const bare = (number: string) => number.trim().replace(/^#/, '').toLowerCase()
  return bare(known) === bare(asked)
}
