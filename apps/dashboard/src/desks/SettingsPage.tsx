import type { ComponentChildren } from 'preact'
import { href, type Route, route } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { useTop } from '../ui/top.ts'
import { mayChange } from './MessagingSwitch.tsx'
import { useDesk } from './open-desk.ts'
import type { SettingsForm } from './settings-form.ts'
import { words } from './words.ts'

interface FrameProps {
  title: string
  /** Where the page is a part of another one: the way back to that. */
  parent?: { to: Route; label: string }
  /** Beside the title. */
  actions?: ComponentChildren
  /** The page itself says for whom it is. */
  saysForWhom?: boolean
  children: ComponentChildren
}

/** A page of the settings: the title, and who may change what is on it. */
export function SettingsFrame({ title, parent, actions, saysForWhom = false, children }: FrameProps) {
  const desk = useDesk()
  const page = useTop<HTMLElement>(href(route.value))
  const home = { page: 'messages', deskId: desk.id, view: null, conversationId: null } as const
  return (
    <main ref={page} class="page settings" id="content" tabIndex={-1}>
      <header class="page-header">
        {parent ? (
          <a
            class="button quiet icon"
            href={href(parent.to)}
            aria-label={words.backTo(parent.label)}
            title={words.backTo(parent.label)}
          >
            <Icon name="back" />
          </a>
        ) : (
          <a class="button quiet icon only-narrow" href={href(home)} aria-label={words.navigation}>
            <Icon name="back" />
          </a>
        )}
        <h1 class="page-title">{title}</h1>
        {actions}
      </header>
      {!saysForWhom && !mayChange(desk.settings.value?.role) && (
        <p class="notice">
          <Icon name="info" />
          {words.adminOnly}
        </p>
      )}
      {children}
    </main>
  )
}

type FormState = Pick<SettingsForm<object>, 'dirty' | 'saving' | 'problems' | 'save' | 'discard'>

/** Settings that are saved together: a bar comes up with the first change. */
export function SettingsFields({ form, children }: { form: FormState; children: ComponentChildren }) {
  const may = mayChange(useDesk().settings.value?.role)
  return (
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
  )
}

interface PageProps extends FrameProps {
  form: FormState
  aside?: ComponentChildren
}

/** A page of settings that are saved together. */
export function SettingsPage({ form, children, aside, ...frame }: PageProps) {
  return (
    <SettingsFrame {...frame}>
      <div class={aside ? 'settings-columns' : undefined}>
        <SettingsFields form={form}>{children}</SettingsFields>
        {aside}
      </div>
    </SettingsFrame>
  )
}

function SaveBar({ form }: { form: FormState }) {
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
  /** So that an address can lead to it. */
  id?: string
  title: string
  text?: ComponentChildren
  children: ComponentChildren
}

/** Some settings that belong together. */
export function Section({ id, title, text, children }: SectionProps) {
  return (
    <section class="settings-section" id={id}>
      <div class="settings-head">
        <h2>{title}</h2>
        {text && <p class="soft">{text}</p>}
      </div>
      <div class="settings-fields">{children}</div>
    </section>
  )
}
