import { useEffect } from 'preact/hooks'
import { useDesk } from '../desks/open-desk.ts'
import { words as deskWords } from '../desks/words.ts'
import { href } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { useTop } from '../ui/top.ts'
import { EmailPage } from './EmailPage.tsx'
import { heldOf } from './held.ts'
import { ReceivedList } from './ReceivedList.tsx'
import { SentList } from './SentList.tsx'
import { words } from './words.ts'

/** The two halves of the page. */
export type EmailTab = keyof typeof words.tabs

interface PageProps {
  tab: EmailTab
  /** Of what was sent, the conversation; of what came in, the e-mail. */
  item: string | undefined
}

/** What went out by e-mail and what came in, and what became of it. */
export function EmailsPage({ tab, item }: PageProps) {
  const desk = useDesk()
  const page = useTop<HTMLElement>(tab)
  if (!desk.settings.value) return null
  if (tab === 'received' && item) return <EmailPage key={item} id={item} />
  const home = { page: 'messages', deskId: desk.id, view: null, conversationId: null } as const
  return (
    <main ref={page} class="page emails" id="content" tabIndex={-1}>
      <header class="page-header">
        <a class="button quiet icon only-narrow" href={href(home)} aria-label={deskWords.navigation}>
          <Icon name="back" />
        </a>
        <h1 class="page-title">{words.title}</h1>
      </header>
      <Tabs shown={tab} />
      {tab === 'sent' ? <SentList conversationId={item} /> : <ReceivedList />}
    </main>
  )
}

function Tabs({ shown }: { shown: EmailTab }) {
  const desk = useDesk()
  const held = heldOf(desk)
  useEffect(() => {
    void held.refresh()
  }, [held])
  const count = held.count.value
  return (
    <nav class="email-tabs" aria-label={words.title}>
      {(Object.keys(words.tabs) as EmailTab[]).map((tab) => (
        <a
          key={tab}
          class="tab"
          href={href({ page: 'emails', deskId: desk.id, tab })}
          aria-current={tab === shown ? 'page' : undefined}
        >
          {words.tabs[tab]}
          {tab === 'received' && Boolean(count) && (
            <>
              <span class="tab-count numeric" aria-hidden="true">
                {count}
              </span>
              <span class="hidden-visually">, {words.waiting(count ?? 0)}</span>
            </>
          )}
        </a>
      ))}
    </nav>
  )
}
