import type { Desk } from '@helpdesk/core/api'
import { Field } from '../ui/Field.tsx'
import { fallbackHint, type LocalizedTexts, withText } from './localized.ts'
import { useDesk } from './open-desk.ts'

interface LocalizedFieldProps {
  label: string
  /** Stands below as long as there is nothing to say of what other languages show instead. */
  hint: string
  placeholder: string
  maxLength: number
  /** How many lines; absent where one is enough. */
  rows?: number
  locale: Desk['locale']
  texts: LocalizedTexts
  problem: string | undefined
  onChange: (texts: LocalizedTexts) => void
}

/** A text in one of its languages, with what is shown instead as long as that one has none. */
export function LocalizedField({
  label,
  hint,
  placeholder,
  maxLength,
  rows,
  locale,
  texts,
  problem,
  onChange,
}: LocalizedFieldProps) {
  const own = useDesk().settings.value?.locale ?? 'en'
  const text = {
    class: 'input',
    maxLength,
    lang: locale,
    placeholder,
    value: texts[locale] ?? '',
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onChange(withText(texts, locale, currentTarget.value)),
  }
  return (
    <Field label={label} hint={fallbackHint(texts, locale, own) ?? hint} problem={problem}>
      {(control) =>
        rows ? <textarea {...control} {...text} rows={rows} /> : <input {...control} {...text} />
      }
    </Field>
  )
}
