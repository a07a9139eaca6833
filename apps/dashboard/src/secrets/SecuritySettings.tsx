import type { Desk, SecretKey } from '@helpdesk/core/api'
import { useRef } from 'preact/hooks'
import { client, errorCode } from '../client.ts'
import { mayChange } from '../desks/MessagingSwitch.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { Section, SettingsFields, SettingsFrame } from '../desks/SettingsPage.tsx'
import { SettingsParts } from '../desks/SettingsParts.tsx'
import { type SettingsForm, useSettingsForm } from '../desks/settings-form.ts'
import { type Answer, useAnswer } from '../ui/answer.ts'
import { Icon } from '../ui/Icon.tsx'
import { Switch } from '../ui/Switch.tsx'
import { KeyList } from './KeyList.tsx'
import { SignatureDebugger } from './SignatureDebugger.tsx'
import { SignCode } from './SignCode.tsx'
import { words } from './words.ts'

type Security = Desk['security']

const parts = ['level', 'sign', 'debug'] as const
const levels = ['verified', 'signature', 'open'] as const

/** Settings > Security: level and keys, code that signs, and the debugger. */
export function SecuritySettings({ item }: { item: string | undefined }) {
  const desk = useDesk()
  const role = desk.settings.value?.role
  const part = parts.find((one) => one === item) ?? 'level'
  if (!desk.settings.value) return null
  return (
    <SettingsFrame title={words.title}>
      <SettingsParts
        section="security"
        label={words.partsLabel}
        parts={parts}
        names={words.parts}
        at={part}
      />
      {mayChange(role) ? <Part part={part} /> : <LevelForm keys={null} />}
    </SettingsFrame>
  )
}

/** Keys are for those who may change settings; they are loaded once for all parts. */
function Part({ part }: { part: (typeof parts)[number] }) {
  const desk = useDesk()
  const answer = useAnswer(desk.id, () => client.secrets.list(desk.id))
  const keys = answer.value?.secrets ?? null
  if (part === 'sign') return <SignCode keys={keys} />
  if (part === 'debug') return <SignatureDebugger />
  return (
    <>
      <LevelForm keys={keys} />
      <KeyList answer={answer as Answer<{ secrets: SecretKey[] }>} />
    </>
  )
}

function LevelForm({ keys }: { keys: readonly SecretKey[] | null }) {
  const known = useRef(keys)
  known.current = keys
  const form = useSettingsForm<Security>({
    read: ({ security }) => security,
    write: (_, changed) => ({ security: changed }),
    check: ({ level }): Record<string, string> => {
      const keyless = known.current !== null && !known.current.some((key) => key.live)
      return level === 'signature' && keyless ? { 'security/level': words.needsKey } : {}
    },
    explain: (error, { level }) =>
      errorCode(error) === 'conflict' && level === 'signature' ? { 'security/level': words.needsKey } : null,
  })
  const { allowShort } = form.values.value
  return (
    <SettingsFields form={form}>
      <Section title={words.level} text={words.levelText}>
        <Levels form={form} />
        <Switch
          label={words.short}
          hint={words.shortHint}
          checked={allowShort}
          onChange={(on) => form.set('allowShort', on)}
        />
      </Section>
    </SettingsFields>
  )
}

function Levels({ form }: { form: SettingsForm<Security> }) {
  const problem = form.problems.value['security/level']
  const { level } = form.values.value
  return (
    <div class="levels" role="radiogroup" aria-label={words.level}>
      {levels.map((one) => {
        const { name, text, more } = words.levels[one]
        return (
          <label key={one} class="level">
            <input
              type="radio"
              name="security-level"
              checked={level === one}
              aria-invalid={problem && level === one ? true : undefined}
              aria-describedby={problem && level === one ? 'security-level-problem' : undefined}
              onChange={() => form.set('level', one)}
            />
            <span>
              <strong>
                {name}
                {one === 'verified' && <span class="mark">{words.recommended}</span>}
              </strong>
              <span class="soft">{text}</span>
              <span class={one === 'open' ? 'level-more warn' : 'level-more soft'}>
                {one === 'open' && <Icon name="warning" size={14} />}
                {more}
              </span>
            </span>
          </label>
        )
      })}
      {problem && (
        <p class="notice danger" id="security-level-problem" role="alert">
          <Icon name="warning" />
          {problem}
        </p>
      )}
    </div>
  )
}
