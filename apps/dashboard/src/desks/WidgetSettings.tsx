import type { Desk, DeskChange } from '@helpdesk/core/api'
import { useEffect } from 'preact/hooks'
import { Field } from '../ui/Field.tsx'
import { Segments } from '../ui/Segments.tsx'
import { Switch } from '../ui/Switch.tsx'
import { EmbedCodes } from './EmbedCode.tsx'
import { MessagingSwitches } from './MessagingSwitches.tsx'
import { useDesk } from './open-desk.ts'
import { RuleTester } from './RuleTester.tsx'
import { Section, SettingsPage } from './SettingsPage.tsx'
import { type SettingsForm, useSettingsForm } from './settings-form.ts'
import { RulesField, ruleProblems, toRules } from './UrlRules.tsx'
import { WelcomeNote } from './WelcomeNote.tsx'
import { WidgetPreview } from './WidgetPreview.tsx'
import { words } from './words.ts'

type Widget = Desk['widget']

/** The settings of the widget as the page edits them: rules as text. */
export interface WidgetValues
  extends Pick<
    Widget,
    | 'messagingEnabled'
    | 'welcomeNote'
    | 'emailRequired'
    | 'position'
    | 'offset'
    | 'color'
    | 'theme'
    | 'launcherLabel'
  > {
  show: string
  hide: string
}

const w = words.widget

function read({ widget }: Desk): WidgetValues {
  const { showRules, hideRules, helpText, attachments, homes, ...rest } = widget
  return { ...rest, show: showRules.join('\n'), hide: hideRules.join('\n') }
}

function write(_: WidgetValues, changed: Partial<WidgetValues>): DeskChange {
  const { show, hide, ...rest } = changed
  return {
    widget: {
      ...rest,
      ...(show === undefined ? {} : { showRules: toRules(show) }),
      ...(hide === undefined ? {} : { hideRules: toRules(hide) }),
    },
  }
}

function check({ show, hide, offset }: WidgetValues): Record<string, string> {
  const problems: Record<string, string> = {}
  const inShow = ruleProblems(show, {}, 'widget/showRules')
  const inHide = ruleProblems(hide, {}, 'widget/hideRules')
  if (inShow) problems['widget/showRules'] = inShow
  if (inHide) problems['widget/hideRules'] = inHide
  if (!Number.isInteger(offset) || offset < 0 || offset > 200) problems['widget/offset'] = w.offsetHint
  return problems
}

/** Settings > Widget. */
export function WidgetSettings({ item }: { item?: string | undefined }) {
  const desk = useDesk()
  const form = useSettingsForm<WidgetValues>({ read, write, check })
  const known = desk.settings.value !== null
  useEffect(() => {
    // `…/settings/widget/visibility` leads to the tester.
    if (known && item) document.getElementById(`settings-${item}`)?.scrollIntoView?.()
  }, [known, item])
  if (!known) return null
  return (
    <SettingsPage title={w.title} form={form} aside={<WidgetPreview values={form.values.value} />}>
      <Section title={words.embed.title} text={words.embed.hint}>
        <EmbedCodes />
      </Section>
      <MessagesSection form={form} />
      <AppearanceSection form={form} />
      <Section id="settings-visibility" title={w.visibility} text={w.visibilityText}>
        <RulesField form={form} name="show" path="widget/showRules" />
        <RulesField form={form} name="hide" path="widget/hideRules" />
        <RuleTester show={form.values.value.show} hide={form.values.value.hide} />
      </Section>
    </SettingsPage>
  )
}

interface SectionProps {
  form: SettingsForm<WidgetValues>
}

function MessagesSection({ form }: SectionProps) {
  const values = form.values.value
  return (
    <Section title={words.messaging.label}>
      <Switch
        label={w.messaging}
        hint={w.messagingHint}
        checked={values.messagingEnabled}
        onChange={(on) => form.set('messagingEnabled', on)}
      />
      <MessagingSwitches widget={values.messagingEnabled} />
      <WelcomeNote form={form} />
      <Switch
        label={w.emailRequired}
        hint={w.emailRequiredHint}
        checked={values.emailRequired}
        onChange={(on) => form.set('emailRequired', on)}
      />
    </Section>
  )
}

function AppearanceSection({ form }: SectionProps) {
  const values = form.values.value
  return (
    <Section title={w.appearance}>
      <ColorField form={form} />
      <div class="pair">
        <div class="field">
          <span class="label">{w.position}</span>
          <Segments
            label={w.position}
            value={values.position}
            onChange={(position) => form.set('position', position)}
            options={[
              { value: 'left', label: w.positions.left },
              { value: 'right', label: w.positions.right },
            ]}
          />
        </div>
        <OffsetField form={form} />
      </div>
      <div class="field">
        <span class="label">{w.theme}</span>
        <Segments
          label={w.theme}
          value={values.theme}
          onChange={(theme) => form.set('theme', theme)}
          options={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: w.themes[value] }))}
        />
      </div>
      <Field label={w.launcher} hint={w.launcherHint} problem={form.problems.value['widget/launcherLabel']}>
        {(control) => (
          <input
            {...control}
            class="input"
            maxLength={40}
            placeholder={w.launcherPlaceholder}
            value={values.launcherLabel}
            onInput={(event) => form.set('launcherLabel', event.currentTarget.value)}
          />
        )}
      </Field>
    </Section>
  )
}

function OffsetField({ form }: SectionProps) {
  return (
    <Field label={w.offset} hint={w.offsetHint} problem={form.problems.value['widget/offset']}>
      {(control) => (
        <input
          {...control}
          class="input short numeric"
          type="number"
          min={0}
          max={200}
          step={1}
          value={form.values.value.offset}
          onInput={(event) => form.set('offset', event.currentTarget.valueAsNumber)}
        />
      )}
    </Field>
  )
}

function ColorField({ form }: SectionProps) {
  const { color } = form.values.value
  const valid = /^#[0-9a-f]{6}$/i.test(color)
  return (
    <Field label={w.color} hint={w.colorHint} problem={form.problems.value['widget/color']}>
      {(control) => (
        <div class="color-field">
          <input
            type="color"
            class="color-well"
            aria-label={w.colorPick}
            value={valid ? color.toLowerCase() : '#000000'}
            onInput={(event) => form.set('color', event.currentTarget.value)}
          />
          <input
            {...control}
            class="input short code"
            spellcheck={false}
            maxLength={7}
            value={color}
            onInput={(event) => form.set('color', event.currentTarget.value.trim())}
          />
        </div>
      )}
    </Field>
  )
}
