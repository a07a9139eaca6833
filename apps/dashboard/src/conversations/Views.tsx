import { useEffect } from 'preact/hooks'
import { Avatar } from '../agents/Avatar.tsx'
import { session, signOut } from '../agents/session.ts'
import { words as agentWords } from '../agents/words.ts'
import { words as articleWords } from '../articles/words.ts'
import { errorText } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { settingsIcons } from '../desks/settings-icons.ts'
import { words as deskWords } from '../desks/words.ts'
import { heldOf } from '../emails/held.ts'
import { keepFresh } from '../emails/pages.ts'
import { words as emailWords } from '../emails/words.ts'
import { href, navigate, type Route, route, settingsPages } from '../router.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { openOverlay } from '../ui/overlay.ts'
import { say } from '../ui/toasts.ts'
import { words as uiWords } from '../ui/words.ts'
import { StatusIcon } from './StatusIcon.tsx'
import { countOf, type ViewKey, viewKeys } from './views.ts'
import { words } from './words.ts'

const icons: Partial<Record<ViewKey, IconName>> = { all: 'inbox', mine: 'person', unassigned: 'unassigned' }

/** The leftmost pane: the desk, the views with their counters, the settings and the agent. */
export function Views() {
  return (
    <nav class="nav" aria-label={deskWords.navigation}>
      <DeskTitle />
      <button
        type="button"
        class="nav-search"
        title={uiWords.palette.open}
        onClick={() => openOverlay('palette')}
      >
        <Icon name="search" />
        <span class="nav-label">{uiWords.palette.open}</span>
        <kbd class="nav-label">Ctrl K</kbd>
      </button>
      <ViewLinks />
      <ul class="nav-list nav-mail">
        <EmailLink />
      </ul>
      <h2 class="nav-heading nav-label">{articleWords.title}</h2>
      <LibraryLinks />
      <h2 class="nav-heading nav-label">{deskWords.settings}</h2>
      <SettingsLinks />
      <div class="nav-space" />
      <AgentBar />
    </nav>
  )
}

function DeskTitle() {
  const desk = useDesk()
  const desks = session.value?.desks ?? []
  const name = desk.settings.value?.name ?? desks.find((one) => one.id === desk.id)?.name ?? ''
  const go = (deskId: string) => navigate({ page: 'messages', deskId, view: 'all', conversationId: null })
  return (
    <div class="nav-desk">
      <span class="nav-mark" aria-hidden="true">
        {[...name][0]?.toUpperCase()}
      </span>
      {desks.length > 1 ? (
        <select
          class="select nav-label"
          aria-label={deskWords.switchDesk}
          value={desk.id}
          onChange={(event) => go(event.currentTarget.value)}
        >
          {desks.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      ) : (
        <span class="nav-name nav-label ellipsis">{name}</span>
      )}
    </div>
  )
}

function ViewLinks() {
  const desk = useDesk()
  const counts = desk.inbox.counts.value
  const at = route.value
  return (
    <ul class="nav-list" aria-label={words.viewsLabel}>
      {viewKeys.map((view) => {
        const icon = icons[view]
        const count = counts ? countOf(view, counts) : null
        const current = at.page === 'messages' && (at.view ?? 'all') === view
        return (
          <li key={view} class={view === 'mine' ? 'nav-gap' : undefined}>
            <NavLink
              to={{ page: 'messages', deskId: desk.id, view, conversationId: null }}
              current={current}
              label={words.views[view]}
              icon={icon ? <Icon name={icon} /> : <StatusIcon status={view as 'pending'} quiet />}
              count={count}
              strong={view === 'pending' && Boolean(count)}
            />
          </li>
        )
      })}
    </ul>
  )
}

/** Where all e-mails are; what waits for an agent counts. */
function EmailLink() {
  const desk = useDesk()
  const held = heldOf(desk)
  useEffect(() => {
    void held.refresh()
    return keepFresh(desk, () => void held.refresh())
  }, [desk, held])
  const count = held.count.value
  return (
    <li>
      <NavLink
        to={{ page: 'emails', deskId: desk.id, tab: count ? 'received' : 'sent' }}
        current={route.value.page === 'emails'}
        label={emailWords.title}
        icon={<Icon name="mail" />}
        count={count || null}
        countLabel={count ? emailWords.waiting(count) : undefined}
        strong
      />
    </li>
  )
}

function LibraryLinks() {
  const desk = useDesk()
  const at = route.value
  const item = at.page === 'articles' ? (at.item ?? 'list') : null
  return (
    <ul class="nav-list">
      <li>
        <NavLink
          to={{ page: 'articles', deskId: desk.id }}
          current={item !== null && item !== 'insights'}
          label={articleWords.articles}
          icon={<Icon name="book" />}
        />
      </li>
      <li>
        <NavLink
          to={{ page: 'articles', deskId: desk.id, item: 'insights' }}
          current={item === 'insights'}
          label={articleWords.insights.title}
          icon={<Icon name="idea" />}
        />
      </li>
    </ul>
  )
}

function SettingsLinks() {
  const desk = useDesk()
  const at = route.value
  return (
    <ul class="nav-list">
      {settingsPages.map((section) => (
        <li key={section}>
          <NavLink
            to={{ page: 'settings', deskId: desk.id, section }}
            current={at.page === 'settings' && at.section === section}
            label={deskWords.sections[section]}
            icon={<Icon name={settingsIcons[section]} />}
          />
        </li>
      ))}
    </ul>
  )
}

interface NavLinkProps {
  to: Route
  current: boolean
  label: string
  icon: preact.ComponentChildren
  count?: number | null
  /** What the count says, where the label does not. */
  countLabel?: string | undefined
  strong?: boolean
}

function NavLink({ to, current, label, icon, count, countLabel, strong }: NavLinkProps) {
  return (
    <a
      class="nav-link"
      href={href(to)}
      aria-current={current ? 'page' : undefined}
      title={countLabel ? `${label}: ${countLabel}` : label}
    >
      {icon}
      <span class="nav-label ellipsis">{label}</span>
      {count != null && (
        <span
          class={strong ? 'nav-count strong numeric' : 'nav-count numeric'}
          aria-hidden={countLabel ? true : undefined}
        >
          {count}
        </span>
      )}
      {countLabel && <span class="hidden-visually">, {countLabel}</span>}
    </a>
  )
}

function AgentBar() {
  const desk = useDesk()
  const agent = session.value?.agent
  if (!agent) return null
  const at = route.value
  return (
    <div class="nav-agent">
      <a
        class="nav-link"
        href={href({ page: 'profile', deskId: desk.id })}
        aria-current={at.page === 'profile' ? 'page' : undefined}
        title={agentWords.profile.title}
      >
        <Avatar name={agent.name} />
        <span class="nav-label ellipsis">{agent.name}</span>
      </a>
      <button
        type="button"
        class="button quiet icon nav-label"
        aria-label={uiWords.shortcuts.title}
        title={`${uiWords.shortcuts.title} (?)`}
        onClick={() => openOverlay('shortcuts')}
      >
        <Icon name="keyboard" />
      </button>
      <button
        type="button"
        class="button quiet icon nav-label"
        aria-label={agentWords.profile.signOut}
        title={agentWords.profile.signOut}
        onClick={() => signOut().catch((error) => say(errorText(error), { tone: 'danger' }))}
      >
        <Icon name="signOut" />
      </button>
    </div>
  )
}
