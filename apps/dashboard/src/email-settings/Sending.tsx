import type { EmailSettingsChange } from '@helpdesk/client'
import { isEmail } from '@helpdesk/core'
import { me } from '../agents/session.ts'
import { client } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { Section, SettingsFields } from '../desks/SettingsPage.tsx'
import { type SettingsForm, useForm } from '../desks/settings-form.ts'
import { href } from '../router.ts'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Segments } from '../ui/Segments.tsx'
import { Switch } from '../ui/Switch.tsx'
import { ConnectionSteps } from './ConnectionSteps.tsx'
import { useConnectionTest } from './connection-test.ts'
import { Dkim } from './Dkim.tsx'
import type { DeskMail } from './desk-mail.ts'
import { ServerFields } from './ServerFields.tsx'
import { checkServer, emptyServer, readServer, type ServerValues, writeServer } from './server-values.ts'
import { words } from './words.ts'

interface SendingValues {
  name: string
  address: string
  /** `null`: the installation's. */
  smtp: ServerValues | null
  ticketCreated: boolean
}

interface SectionProps {
  mail: DeskMail
  form: SettingsForm<SendingValues>
}

/** Settings > E-mail > Sending. */
export function Sending({ mail }: { mail: DeskMail }) {
  const desk = useDesk()
  const form = useForm<SendingValues>(
    {
      saved() {
        const { sender, smtp } = mail.settings.value ?? {}
        const { name, address } = sender ?? {}
        return {
          name: name ?? '',
          address: address ?? '',
          smtp: smtp ? readServer(smtp) : null,
          ticketCreated: desk.settings.value?.email.ticketCreated ?? true,
        }
      },
      async save(_, changed) {
        const change = changeOf(changed)
        if (Object.keys(change).length > 0) await mail.update(change)
        const { ticketCreated } = changed
        if (ticketCreated !== undefined) await desk.update({ email: { ticketCreated } })
      },
      check: (values) => ({
        ...(values.address.trim() && !isEmail(values.address.trim())
          ? { 'sender/address': words.notAddress }
          : {}),
        ...checkServer('smtp', values.smtp, mail.settings.peek()?.smtp ?? null),
      }),
    },
    mail,
  )
  return (
    <SettingsFields form={form}>
      <SenderSection mail={mail} form={form} />
      <ServerSection mail={mail} form={form} />
      <Dkim mail={mail} />
      <SentSection form={form} />
    </SettingsFields>
  )
}

function changeOf({ name, address, smtp }: Partial<SendingValues>): EmailSettingsChange {
  const sender = {
    ...(name === undefined ? {} : { name: name.trim() || null }),
    ...(address === undefined ? {} : { address: address.trim() || null }),
  }
  return {
    ...(Object.keys(sender).length > 0 ? { sender } : {}),
    ...(smtp === undefined ? {} : { smtp: smtp && writeServer(smtp) }),
  }
}

const domainOf = (address: string) => address.trim().replace(/^.*@/, '')

function SenderSection({ mail, form }: SectionProps) {
  const w = words.sender
  const desk = useDesk()
  const { installation, dkim } = mail.settings.value ?? {}
  const { name, address, smtp } = form.values.value
  if (!installation) return null
  const shown = address.trim() || installation.sender.address
  const isForeign =
    smtp === null &&
    !installation.kept &&
    isEmail(address.trim()) &&
    ![domainOf(installation.sender.address), dkim?.domain].includes(domainOf(address))
  const deskName = installation.sender.name ?? desk.settings.value?.name ?? ''
  return (
    <Section title={w.title} text={w.text}>
      <Field label={w.name} hint={w.nameHint} problem={form.problems.value['sender/name']}>
        {(control) => (
          <input
            {...control}
            class="input"
            maxLength={100}
            placeholder={deskName}
            value={name}
            onInput={(event) => form.set('name', event.currentTarget.value)}
          />
        )}
      </Field>
      <Field
        label={w.address}
        hint={w.addressHint(installation.sender.address)}
        problem={form.problems.value['sender/address'] ?? form.problems.value.sender}
      >
        {(control) => (
          <input
            {...control}
            class="input"
            type="email"
            spellcheck={false}
            maxLength={254}
            placeholder={installation.sender.address}
            value={address}
            onInput={(event) => form.set('address', event.currentTarget.value)}
          />
        )}
      </Field>
      <p class="sender-shown">
        <Icon name="mail" />
        <span class="soft">{w.shown}</span>
        <span>
          <strong>{name.trim() || deskName}</strong> &lt;{shown}&gt;
        </span>
      </p>
      {isForeign && (
        <p class="notice warm">
          <Icon name="warning" />
          {w.foreign(domainOf(address))}
        </p>
      )}
    </Section>
  )
}

function ServerSection({ mail, form }: SectionProps) {
  const w = words.server
  const settings = mail.settings.value
  const { smtp } = form.values.value
  if (!settings) return null
  const kept = settings.smtp
  const choose = (own: boolean) =>
    form.set('smtp', own ? (kept ? readServer(kept) : emptyServer('smtp')) : null)
  return (
    <Section title={w.title} text={w.text}>
      <div class="field">
        <Segments
          label={w.choice}
          value={smtp ? 'own' : 'installation'}
          options={(['installation', 'own'] as const).map((value) => ({ value, label: w.choices[value] }))}
          onChange={(value) => choose(value === 'own')}
        />
      </div>
      {smtp ? (
        <OwnServer mail={mail} form={form} smtp={smtp} />
      ) : settings.installation.kept ? (
        <p class="notice warm">
          <Icon name="warning" />
          {w.kept}
        </p>
      ) : (
        <p class="soft">{w.installation}</p>
      )}
      {!smtp && kept && (
        <p class="notice">
          <Icon name="info" />
          {w.forget}
        </p>
      )}
      {!smtp && !kept && !settings.installation.kept && <InstallationTest />}
    </Section>
  )
}

function OwnServer({ mail, form, smtp }: SectionProps & { smtp: ServerValues }) {
  const desk = useDesk()
  const kept = mail.settings.value?.smtp ?? null
  const run = useConnectionTest(
    JSON.stringify(smtp),
    () => checkServer('smtp', smtp, kept),
    (signal) => client.emailSettings.testSmtp(desk.id, writeServer(smtp), { signal }),
  )
  return (
    <>
      <ServerFields
        protocol="smtp"
        values={smtp}
        kept={kept}
        saves={mail.saves.value}
        problems={{ ...form.problems.value, ...run.problems }}
        onChange={(values) => form.set('smtp', values)}
      />
      <ConnectionSteps
        run={run}
        action={words.test.smtp}
        success={words.test.smtpOk(me.value?.email ?? '')}
        expected={[
          'resolve',
          'connect',
          ...(smtp.security === 'none' ? [] : (['secure'] as const)),
          ...(smtp.user.trim() ? (['sign_in'] as const) : []),
          'send',
        ]}
      />
    </>
  )
}

function InstallationTest() {
  const desk = useDesk()
  const run = useConnectionTest(
    desk.id,
    () => ({}),
    (signal) => client.emailSettings.testSmtp(desk.id, undefined, { signal }),
  )
  return (
    <ConnectionSteps
      run={run}
      action={words.test.installation}
      icon="mail"
      success={words.test.smtpOk(me.value?.email ?? '')}
      expected={[]}
    />
  )
}

function SentSection({ form }: Pick<SectionProps, 'form'>) {
  const w = words.sent
  const desk = useDesk()
  return (
    <Section title={w.title}>
      <Switch
        label={w.ticketCreated}
        hint={w.ticketCreatedHint}
        checked={form.values.value.ticketCreated}
        onChange={(on) => form.set('ticketCreated', on)}
      />
      <p>
        {w.instantly}{' '}
        <a href={href({ page: 'settings', deskId: desk.id, section: 'general' })}>{w.toGeneral}</a>
      </p>
    </Section>
  )
}
