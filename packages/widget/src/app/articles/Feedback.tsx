import { isApiError } from '@helpdesk/client'
import type { PublicArticle } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { useAllTexts, useModel } from '../context.ts'
import { Field } from '../ui/Field.tsx'
import { FormProblem } from '../ui/FormProblem.tsx'
import { memoryOf } from './memory.ts'

type Step = 'open' | 'asked' | 'done'

/** Asks whether an article was helpful, and why. */
export function Feedback({ article }: { article: PublicArticle }) {
  const model = useModel()
  const { t, error } = useAllTexts()
  const { rated } = memoryOf(model)
  const { url, slug, locale } = article
  const [step, setStep] = useState<Step>(() => rated.get(url) ?? 'open')
  const [helpful, setHelpful] = useState<boolean>()
  const [problem, setProblem] = useState<string>()
  const [isSending, setSending] = useState(false)
  const rate = async (helpful: boolean, comment?: string) => {
    if (isSending) return
    setSending(true)
    setProblem(undefined)
    try {
      await model.client.articles.rate(slug, { helpful, comment, locale }, { signal: model.signal })
      const next = comment ? 'done' : 'asked'
      rated.set(url, next)
      setHelpful(helpful)
      setStep(next)
      model.store.set({ announcement: t('thanks') })
    } catch (cause) {
      if (!model.signal.aborted) setProblem(error(isApiError(cause) ? cause.code : 'network'))
    }
    setSending(false)
  }
  return (
    <section class="feedback">
      {step === 'open' ? (
        <>
          <h3>{t('helpful')}</h3>
          <div class="answers">
            {([true, false] as const).map((one) => (
              <button
                key={one}
                class="quiet"
                type="button"
                aria-disabled={isSending}
                onClick={() => rate(one)}
              >
                {t(one ? 'yes' : 'no')}
              </button>
            ))}
          </div>
        </>
      ) : (
        <h3>{t('thanks')}</h3>
      )}
      {step === 'asked' && helpful !== undefined && (
        <Comment isSending={isSending} onSend={(comment) => rate(helpful, comment)} />
      )}
      <FormProblem text={problem} />
    </section>
  )
}

/** What the desk takes. */
const longestComment = 2_000

function Comment({ isSending, onSend }: { isSending: boolean; onSend: (comment: string) => void }) {
  const { t, plural } = useAllTexts()
  const [comment, setComment] = useState('')
  const text = comment.trim()
  const tooMany = text.length - longestComment
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (text && tooMany <= 0) onSend(text)
      }}
    >
      <Field
        id="comment"
        label={t('comment')}
        value={comment}
        onValue={setComment}
        error={tooMany > 0 ? plural('tooLong', tooMany) : undefined}
        multiline
      />
      <button class="primary" type="submit" aria-disabled={isSending || !text || tooMany > 0}>
        {t(isSending ? 'sending' : 'sendComment')}
      </button>
    </form>
  )
}
