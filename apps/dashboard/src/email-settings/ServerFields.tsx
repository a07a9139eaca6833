import { useState } from 'preact/hooks'
import { words as agentWords } from '../agents/words.ts'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Segments } from '../ui/Segments.tsx'
import {
  type KeptServer,
  keepsPassword,
  type Protocol,
  type ServerValues,
  withSecurity,
} from './server-values.ts'
import { words } from './words.ts'

const w = words.server
const securities = (['tls', 'starttls', 'none'] as const).map((value) => ({
  value,
  label: w.securities[value],
}))

interface ServerProps {
  protocol: Protocol
  values: ServerValues
  kept: KeptServer | null
  /** How often something was saved here. */
  saves: number
  /** By path in the request: `smtp/host`. */
  problems: Readonly<Record<string, string>>
  onChange: (values: ServerValues) => void
}

/** How to reach a mail server, and as whom. */
export function ServerFields({ protocol, values, kept, saves, problems, onChange }: ServerProps) {
  const set = (change: Partial<ServerValues>) => onChange({ ...values, ...change })
  return (
    <>
      <div class="server-line">
        <Field label={w.host} problem={problems[`${protocol}/host`] ?? problems[protocol]}>
          {(control) => (
            <input
              {...control}
              class="input"
              spellcheck={false}
              autoCapitalize="off"
              autoComplete="off"
              maxLength={253}
              placeholder={`${protocol}.example.com`}
              value={values.host}
              onInput={(event) => set({ host: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label={w.port} problem={problems[`${protocol}/port`]}>
          {(control) => (
            <input
              {...control}
              class="input numeric"
              type="number"
              min={1}
              max={65_535}
              step={1}
              value={Number.isNaN(values.port) ? '' : values.port}
              onInput={(event) => set({ port: event.currentTarget.valueAsNumber })}
            />
          )}
        </Field>
      </div>
      <div class="field">
        <span class="label">{w.security}</span>
        <Segments
          label={w.security}
          value={values.security}
          options={securities}
          onChange={(security) => onChange(withSecurity(protocol, values, security))}
        />
        {values.security === 'none' && (
          <p class="field-warning">
            <Icon name="warning" size={14} />
            {w.clear}
          </p>
        )}
      </div>
      <Field
        label={w.user}
        hint={protocol === 'smtp' ? w.userHint : undefined}
        problem={problems[`${protocol}/user`]}
      >
        {(control) => (
          <input
            {...control}
            class="input"
            spellcheck={false}
            autoCapitalize="off"
            autoComplete="off"
            maxLength={254}
            value={values.user}
            onInput={(event) => set({ user: event.currentTarget.value })}
          />
        )}
      </Field>
      {values.user.trim() !== '' && (
        <ServerPassword
          key={saves}
          value={values.password}
          isKept={keepsPassword(values, kept)}
          problem={problems[`${protocol}/password`]}
          hint={kept?.hasPassword && !keepsPassword(values, kept) ? w.again : w.passwordHint}
          onInput={(password) => set({ password })}
        />
      )}
    </>
  )
}

interface PasswordProps {
  value: string
  /** One is kept that goes on to be used as long as no other is typed. */
  isKept: boolean
  hint: string
  problem: string | undefined
  onInput: (password: string) => void
}

/** A password that is kept is never shown, only replaced. */
function ServerPassword({ value, isKept, hint, problem, onInput }: PasswordProps) {
  const [replacing, setReplacing] = useState(false)
  const [shown, setShown] = useState(false)
  if (isKept && !replacing && value === '' && !problem) {
    return (
      <div class="field">
        <span class="label">{w.password}</span>
        <p class="kept-password">
          <Icon name="lock" />
          <span>{w.kept_}</span>
          <button type="button" class="link-button" onClick={() => setReplacing(true)}>
            {w.replace}
          </button>
        </p>
      </div>
    )
  }
  return (
    <Field
      label={w.password}
      problem={problem}
      hint={
        <>
          {hint}{' '}
          {isKept && (
            <button
              type="button"
              class="link-button"
              onClick={() => {
                setReplacing(false)
                onInput('')
              }}
            >
              {w.keep}
            </button>
          )}
        </>
      }
    >
      {(control) => (
        <div class="password">
          <input
            {...control}
            class="input large"
            {...(shown ? { type: 'text' } : { type: 'password' })}
            // Not the password of whoever sits here.
            autoComplete="new-password"
            spellcheck={false}
            maxLength={500}
            value={value}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          <button
            type="button"
            class="button quiet icon"
            aria-label={shown ? agentWords.hide : agentWords.show}
            title={shown ? agentWords.hide : agentWords.show}
            onClick={() => setShown(!shown)}
          >
            <Icon name={shown ? 'eyeOff' : 'eye'} />
          </button>
        </div>
      )}
    </Field>
  )
}
