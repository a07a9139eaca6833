import type { Desk, DeskChange } from '@helpdesk/core/api'
import { deskUrl } from '../client.ts'
import { href } from '../router.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Switch } from '../ui/Switch.tsx'
import { LocaleTabs } from './LocaleTabs.tsx'
import { LocalizedField } from './LocalizedField.tsx'
import type { LocalizedTexts } from './localized.ts'
import { useDesk } from './open-desk.ts'
import { Section, SettingsPage } from './SettingsPage.tsx'
import { type SettingsForm, useSettingsForm } from './settings-form.ts'
import { words } from './words.ts'

interface TicketValues {
  enabled: boolean
  ownOnly: boolean
  contactForm: boolean
  ticketCenter: boolean
  attachments: boolean
  helpText: LocalizedTexts
  homes: Desk['widget']['homes']
}

interface SectionProps {
  form: SettingsForm<TicketValues>
}

const w = words.tickets

function read({ tickets, pages, widget }: Desk): TicketValues {
  const { attachments, helpText, homes } = widget
  return { ...tickets, ...pages, attachments, helpText, homes }
}

function write(_: TicketValues, changed: Partial<TicketValues>): DeskChange {
  const pick = <K extends keyof TicketValues>(...names: K[]) =>
    Object.fromEntries(names.filter((name) => name in changed).map((name) => [name, changed[name]]))
  const parts = {
    tickets: pick('enabled', 'ownOnly'),
    pages: pick('contactForm', 'ticketCenter'),
    widget: pick('attachments', 'helpText', 'homes'),
  }
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0))
}

/** Settings > Tickets & pages. */
export function TicketSettings() {
  const desk = useDesk()
  const form = useSettingsForm<TicketValues>({ read, write })
  if (!desk.settings.value) return null
  return (
    <SettingsPage title={w.title} form={form}>
      <TicketsSection form={form} />
      <HomesSection form={form} />
      <PagesSection form={form} />
    </SettingsPage>
  )
}

function TicketsSection({ form }: SectionProps) {
  const desk = useDesk()
  const values = form.values.value
  return (
    <Section title={w.tickets}>
      <Switch
        label={w.enabled}
        hint={w.enabledHint}
        checked={values.enabled}
        onChange={(on) => form.set('enabled', on)}
      />
      <Switch
        label={w.ownOnly}
        hint={w.ownOnlyHint}
        checked={values.ownOnly}
        onChange={(on) => form.set('ownOnly', on)}
      />
      <HelpText form={form} />
      <Switch
        label={w.attachments}
        hint={w.attachmentsHint}
        checked={values.attachments}
        onChange={(on) => form.set('attachments', on)}
      />
      <p>
        <a href={href({ page: 'settings', deskId: desk.id, section: 'categories' })}>{w.categoriesLink}</a>
      </p>
    </Section>
  )
}

function HelpText({ form }: SectionProps) {
  const own = useDesk().settings.value?.locale ?? 'en'
  const texts = form.values.value.helpText
  return (
    <LocaleTabs label={w.helpText} own={own} isFilled={(locale) => Boolean(texts[locale]?.trim())}>
      {(locale) => (
        <LocalizedField
          label={w.helpText}
          hint={w.helpTextHint}
          placeholder={w.helpTextPlaceholder}
          maxLength={2000}
          rows={4}
          locale={locale}
          texts={texts}
          problem={form.problems.value[`widget/helpText/${locale}`] ?? form.problems.value['widget/helpText']}
          onChange={(changed) => form.set('helpText', changed)}
        />
      )}
    </LocaleTabs>
  )
}

function HomesSection({ form }: SectionProps) {
  const { homes } = form.values.value
  return (
    <Section title={w.homes} text={w.homesText}>
      {(['messages', 'tickets', 'articles'] as const).map((home) => (
        <Switch
          key={home}
          label={w.home[home]}
          checked={homes[home]}
          onChange={(on) => form.set('homes', { ...homes, [home]: on })}
        />
      ))}
    </Section>
  )
}

function PagesSection({ form }: SectionProps) {
  const values = form.values.value
  return (
    <Section title={w.pages} text={w.pagesText}>
      <Switch
        label={w.contactForm}
        hint={w.contactFormHint}
        checked={values.contactForm}
        onChange={(on) => form.set('contactForm', on)}
      />
      <PageAddress name={w.contactForm} path="contact" />
      <Switch
        label={w.ticketCenter}
        hint={w.ticketCenterHint}
        checked={values.ticketCenter}
        onChange={(on) => form.set('ticketCenter', on)}
      />
      <PageAddress name={w.ticketCenter} path="tickets" />
    </Section>
  )
}

/** The address of a hosted page, to copy and to open. */
function PageAddress({ name, path }: { name: string; path: 'contact' | 'tickets' }) {
  const { id } = useDesk()
  const url = new URL(`p/${encodeURIComponent(id)}/${path}`, deskUrl()).href
  return (
    <div class="page-address">
      <input
        class="input code"
        readOnly
        aria-label={w.address(name)}
        value={url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton text={url} label={w.copyAddress} />
      <a
        class="button quiet"
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={w.openNew(name)}
      >
        <Icon name="external" />
        {w.open}
      </a>
    </div>
  )
}
