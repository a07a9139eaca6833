import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Segments } from '../ui/Segments.tsx'
import { ServerPassword } from './ServerPassword.tsx'
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
export function ServerFields(props: ServerProps) {
  const { protocol, values, kept, saves, problems, onChange } = props
  const keeps = keepsPassword(values, kept)
  return (
    <>
      <Address {...props} />
      <Encryption {...props} />
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
            onInput={(event) => onChange({ ...values, user: event.currentTarget.value })}
          />
        )}
      </Field>
      {values.user.trim() !== '' && (
        <ServerPassword
          key={saves}
          value={values.password}
          isKept={keeps}
          problem={problems[`${protocol}/password`]}
          hint={kept?.hasPassword && !keeps ? w.again : w.passwordHint}
          onInput={(password) => onChange({ ...values, password })}
        />
      )}
    </>
  )
}

function Address({ protocol, values, problems, onChange }: ServerProps) {
  return (
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
            onInput={(event) => onChange({ ...values, host: event.currentTarget.value })}
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
            onInput={(event) => onChange({ ...values, port: event.currentTarget.valueAsNumber })}
          />
        )}
      </Field>
    </div>
  )
}

function Encryption({ protocol, values, onChange }: ServerProps) {
  return (
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
  )
}
