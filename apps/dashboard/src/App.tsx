import type { Session } from '@helpdesk/core/api'
import { useEffect } from 'preact/hooks'
import { SetUpPage } from './agents/SetUp.tsx'
import { SignInAgain, SignInPage } from './agents/SignIn.tsx'
import { boot, bootError, expired, session, setUpNeeded } from './agents/session.ts'
import { words } from './agents/words.ts'
import { errorText } from './client.ts'
import { href, navigate, type Route, route } from './router.ts'
import { Shell } from './Shell.tsx'
import { Dialog } from './ui/Dialog.tsx'
import { Icon } from './ui/Icon.tsx'
import { remember, remembered } from './ui/storage.ts'
import { Toasts } from './ui/Toasts.tsx'
import { words as uiWords } from './ui/words.ts'

/** The whole dashboard: finds out who is here, then shows the door or the desk. */
export function App() {
  useEffect(() => {
    void boot()
  }, [])
  return (
    <>
      <Door />
      {expired.value && (
        <Dialog label={words.signIn.endedTitle} class="expired">
          <SignInAgain />
        </Dialog>
      )}
      <Toasts />
    </>
  )
}

function Door() {
  if (bootError.value) return <Unreachable />
  const who = session.value
  if (who === undefined) return <p class="hidden-visually">{uiWords.loading}</p>
  if (who === null) return setUpNeeded.value ? <SetUpPage /> : <SignInPage />
  return <Inside key={who.agent.id} session={who} />
}

function Inside({ session: { agent, desks } }: { session: Session }) {
  const at = route.value
  const wanted = 'deskId' in at ? at.deskId : null
  const known = desks.some((desk) => desk.id === wanted)
  const home = homeOf(desks)
  useEffect(() => {
    // Looked at again: whoever signed in may have gone somewhere since this was drawn.
    if (route.peek().page === 'home' && home) navigate(home, { replace: true })
    if (known) remember('desk', wanted)
  })
  if (desks.length === 0) return <Message title={words.noDesks.title} text={words.noDesks.text} />
  if (at.page === 'home') return null
  if (at.page === 'unknown' || !known) {
    return (
      <Message title={words.unknownPlace.title} text={words.unknownPlace.text}>
        {home && (
          <a class="button outline" href={href(home)}>
            {words.unknownPlace.home}
          </a>
        )}
      </Message>
    )
  }
  return <Shell agentId={agent.id} at={at} />
}

/** The messages of the desk that was shown last in this browser, else of the first. */
function homeOf(desks: Session['desks']): Route | null {
  const last = remembered<string>('desk')
  const desk = desks.find((one) => one.id === last) ?? desks[0]
  return desk ? { page: 'messages', deskId: desk.id, view: 'all', conversationId: null } : null
}

function Unreachable() {
  return (
    <Message title={words.unreachable.title} text={errorText(bootError.value)}>
      <button type="button" class="button outline" onClick={() => boot()}>
        <Icon name="retry" />
        {uiWords.tryAgain}
      </button>
    </Message>
  )
}

interface MessageProps {
  title: string
  text: string
  children?: preact.ComponentChildren
}

function Message({ title, text, children }: MessageProps) {
  return (
    <main class="door" id="content">
      <div class="empty" role="alert">
        <h1>{title}</h1>
        <p>{text}</p>
        {children}
      </div>
    </main>
  )
}
