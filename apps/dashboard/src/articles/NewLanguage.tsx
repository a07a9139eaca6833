import { type Locale, limits } from '@helpdesk/core'
import { useState } from 'preact/hooks'
import { errorText } from '../client.ts'
import { mayAnswer } from '../conversations/actions.ts'
import { useDesk } from '../desks/open-desk.ts'
import { languages } from '../desks/words.ts'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import type { ArticleWork } from './article-work.ts'
import { words } from './editor-words.ts'

const w = words.newLanguage

interface NewLanguageProps {
  work: ArticleWork
  locale: Locale
  own: Locale
}

/** A language that the article is not yet in: begins with nothing, or with a copy to translate. */
export function NewLanguage({ work, locale, own }: NewLanguageProps) {
  const desk = useDesk()
  const drafts = work.drafts.value
  const source = drafts.find((one) => one.locale === own) ?? drafts[0]
  const [title, setTitle] = useState('')
  const [from, setFrom] = useState<Locale | ''>(source?.locale ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const add = async () => {
    if (!title.trim()) return setProblem(w.nameNeeded)
    setBusy(true)
    try {
      const copied = drafts.find((one) => one.locale === from)
      await work.addLanguage(locale, title.trim(), copied?.markdown.peek() ?? '')
    } catch (error) {
      setProblem(w.failed(errorText(error)))
      setBusy(false)
    }
  }
  const heading = (
    <>
      <h2>{w.title(languages[locale])}</h2>
      <p class="soft">{w.text}</p>
    </>
  )
  if (!mayAnswer(desk.settings.value?.role)) return <section class="new-language">{heading}</section>
  return (
    <form
      class="new-language"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      {heading}
      <Field label={w.name(languages[locale])} problem={problem}>
        {(control) => (
          <input
            {...control}
            class="input large"
            maxLength={limits.title}
            lang={locale}
            placeholder={source?.title.value}
            value={title}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={w.from}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value as Locale | '')}
          >
            {drafts.map((one) => (
              <option key={one.locale} value={one.locale}>
                {w.copyOf(languages[one.locale])}
              </option>
            ))}
            <option value="">{w.empty}</option>
          </select>
        )}
      </Field>
      <button type="submit" class="button primary" disabled={busy}>
        <Icon name="plus" />
        {w.add}
      </button>
    </form>
  )
}
