import { useDesk } from '../desks/open-desk.ts'
import { words as deskWords } from '../desks/words.ts'
import { href, navigate } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { EmailView, useEmail } from './EmailView.tsx'
import { Subject } from './Subject.tsx'
import { words } from './words.ts'

/** One e-mail that came in, on a page of its own. */
export function EmailPage({ id }: { id: string }) {
  const desk = useDesk()
  const answer = useEmail(id)
  const list = { page: 'emails', deskId: desk.id, tab: 'received' } as const
  useShortcuts({ Escape: () => navigate(list) })
  const back = deskWords.backTo(words.tabs.received)
  return (
    <main class="page emails email-page" id="content" tabIndex={-1}>
      <header class="page-header">
        <a class="button quiet icon" href={href(list)} aria-label={back} title={back}>
          <Icon name="back" />
        </a>
        <h1 class="page-title">{answer.value ? <Subject of={answer.value} /> : words.email.label}</h1>
      </header>
      <EmailView answer={answer} />
    </main>
  )
}
