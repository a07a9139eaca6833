import type { ComponentChildren } from 'preact'
import { href } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { mayChange } from './MessagingSwitch.tsx'
import { useDesk } from './open-desk.ts'
import type { SettingsForm } from './settings-form.ts'
import { words } from './words.ts'

interface PageProps {
  title: string
  form: Pick<SettingsForm<object>, 'dirty' | 'saving' | 'problems' | 'save' | 'discard'>
  children: ComponentChildren
  aside?: ComponentChildren
}

/** The frame of a page of settings: title, fields, and a bar that comes up with the first change. */
export function SettingsPage({ title, form, children, aside }: PageProps) {
  const desk = useDesk()
  const may = mayChange(desk.settings.value?.role)
  const home = { page: 'messages', deskId: desk.id, view: null, conversationId: null } as const
  return (
    <main class="page settings" id="content" tabIndex={-1}>
      <header class="page-header">
        <a class="button quiet icon only-narrow" href={href(home)} aria-label={words.navigation}>
          <Icon name="back" />
        </a>
        <h1 class="page-title">{title}</h1>
      </header>
      {!may && (
        <p class="notice">
          <Icon name="info" />
          {words.adminOnly}
        </p>
      )}
      <div class={aside ? 'settings-columns' : undefined}>
        <form
          class="settings-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void form.save()
          }}
        >
          <fieldset class="bare" disabled={!may}>
            {children}
          </fieldset>
          <SaveBar form={form} />
        </form>
        {aside}
      </div>
    </main>
  )
}

function SaveBar({ form }: { form: PageProps['form'] }) {
  const problems = Object.keys(form.problems.value).length
  if (!form.dirty.value) return null
  return (
    <section class="save-bar" aria-label={words.unsaved}>
      <span class={problems ? 'save-state danger' : 'save-state'} role="status">
        {problems ? `${words.notSaved} ${words.someRefused}` : words.unsaved}
      </span>
      <button type="button" class="button quiet" disabled={form.saving.value} onClick={form.discard}>
        {words.discard}
      </button>
      <button type="submit" class="button primary" disabled={form.saving.value}>
        {form.saving.value ? words.saving : words.save}
      </button>
    </section>
  )
}

interface SectionProps {
  title: string
  text?: string
  children: ComponentChildren
}

/** Some settings that belong together. */
export function Section({ title, text, children }: SectionProps) {
  return (
    <section class="settings-section">
      <div class="settings-head">
        <h2>{title}</h2>
        {text && <p class="soft">{text}</p>}
      </div>
      <div class="settings-fields">{children}</div>
    </section>
  )
}
