import type { IdentityReport } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { client, errorText } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { formatMoment } from '../ui/time.ts'
import { type Pasted, readPaste } from './read-paste.ts'
import { words } from './words.ts'

const w = words.debug

interface Outcome {
  report: IdentityReport
  pasted: Pasted
}

/** Says why a signature is accepted or refused. */
export function SignatureDebugger() {
  const desk = useDesk()
  const [page, setPage] = useState('')
  const [signature, setSignature] = useState('')
  const [token, setToken] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [busy, setBusy] = useState(false)
  const pasted = readPaste(page)

  const check = async () => {
    setOutcome(null)
    const identityToken = token.trim() || pasted.identityToken
    const found = Object.keys(pasted.identity).length > 0
    if (!identityToken && !page.trim()) return setProblem(w.nothing)
    if (!identityToken && !found && pasted.wrongTypes.length === 0) return setProblem(w.unreadable)
    setProblem(null)
    setBusy(true)
    // As it is: a space that slipped into the page is one of the reasons to be found.
    const signed = signature || pasted.signature
    const input = identityToken
      ? { identityToken }
      : { identity: pasted.identity, ...(signed ? { signature: signed } : {}) }
    try {
      const report = await withSession(() => client.secrets.check(desk.id, input))
      setOutcome({ report, pasted })
    } catch (error) {
      setProblem(errorText(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      class="settings-form debugger"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void check()
      }}
    >
      <p class="soft page-lead">{w.lead}</p>
      <Field label={w.page} hint={w.pageHint} problem={problem}>
        {(control) => (
          <textarea
            {...control}
            class="input code wrap"
            rows={7}
            spellcheck={false}
            autocapitalize="off"
            placeholder={w.pagePlaceholder}
            value={page}
            onInput={(event) => setPage(event.currentTarget.value)}
          />
        )}
      </Field>
      <TextField
        label={w.signature}
        hint={w.signatureHint}
        value={signature}
        placeholder={pasted.signature ?? 'v2.…'}
        maxLength={500}
        onInput={setSignature}
      />
      <TextField
        label={w.token}
        hint={w.tokenHint}
        value={token}
        placeholder={pasted.identityToken ?? 'eyJ…'}
        maxLength={16_384}
        onInput={setToken}
      />
      <div>
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? w.checking : w.check}
        </button>
      </div>
      <div role="status">{outcome && <Report {...outcome} deskId={desk.id} />}</div>
    </form>
  )
}

interface TextProps {
  label: string
  hint: string
  value: string
  placeholder: string
  maxLength: number
  onInput: (text: string) => void
}

function TextField({ label, hint, value, placeholder, maxLength, onInput }: TextProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <input
          {...control}
          class="input code"
          spellcheck={false}
          autocapitalize="off"
          autoComplete="off"
          placeholder={placeholder}
          maxLength={maxLength}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

function Report({ report, pasted, deskId }: Outcome & { deskId: string }) {
  const { ok, reason } = report
  return (
    <section class="report" aria-label={ok ? w.accepted : w.refused}>
      <div class={ok ? 'notice good' : 'notice danger'}>
        <Icon name={ok ? 'check' : 'warning'} />
        <div>
          <strong>{ok ? w.accepted : w.refused}.</strong>{' '}
          {ok ? acceptedText(report) : reason && w.reasons[reason]}
        </div>
      </div>
      {pasted.desk !== null && pasted.desk !== deskId && (
        <p class="notice warm">
          <Icon name="warning" />
          {w.otherDesk(pasted.desk, deskId)}
        </p>
      )}
      {pasted.wrongTypes.length > 0 && (
        <p class="notice warm">
          <Icon name="warning" />
          {w.wrongTypes(pasted.wrongTypes.join(', '))}
        </p>
      )}
      {pasted.unknown.length > 0 && (
        <p class="notice warm">
          <Icon name="warning" />
          {w.unknown(pasted.unknown.join(', '))}
        </p>
      )}
      <Names title={w.trusted} names={report.trusted} good />
      <Names title={w.unverified} names={report.unverified} />
      {!ok && <Hints report={report} />}
    </section>
  )
}

function acceptedText({ form, keyId, expiresAt }: IdentityReport): string {
  const parts = [form && w.form[form], keyId && w.key(keyId), expiresAt && w.expires(formatMoment(expiresAt))]
  return parts.filter(Boolean).join(' ')
}

function Names({ title, names, good = false }: { title: string; names: readonly string[]; good?: boolean }) {
  if (names.length === 0) return null
  return (
    <div class="report-names">
      <h2>{title}</h2>
      <ul>
        {names.map((name) => (
          <li key={name} class={good ? 'mark good' : 'mark'}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Hints({ report }: { report: IdentityReport }) {
  if (report.hints.length === 0) {
    return report.reason === 'signature_mismatch' ? <p class="soft">{w.noHints}</p> : null
  }
  return (
    <div class="report-hints">
      <h2>{w.hints}</h2>
      <ol>
        {report.hints.map((hint, index) => (
          <li key={index}>
            <strong>
              {w.hint[hint.code]}
              {hint.attribute && (
                <>
                  : <code>{hint.attribute}</code>
                </>
              )}
            </strong>
            <span class="soft">{hint.detail}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
