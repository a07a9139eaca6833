import { checkNumberPattern, formatNumber } from '@helpdesk/core'
import type { Desk, DeskChange } from '@helpdesk/core/api'
import { Field } from '../ui/Field.tsx'
import { Switch } from '../ui/Switch.tsx'
import { useDesk } from './open-desk.ts'
import { Section, SettingsPage } from './SettingsPage.tsx'
import { type SettingsForm, useSettingsForm } from './settings-form.ts'
import { languages, words } from './words.ts'

interface GeneralValues extends Pick<Desk, 'name' | 'locale' | 'timeZone' | 'active' | 'numberPattern'> {
  instantly: boolean
}

const w = words.general

function read({ name, locale, timeZone, active, numberPattern, messaging }: Desk): GeneralValues {
  return { name, locale, timeZone, active, numberPattern, instantly: messaging.sendInstantlyDefault }
}

function write(_: GeneralValues, changed: Partial<GeneralValues>): DeskChange {
  const { instantly, ...rest } = changed
  return instantly === undefined ? rest : { ...rest, messaging: { sendInstantlyDefault: instantly } }
}

function check({ name, timeZone, numberPattern }: GeneralValues): Record<string, string> {
  const problems: Record<string, string> = {}
  if (!name.trim()) problems.name = w.needed
  if (!isTimeZone(timeZone)) problems.timeZone = w.zoneUnknown
  const pattern = checkNumberPattern(numberPattern)
  if (pattern) problems.numberPattern = w.patternProblems[pattern]
  return problems
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** Settings > General. */
export function GeneralSettings() {
  const desk = useDesk()
  const form = useSettingsForm<GeneralValues>({ read, write, check })
  if (!desk.settings.value) return null
  const values = form.values.value
  return (
    <SettingsPage title={w.title} form={form}>
      <DeskSection form={form} />
      <Section title={w.replies}>
        <Switch
          label={w.instantly}
          hint={w.instantlyHint}
          checked={values.instantly}
          onChange={(on) => form.set('instantly', on)}
        />
      </Section>
      <Section title={w.numbers}>
        <PatternField form={form} />
        <ZoneField form={form} />
      </Section>
    </SettingsPage>
  )
}

interface SectionProps {
  form: SettingsForm<GeneralValues>
}

function DeskSection({ form }: SectionProps) {
  const values = form.values.value
  return (
    <Section title={words.switchDesk}>
      <Field label={w.name} hint={w.nameHint} problem={form.problems.value.name}>
        {(control) => (
          <input
            {...control}
            class="input"
            maxLength={100}
            value={values.name}
            onInput={(event) => form.set('name', event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={w.locale} hint={w.localeHint} problem={form.problems.value.locale}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={values.locale}
            onChange={(event) => form.set('locale', event.currentTarget.value as Desk['locale'])}
          >
            {Object.entries(languages).map(([locale, name]) => (
              <option key={locale} value={locale}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Switch
        label={w.active}
        hint={w.activeHint}
        checked={values.active}
        onChange={(on) => form.set('active', on)}
      />
    </Section>
  )
}

function PatternField({ form }: SectionProps) {
  const { numberPattern, timeZone } = form.values.value
  const wrong = checkNumberPattern(numberPattern)
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC'
  const example = (seq: number) => formatNumber(numberPattern, new Date(), seq, zone)
  return (
    <Field
      label={w.pattern}
      problem={wrong ? w.patternProblems[wrong] : form.problems.value.numberPattern}
      hint={
        <>
          {w.patternHint}
          <span class="tokens">
            {w.tokens.map(([token, meaning]) => (
              <span key={token}>
                <code>{token}</code> {meaning}
              </span>
            ))}
          </span>
        </>
      }
    >
      {(control) => (
        <>
          <input
            {...control}
            class="input code"
            spellcheck={false}
            maxLength={60}
            value={numberPattern}
            onInput={(event) => form.set('numberPattern', event.currentTarget.value)}
          />
          {!wrong && (
            <output class="example" for={control.id}>
              {w.example} <strong class="numeric">#{example(1)}</strong>,{' '}
              <span class="numeric">#{example(2)}</span>…
            </output>
          )}
        </>
      )}
    </Field>
  )
}

function ZoneField({ form }: SectionProps) {
  return (
    <Field label={w.timeZone} hint={w.timeZoneHint} problem={form.problems.value.timeZone}>
      {(control) => (
        <>
          <input
            {...control}
            class="input"
            list="time-zones"
            maxLength={64}
            spellcheck={false}
            value={form.values.value.timeZone}
            onInput={(event) => form.set('timeZone', event.currentTarget.value)}
          />
          <datalist id="time-zones">
            {['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
