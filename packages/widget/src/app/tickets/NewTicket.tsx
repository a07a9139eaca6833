import { isEmail, type PrefillDraft } from '@helpdesk/core'
import { useLayoutEffect, useState } from 'preact/hooks'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { keepDraft } from '../conversations/drafts.ts'
import type { ArticleScreen } from '../screen.ts'
import { Header } from '../ui/Header.tsx'
import { Loading, Notice } from '../ui/Notice.tsx'
import { Identify } from './Identify.tsx'
import { TicketFields } from './TicketFields.tsx'
import type { TicketErrors } from './ticket-rules.ts'
import { useTicketForm } from './use-ticket-form.ts'
import { whyNoTickets } from './why-no-tickets.ts'

interface NewTicketProps {
  draft?: PrefillDraft
  from?: 'tickets' | ArticleScreen
}

/** The form that opens a ticket; whom the desk does not know yet is asked first how to be reached. */
export function NewTicket({ draft, from }: NewTicketProps) {
  const desk = useStore((state) => state.desk)
  const { t, error } = useAllTexts()
  useDraft(draft, from)
  const reason = whyNoTickets(desk)
  return (
    <>
      <Header title={t('newTicket')} line={desk.name} back={from} />
      <div class="scroll pad">{reason ? <Notice>{error(reason)}</Notice> : <Steps />}</div>
    </>
  )
}

function Steps() {
  const model = useModel()
  const { form, isLoading } = useTicketForm()
  const { emailRequired, attachments } = useStore((state) => state.desk.widget)
  const contact = useStore((state) => state.contact)
  const history = useStore((state) => state.history)
  const email = useStore((state) => state.drafts.email ?? model.prefill?.email ?? '')
  const [hasIdentified, setIdentified] = useState(() => isEmail(email.trim()))
  const [refused, setRefused] = useState<TicketErrors>({})
  if (isLoading || history === 'loading') return <Loading />
  const asksEmail = !contact?.email
  const help = form?.helpText.trim()
  return (
    <>
      {help && (
        <p class="welcome" dir="auto">
          {help}
        </p>
      )}
      {asksEmail && !hasIdentified ? (
        <Identify
          emailRequired={form?.emailRequired ?? emailRequired}
          refused={refused}
          onDone={() => setIdentified(true)}
        />
      ) : (
        <TicketFields
          form={form}
          takesFiles={form?.attachments ?? attachments}
          asksEmail={asksEmail}
          onPersonRefused={(errors) => {
            setRefused(errors)
            setIdentified(false)
          }}
        />
      )}
    </>
  )
}

/** Fills in what a link or the page gives, once; nothing is ever sent by that. */
function useDraft(draft: PrefillDraft | undefined, from: NewTicketProps['from']): void {
  const model = useModel()
  useLayoutEffect(() => {
    if (!draft) return
    for (const [field, text] of Object.entries(draft)) if (text) keepDraft(model, field, text)
    model.store.set({ screen: { name: 'new-ticket', from } })
  }, [model, draft, from])
}
