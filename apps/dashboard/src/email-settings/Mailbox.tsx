import type { EmailSettings } from '@helpdesk/core/api'
import { useEffect } from 'preact/hooks'
import { client } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { Section } from '../desks/SettingsPage.tsx'
import type { SettingsForm } from '../desks/settings-form.ts'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Switch } from '../ui/Switch.tsx'
import { formatAgo, formatFull, formatMoment } from '../ui/time.ts'
import { pageVisible } from '../ui/visibility.ts'
import { ConnectionSteps } from './ConnectionSteps.tsx'
import { useConnectionTest } from './connection-test.ts'
import type { DeskMail } from './desk-mail.ts'
import type { ReceivingValues } from './receiving-values.ts'
import { ServerFields } from './ServerFields.tsx'
import { checkServer, emptyServer, readServer, type ServerValues, writeServer } from './server-values.ts'
import { words } from './words.ts'

type Imap = NonNullable<EmailSettings['imap']>

const w = words.mailbox

interface MailboxProps {
  mail: DeskMail
  form: SettingsForm<ReceivingValues>
}

/** The mailbox whose e-mails become messages, and how the connection to it is at this moment. */
export function Mailbox({ mail, form }: MailboxProps) {
  const kept = mail.settings.value?.imap ?? null
  const { imap } = form.values.value
  useFreshState(mail, kept)
  return (
    <Section title={w.title} text={w.text}>
      <Switch
        label={w.read}
        hint={w.readHint}
        checked={imap !== null}
        onChange={(on) => form.set('imap', on ? (kept ? readServer(kept) : emptyServer('imap')) : null)}
      />
      {kept && imap && <MailboxState imap={kept} />}
      {imap && <MailboxFields mail={mail} form={form} imap={imap} />}
      {kept && !imap && (
        <p class="notice">
          <Icon name="info" />
          {w.forget}
        </p>
      )}
    </Section>
  )
}

const quickMs = 3_000
const calmMs = 15_000

/** Nothing tells of a mailbox that connects or fails: somebody who looks at it is told by asking again. */
function useFreshState(mail: DeskMail, kept: Imap | null): void {
  const isVisible = pageVisible.value
  const isKept = kept !== null
  const every = kept?.state === 'connecting' ? quickMs : calmMs
  useEffect(() => {
    if (!isVisible || !isKept) return
    const timer = setInterval(() => void mail.renew(), every)
    return () => clearInterval(timer)
  }, [mail, isVisible, isKept, every])
}

function MailboxState({ imap }: { imap: Imap }) {
  const { state, since, lastError, lastMailAt } = imap
  const tone = { off: 'plain', connecting: 'plain', connected: 'good', failing: 'danger' }[state]
  return (
    <div class={`mailbox-state ${tone}`}>
      <p role="status">
        {state === 'connecting' ? <span class="spinner" /> : <span class="state-dot" />}
        <span>
          <strong>{w.states[state]}</strong>{' '}
          {since && state !== 'connecting' && (
            <span title={formatFull(since)}>{w.since(formatMoment(since))}</span>
          )}
        </span>
      </p>
      {state === 'failing' && lastError && (
        <>
          <p class="soft">{w.failing}</p>
          <code>{lastError}</code>
        </>
      )}
      {state !== 'failing' && lastError && <p class="field-warning">{lastError}</p>}
      {state !== 'connecting' && (
        <p class="soft" title={lastMailAt ? formatFull(lastMailAt) : undefined}>
          {lastMailAt ? w.lastMail(formatAgo(lastMailAt)) : w.noMail}
        </p>
      )}
    </div>
  )
}

function MailboxFields({ mail, form, imap }: MailboxProps & { imap: ServerValues }) {
  const desk = useDesk()
  const kept = mail.settings.value?.imap ?? null
  const run = useConnectionTest(
    JSON.stringify(imap),
    () => checkServer('imap', imap, kept),
    (signal) => client.emailSettings.testImap(desk.id, writeServer(imap), { signal }),
  )
  const problems = { ...form.problems.value, ...run.problems }
  return (
    <>
      <ServerFields
        protocol="imap"
        values={imap}
        kept={kept}
        saves={mail.saves.value}
        problems={problems}
        onChange={(values) => form.set('imap', values)}
      />
      <Field label={words.server.folder} hint={words.server.folderHint} problem={problems['imap/folder']}>
        {(control) => (
          <input
            {...control}
            class="input"
            spellcheck={false}
            autoComplete="off"
            maxLength={200}
            value={imap.folder ?? ''}
            onInput={(event) => form.set('imap', { ...imap, folder: event.currentTarget.value })}
          />
        )}
      </Field>
      <ConnectionSteps
        run={run}
        action={words.test.imap}
        success={words.test.imapOk}
        expected={[
          'resolve',
          'connect',
          ...(imap.security === 'none' ? [] : (['secure'] as const)),
          'sign_in',
          'open_folder',
        ]}
      />
    </>
  )
}
