import type { EmailSettingsChange } from '@helpdesk/client'
import { isEmail } from '@helpdesk/core'
import type { EmailSettings } from '@helpdesk/core/api'
import { useDesk } from '../desks/open-desk.ts'
import { Section, SettingsFields } from '../desks/SettingsPage.tsx'
import { type SettingsForm, useForm } from '../desks/settings-form.ts'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Switch } from '../ui/Switch.tsx'
import { CopyField } from './CopyField.tsx'
import type { DeskMail } from './desk-mail.ts'
import { Mailbox } from './Mailbox.tsx'
import type { ReceivingValues } from './receiving-values.ts'
import { checkServer, readServer, writeServer } from './server-values.ts'
import { Webhook } from './Webhook.tsx'
import { words } from './words.ts'

interface SectionProps {
  mail: DeskMail
  form: SettingsForm<ReceivingValues>
}

/** Settings > E-mail > Receiving. */
export function Receiving({ mail }: { mail: DeskMail }) {
  const desk = useDesk()
  const form = useForm<ReceivingValues>(
    {
      saved() {
        const { replyAddress, imap } = mail.settings.value ?? {}
        return {
          replyAddress: replyAddress ?? '',
          imap: imap ? readServer(imap) : null,
          newConversations: desk.settings.value?.email.newConversations ?? true,
        }
      },
      async save(_, changed) {
        const change = changeOf(changed)
        if (Object.keys(change).length > 0) await mail.update(change)
        const { newConversations } = changed
        if (newConversations !== undefined) await desk.update({ email: { newConversations } })
      },
      check: ({ replyAddress, imap }) => ({
        ...checkAddress(replyAddress.trim()),
        ...checkServer('imap', imap, mail.settings.peek()?.imap ?? null),
      }),
    },
    mail,
  )
  return (
    <SettingsFields form={form}>
      <Ways mail={mail} />
      <ReplyAddress mail={mail} form={form} />
      <Mailbox mail={mail} form={form} />
      <Webhook mail={mail} />
      <NewConversations mail={mail} form={form} />
    </SettingsFields>
  )
}

function changeOf({ replyAddress, imap }: Partial<ReceivingValues>): EmailSettingsChange {
  return {
    ...(replyAddress === undefined ? {} : { replyAddress: replyAddress.trim() || null }),
    ...(imap === undefined ? {} : { imap: imap && writeServer(imap) }),
  }
}

function checkAddress(address: string): Record<string, string> {
  if (address === '') return {}
  if (!isEmail(address)) return { replyAddress: words.notAddress }
  return address.includes('+') ? { replyAddress: words.reply.plus } : {}
}

/** How answers come back as things are saved now, in a sentence. */
function Ways({ mail }: { mail: DeskMail }) {
  const settings = mail.settings.value
  if (!settings) return null
  const { tone, title, text } = wayOf(settings)
  return (
    <p class={`notice ${tone} ways`}>
      <Icon name={tone === 'good' ? 'check' : tone === 'warm' ? 'warning' : 'info'} />
      <span>
        <strong>{title}</strong> {text}
      </span>
    </p>
  )
}

function wayOf({ replyAddress, imap, installation }: EmailSettings): {
  tone: 'good' | 'warm' | 'plain'
  title: string
  text: string
} {
  const w = words.ways
  const { incomingDomain } = installation
  if (replyAddress === null && incomingDomain) {
    return { tone: 'good', title: w.domain, text: w.domainText(incomingDomain) }
  }
  if (replyAddress === null) {
    return imap
      ? { tone: 'warm', title: w.unanswered, text: w.unansweredText }
      : { tone: 'warm', title: w.none, text: w.noneText }
  }
  if (!imap) return { tone: 'plain', title: w.webhook(replyAddress), text: w.webhookText }
  const tone = imap.state === 'failing' ? 'warm' : 'good'
  const since = imap.state === 'failing' ? `${words.mailbox.states.failing}.` : ''
  return { tone, title: w.mailbox(replyAddress), text: since }
}

/** What a token looks like; any other would do. */
const token = 'k3m7q2xw'

function ReplyAddress({ mail, form }: SectionProps) {
  const w = words.reply
  const settings = mail.settings.value
  const { replyAddress, imap } = form.values.value
  if (!settings) return null
  const { incomingDomain } = settings.installation
  const fallback = incomingDomain ? `reply@${incomingDomain}` : null
  const typed = replyAddress.trim()
  const shown = isEmail(typed) && !typed.includes('+') ? typed : typed === '' ? fallback : null
  const suggestion = typed === '' && imap && isEmail(imap.user.trim()) ? imap.user.trim() : null
  return (
    <Section title={w.title}>
      <Field
        label={w.label}
        hint={fallback ? w.hintDomain(fallback) : w.hintNone}
        problem={form.problems.value.replyAddress}
      >
        {(control) => (
          <input
            {...control}
            class="input"
            type="email"
            spellcheck={false}
            maxLength={254}
            placeholder={fallback ?? 'support@example.com'}
            value={replyAddress}
            onInput={(event) => form.set('replyAddress', event.currentTarget.value)}
          />
        )}
      </Field>
      {suggestion && (
        <p>
          <button type="button" class="link-button" onClick={() => form.set('replyAddress', suggestion)}>
            {w.use(suggestion)}
          </button>
        </p>
      )}
      {shown && <PlusExample mailbox={shown} />}
    </Section>
  )
}

function PlusExample({ mailbox }: { mailbox: string }) {
  const at = mailbox.lastIndexOf('@')
  return (
    <div class="plus-example">
      <p class="soft">{words.reply.example}</p>
      <p>
        <code>
          {mailbox.slice(0, at)}
          <mark>+{token}…</mark>
          {mailbox.slice(at)}
        </code>
      </p>
      <p class="soft">{words.reply.exampleText}</p>
    </div>
  )
}

function NewConversations({ mail, form }: SectionProps) {
  const w = words.incoming
  const address = mail.settings.value?.installation.address
  return (
    <Section title={w.title}>
      <Switch
        label={w.switch}
        hint={w.switchHint}
        checked={form.values.value.newConversations}
        onChange={(on) => form.set('newConversations', on)}
      />
      {address && <CopyField label={w.address} hint={w.addressHint} value={address} copyLabel={w.copy} />}
    </Section>
  )
}
