import { computed, effect } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { Profile } from './agents/Profile.tsx'
import { session } from './agents/session.ts'
import { words as agentWords } from './agents/words.ts'
import { ArticlesPage } from './articles/ArticlesPage.tsx'
import { NewArticle } from './articles/NewArticle.tsx'
import { CategorySettings } from './categories/CategorySettings.tsx'
import { errorText } from './client.ts'
import { commandsOf } from './commands.tsx'
import { callAgent } from './conversations/desktop.ts'
import { Messages } from './conversations/Messages.tsx'
import { StreamMark } from './conversations/StreamMark.tsx'
import { Views } from './conversations/Views.tsx'
import { contactName, words as conversationWords } from './conversations/words.ts'
import { GeneralSettings } from './desks/GeneralSettings.tsx'
import { GetStarted } from './desks/GetStarted.tsx'
import { createOpenDesk, type OpenDesk, OpenDeskProvider } from './desks/open-desk.ts'
import { TicketSettings } from './desks/TicketSettings.tsx'
import { WidgetSettings } from './desks/WidgetSettings.tsx'
import { EmailPages } from './email-settings/EmailPages.tsx'
import { EmailsPage } from './emails/EmailsPage.tsx'
import { heldBack, navigate, type Route } from './router.ts'
import { SecuritySettings } from './secrets/SecuritySettings.tsx'
import { CommandPalette } from './ui/CommandPalette.tsx'
import { Dialog } from './ui/Dialog.tsx'
import { Icon } from './ui/Icon.tsx'
import { openOverlay, overlay } from './ui/overlay.ts'
import { ShortcutList } from './ui/ShortcutList.tsx'
import { useShortcuts } from './ui/shortcuts.ts'
import { announce } from './ui/toasts.ts'
import { words as uiWords } from './ui/words.ts'

type DeskRoute = Extract<Route, { deskId: string }>

interface ShellProps {
  agentId: string
  at: DeskRoute
}

/** The dashboard of one desk: the navigation, and the page beside it. */
export function Shell({ agentId, at }: ShellProps) {
  const { deskId } = at
  const desk = useMemo(() => createOpenDesk(deskId, agentId), [deskId, agentId])
  useEffect(() => {
    void desk.start()
    const stops = [followTitle(desk), followMessages(desk)]
    return () => {
      for (const stop of stops) stop()
      desk.close()
    }
  }, [desk])
  useShortcuts({
    'mod+k': () => openOverlay('palette'),
    '?': () => openOverlay('shortcuts'),
  })
  return (
    <OpenDeskProvider value={desk}>
      <button type="button" class="skip-link" onClick={skip}>
        {uiWords.skip}
      </button>
      <div class="shell" data-depth={depthOf(at)}>
        <Views />
        {desk.error.value ? <Unreachable desk={desk} /> : <Page at={at} />}
      </div>
      <StreamMark />
      <Overlay desk={desk} />
      <HeldBack />
      <NewArticle />
    </OpenDeskProvider>
  )
}

/** A button, because a link with a hash would name a place of the dashboard. */
function skip(): void {
  document.getElementById('content')?.focus()
}

/** How deep the agent is, which is what a narrow screen shows: navigation, then page, then conversation. */
function depthOf(at: DeskRoute): 0 | 1 | 2 {
  if (at.page !== 'messages') return 1
  if (at.conversationId) return 2
  return at.view === null ? 0 : 1
}

function Page({ at }: { at: DeskRoute }) {
  if (at.page === 'messages') return <Messages view={at.view} conversationId={at.conversationId} />
  if (at.page === 'articles') return <ArticlesPage key={at.deskId} item={at.item} locale={at.locale} />
  if (at.page === 'emails') return <EmailsPage key={at.deskId} tab={at.tab} item={at.item} />
  if (at.page === 'start') return <GetStarted />
  if (at.page === 'profile') return <Profile />
  if (at.section === 'tickets') return <TicketSettings key={at.deskId} />
  if (at.section === 'categories') return <CategorySettings key={at.deskId} item={at.item} />
  if (at.section === 'email') return <EmailPages key={at.deskId} item={at.item} />
  if (at.section === 'security') return <SecuritySettings key={at.deskId} item={at.item} />
  return at.section === 'widget' ? (
    <WidgetSettings key={at.deskId} item={at.item} />
  ) : (
    <GeneralSettings key={at.deskId} />
  )
}

function Unreachable({ desk }: { desk: OpenDesk }) {
  return (
    <main class="page" id="content">
      <div class="empty" role="alert">
        <h1>{agentWords.unreachable.title}</h1>
        <p>{errorText(desk.error.value)}</p>
        <button type="button" class="button outline" onClick={() => desk.start()}>
          <Icon name="retry" />
          {uiWords.tryAgain}
        </button>
      </div>
    </main>
  )
}

function Overlay({ desk }: { desk: OpenDesk }) {
  if (overlay.value === 'palette') return <CommandPalette commands={commandsOf(desk)} />
  return overlay.value === 'shortcuts' ? <ShortcutList /> : null
}

/** Asks before unsaved settings are left. */
function HeldBack() {
  const to = heldBack.value
  if (!to) return null
  const stay = () => {
    heldBack.value = null
  }
  return (
    <Dialog label={uiWords.leave.title} onClose={stay} class="ask">
      <h2>{uiWords.leave.title}</h2>
      <p class="soft">{uiWords.leave.text}</p>
      <div class="dialog-buttons">
        <button type="button" class="button danger" onClick={() => navigate(to, { evenIfUnsaved: true })}>
          {uiWords.leave.discard}
        </button>
        <button type="button" class="button primary" onClick={stay}>
          {uiWords.leave.stay}
        </button>
      </div>
    </Dialog>
  )
}

/** `(3) Acme Support`: how much is unread can be seen from another tab. */
function followTitle(desk: OpenDesk): () => void {
  const name = computed(
    () =>
      desk.settings.value?.name ??
      session.value?.desks.find((one) => one.id === desk.id)?.name ??
      agentWords.product,
  )
  const stop = effect(() => {
    const unread = desk.inbox.unread.value
    document.title = unread > 0 ? `(${unread}) ${name.value}` : name.value
  })
  return () => {
    stop()
    document.title = agentWords.product
  }
}

/** Tells screen readers, and other windows if wanted, of what visitors write. */
function followMessages(desk: OpenDesk): () => void {
  return desk.onEvent((event) => {
    if (event.type !== 'message.created' || event.message.author.type !== 'contact') return
    const { contact, number } = event.conversation
    announce(conversationWords.newMessageFrom(contactName(contact), number))
    callAgent(desk.id, event)
  })
}
