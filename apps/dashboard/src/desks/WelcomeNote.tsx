import type { Desk } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { Field } from '../ui/Field.tsx'
import { useDesk } from './open-desk.ts'
import type { SettingsForm } from './settings-form.ts'
import type { WidgetValues } from './WidgetSettings.tsx'
import { languages, words } from './words.ts'

type Locale = Desk['locale']

const w = words.widget
const locales = Object.keys(languages) as Locale[]

/** The welcome note, one text per language; the languages that have one are marked. */
export function WelcomeNote({ form }: { form: SettingsForm<WidgetValues> }) {
  const desk = useDesk()
  const own = desk.settings.value?.locale ?? 'en'
  const [locale, setLocale] = useState<Locale>(own)
  const notes = form.values.value.welcomeNote
  const write = (text: string) => {
    const { [locale]: _, ...others } = notes
    form.set('welcomeNote', text ? { ...others, [locale]: text } : others)
  }
  // The desk's own language first: it is what every other one falls back to.
  const ordered = [own, ...locales.filter((one) => one !== own)]
  return (
    <Field
      label={
        <>
          {w.welcome}
          <span class="hidden-visually"> ({languages[locale]})</span>
        </>
      }
      hint={w.welcomeHint}
      problem={
        form.problems.value[`widget/welcomeNote/${locale}`] ?? form.problems.value['widget/welcomeNote']
      }
    >
      {(control) => (
        <>
          <select
            class="input select"
            aria-label={w.welcomeLanguage}
            value={locale}
            onChange={(event) => setLocale(event.currentTarget.value as Locale)}
          >
            {ordered.map((one) => (
              <option key={one} value={one}>
                {languages[one]}
                {notes[one] ? ' ●' : ''}
              </option>
            ))}
          </select>
          <textarea
            {...control}
            class="input"
            rows={3}
            maxLength={500}
            lang={locale}
            placeholder={w.welcomePlaceholder}
            value={notes[locale] ?? ''}
            onInput={(event) => write(event.currentTarget.value)}
          />
        </>
      )}
    </Field>
  )
}
