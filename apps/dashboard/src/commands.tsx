import { me, signOut } from './agents/session.ts'
import { words as agentWords } from './agents/words.ts'
import { newArticle } from './articles/new-article.ts'
import { words as articleWords } from './articles/words.ts'
import { words as categoryWords } from './categories/words.ts'
import { errorText } from './client.ts'
import { mayAnswer, setPriority, setStatus, toggleMine } from './conversations/actions.ts'
import { StatusIcon } from './conversations/StatusIcon.tsx'
import { viewKeys } from './conversations/views.ts'
import { contactName, words as conversationWords, firstWords } from './conversations/words.ts'
import type { OpenDesk } from './desks/open-desk.ts'
import { settingsIcons } from './desks/settings-icons.ts'
import { words as deskWords } from './desks/words.ts'
import { words as emailWords } from './email-settings/words.ts'
import { words as mailWords } from './emails/words.ts'
import { navigate, route, settingsPages } from './router.ts'
import { words as secretWords } from './secrets/words.ts'
import type { Command } from './ui/CommandPalette.tsx'
import { Icon } from './ui/Icon.tsx'
import { openOverlay } from './ui/overlay.ts'
import { chooseTheme, themes } from './ui/theme.ts'
import { say } from './ui/toasts.ts'
import { words as uiWords } from './ui/words.ts'

/** Everything the command palette offers on a desk, from where the agent is. */
export function commandsOf(desk: OpenDesk): readonly Command[] {
  return [...actsOf(desk), ...placesOf(desk), ...conversationsOf(desk), ...more()]
}

function actsOf(desk: OpenDesk): Command[] {
  const at = route.value
  const item = at.page === 'messages' && at.conversationId ? desk.inbox.item(at.conversationId) : undefined
  const agent = me.value
  if (!item || !agent || !mayAnswer(desk.settings.value?.role)) return []
  const { assign, giveBack } = conversationWords.conversation
  const statuses = Object.entries(conversationWords.statuses) as [typeof item.status, string][]
  const priorities = Object.entries(conversationWords.priorities) as [typeof item.priority, string][]
  return [
    {
      key: 'assign',
      group: 'act',
      label: item.assignee?.id === agent.id ? giveBack : assign,
      icon: <Icon name="person" />,
      hint: 'A',
      run: () => void toggleMine(desk, item, agent),
    },
    ...statuses
      .filter(([status]) => status !== item.status)
      .map(
        ([status, label]): Command => ({
          key: `status-${status}`,
          group: 'act',
          label: `${conversationWords.statusLabel}: ${label}`,
          icon: <StatusIcon status={status} quiet />,
          run: () => void setStatus(desk, item, status),
        }),
      ),
    ...priorities
      .filter(([priority]) => priority !== item.priority)
      .map(
        ([priority, label]): Command => ({
          key: `priority-${priority}`,
          group: 'act',
          label: `${conversationWords.details.priority}: ${label}`,
          icon: <Icon name="up" />,
          run: () => void setPriority(desk, item, priority),
        }),
      ),
  ]
}

/** What has an address of its own within a page of the settings. */
const settingsParts = [
  { section: 'widget', item: 'visibility', label: deskWords.tester.title },
  { section: 'categories', item: 'new', label: categoryWords.newTitle },
  { section: 'email', item: 'receiving', label: emailWords.parts.receiving },
  { section: 'email', item: 'templates', label: emailWords.parts.templates },
  { section: 'security', item: 'sign', label: secretWords.parts.sign },
  { section: 'security', item: 'debug', label: secretWords.parts.debug },
] as const

function placesOf(desk: OpenDesk): Command[] {
  const deskId = desk.id
  const views = viewKeys.map(
    (view): Command => ({
      key: `view-${view}`,
      group: 'go',
      label: `${conversationWords.title}: ${conversationWords.views[view]}`,
      icon: <Icon name="inbox" />,
      run: () => navigate({ page: 'messages', deskId, view, conversationId: null }),
    }),
  )
  const settings = settingsPages.map(
    (section): Command => ({
      key: `settings-${section}`,
      group: 'go',
      label: `${deskWords.settings}: ${deskWords.sections[section]}`,
      icon: <Icon name={settingsIcons[section]} />,
      run: () => navigate({ page: 'settings', deskId, section }),
    }),
  )
  const parts = settingsParts.map(
    ({ section, item, label }): Command => ({
      key: `settings-${section}-${item}`,
      group: 'go',
      label: `${deskWords.sections[section]}: ${label}`,
      icon: <Icon name={settingsIcons[section]} />,
      run: () => navigate({ page: 'settings', deskId, section, item }),
    }),
  )
  const emails = (['sent', 'received'] as const).map(
    (tab): Command => ({
      key: `emails-${tab}`,
      group: 'go',
      label: `${mailWords.title}: ${mailWords.tabs[tab]}`,
      icon: <Icon name="mail" />,
      run: () => navigate({ page: 'emails', deskId, tab }),
    }),
  )
  return [
    ...views,
    ...emails,
    ...articlesOf(desk),
    ...settings,
    ...parts,
    {
      key: 'start',
      group: 'go',
      label: deskWords.embed.title,
      icon: <Icon name="code" />,
      run: () => navigate({ page: 'start', deskId }),
    },
    {
      key: 'profile',
      group: 'go',
      label: agentWords.profile.title,
      icon: <Icon name="person" />,
      run: () => navigate({ page: 'profile', deskId }),
    },
  ]
}

const articleParts = [
  { item: undefined, label: articleWords.articles, icon: 'book' },
  { item: 'insights', label: articleWords.insights.title, icon: 'idea' },
  { item: 'files', label: articleWords.files.title, icon: 'folder' },
] as const

function articlesOf(desk: OpenDesk): Command[] {
  const deskId = desk.id
  const places = articleParts.map(
    ({ item, label, icon }): Command => ({
      key: `articles-${item}`,
      group: 'go',
      label: `${articleWords.title}: ${label}`,
      icon: <Icon name={icon} />,
      run: () => navigate({ page: 'articles', deskId, ...(item ? { item } : {}) }),
    }),
  )
  if (!mayAnswer(desk.settings.value?.role)) return places
  const write: Command = {
    key: 'articles-new',
    group: 'go',
    label: `${articleWords.title}: ${articleWords.add}`,
    icon: <Icon name="plus" />,
    run: () => newArticle({}),
  }
  return [...places, write]
}

function conversationsOf(desk: OpenDesk): Command[] {
  return desk.inbox.known.value.map((item) => ({
    key: item.id,
    group: 'conversations',
    label: `#${item.number} ${contactName(item.contact)}`,
    also: `${item.contact.email ?? ''} ${item.subject ?? ''} ${item.preview}`,
    icon: <StatusIcon status={item.status} quiet />,
    hint: firstWords(item),
    run: () => navigate({ page: 'messages', deskId: desk.id, view: 'all', conversationId: item.id }),
  }))
}

function more(): Command[] {
  const labels = agentWords.profile
  return [
    ...themes.map(
      (theme): Command => ({
        key: `theme-${theme}`,
        group: 'more',
        label: `${labels.theme}: ${labels.themes[theme]}`,
        icon: <Icon name="settings" />,
        run: () => chooseTheme(theme),
      }),
    ),
    {
      key: 'shortcuts',
      group: 'more',
      label: uiWords.shortcuts.title,
      icon: <Icon name="keyboard" />,
      hint: '?',
      run: () => openOverlay('shortcuts'),
    },
    {
      key: 'sign-out',
      group: 'more',
      label: labels.signOut,
      icon: <Icon name="signOut" />,
      run: () => void signOut().catch((error: unknown) => say(errorText(error), { tone: 'danger' })),
    },
  ]
}
