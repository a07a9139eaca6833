import { parseUrlRules } from '@helpdesk/core'
import { Field } from '../ui/Field.tsx'
import type { SettingsForm } from './settings-form.ts'
import type { WidgetValues } from './WidgetSettings.tsx'
import { words } from './words.ts'

const w = words.widget

/** The rules of a text with one per line. */
export function toRules(text: string): string[] {
  return parseUrlRules(text).rules
}

/** The line, from 1, on which the rule with this index stands: blank lines are no rules. */
function lineOf(text: string, index: number): number {
  const lines = text.split(/\r\n?|\n/)
  const places = lines.flatMap((line, at) => (line.trim() ? [at + 1] : []))
  return places[index] ?? lines.length
}

/**
 * What is wrong with a list of rules, naming the lines; `null` when nothing is.
 * @param refused what the desk said, by path
 */
export function ruleProblems(
  text: string,
  refused: Readonly<Record<string, string>>,
  path: string,
): string | null {
  const found = parseUrlRules(text).errors.map(({ line, code }) =>
    w.line(line, code === 'too_long' ? w.tooLong : w.tooMany),
  )
  for (const [pointer, detail] of Object.entries(refused)) {
    const index = pointer.startsWith(`${path}/`) ? Number(pointer.slice(path.length + 1)) : Number.NaN
    if (Number.isInteger(index)) found.push(w.line(lineOf(text, index), detail))
  }
  return found.length > 0 ? found.join(' · ') : (refused[path] ?? null)
}

interface RulesProps {
  form: SettingsForm<WidgetValues>
  name: 'show' | 'hide'
  path: string
}

/** A list of URL rules, one per line. */
export function RulesField({ form, name, path }: RulesProps) {
  const text = form.values.value[name]
  return (
    <Field
      label={name === 'show' ? w.show : w.hideRules}
      hint={name === 'show' ? w.showHint : w.hideHint}
      problem={ruleProblems(text, form.problems.value, path)}
    >
      {(control) => (
        <textarea
          {...control}
          class="input code"
          rows={Math.min(12, Math.max(3, text.split('\n').length + 1))}
          spellcheck={false}
          autocapitalize="off"
          placeholder={name === 'show' ? w.rulePlaceholder : w.hidePlaceholder}
          value={text}
          onInput={(event) => form.set(name, event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
