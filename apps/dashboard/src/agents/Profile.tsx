import type { Agent } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { errorText, fieldProblems } from '../client.ts'
import { desktopNotifications, setDesktopNotifications } from '../conversations/desktop.ts'
import { useDesk } from '../desks/open-desk.ts'
import { Section } from '../desks/SettingsPage.tsx'
import { words as deskWords, languages } from '../desks/words.ts'
import { href } from '../router.ts'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Segments } from '../ui/Segments.tsx'
import { Switch } from '../ui/Switch.tsx'
import { setSingleKeys, singleKeys } from '../ui/shortcuts.ts'
import { chooseTheme, theme, themes } from '../ui/theme.ts'
import { say } from '../ui/toasts.ts'
import { NotifyGrid } from './NotifyGrid.tsx'
import { me, signOut, updateMe } from './session.ts'
import { words } from './words.ts'

const w = words.profile

/** The agent's own page: name, language, notifications, and how this browser behaves. */
export function Profile() {
  const desk = useDesk()
  const agent = me.value
  if (!agent) return null
  const home = { page: 'messages', deskId: desk.id, view: null, conversationId: null } as const
  return (
    <main class="page settings" id="content" tabIndex={-1}>
      <header class="page-header">
        <a class="button quiet icon only-narrow" href={href(home)} aria-label={deskWords.navigation}>
          <Icon name="back" />
        </a>
        <h1 class="page-title">{w.title}</h1>
      </header>
      <div class="settings-form">
        <You key={agent.id} agent={agent} />
        <ThisBrowser />
        <p>
          <button
            type="button"
            class="button outline"
            onClick={() => signOut().catch((error: unknown) => say(errorText(error), { tone: 'danger' }))}
          >
            <Icon name="signOut" />
            {w.signOut}
          </button>
        </p>
      </div>
    </main>
  )
}

function You({ agent }: { agent: Agent }) {
  const [name, setName] = useState(agent.name)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async (change: Parameters<typeof updateMe>[0]) => {
    setProblem(null)
    try {
      await updateMe(change)
      say(w.saved)
    } catch (error) {
      const refused = fieldProblems(error).name
      if (refused) setProblem(refused)
      else say(`${deskWords.notSaved} ${errorText(error)}`, { tone: 'danger' })
    }
  }
  return (
    <Section title={w.you} text={agent.email}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save({ name: name.trim() })
        }}
      >
        <Field label={words.name} problem={problem}>
          {(control) => (
            <div class="field-row">
              <input
                {...control}
                class="input"
                autoComplete="name"
                maxLength={200}
                value={name}
                onInput={(event) => setName(event.currentTarget.value)}
              />
              {name.trim() !== agent.name && (
                <button type="submit" class="button primary" disabled={!name.trim()}>
                  {deskWords.save}
                </button>
              )}
            </div>
          )}
        </Field>
      </form>
      <Field label={w.locale} hint={w.localeHint}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={agent.locale}
            onChange={(event) => save({ locale: event.currentTarget.value as Agent['locale'] })}
          >
            {Object.entries(languages).map(([locale, own]) => (
              <option key={locale} value={locale}>
                {own}
              </option>
            ))}
          </select>
        )}
      </Field>
      <NotifyGrid switches={agent.notifications} onChange={(notifications) => save({ notifications })} />
    </Section>
  )
}

function ThisBrowser() {
  return (
    <Section title={w.browser}>
      <div class="field">
        <span class="label">{w.theme}</span>
        <Segments
          label={w.theme}
          value={theme.value}
          onChange={chooseTheme}
          options={themes.map((value) => ({ value, label: w.themes[value] }))}
        />
      </div>
      <Switch label={w.keys} hint={w.keysHint} checked={singleKeys.value} onChange={setSingleKeys} />
      <Switch
        label={w.desktop}
        hint={w.desktopHint}
        checked={desktopNotifications.value}
        onChange={async (on) => {
          if (!(await setDesktopNotifications(on))) say(w.desktopBlocked, { tone: 'danger' })
        }}
      />
    </Section>
  )
}
