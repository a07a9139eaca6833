import { useDesk } from '../desks/open-desk.ts'
import { Conversation } from './Conversation.tsx'
import { ConversationList } from './ConversationList.tsx'
import type { ViewKey } from './views.ts'
import { words } from './words.ts'

interface MessagesProps {
  view: ViewKey | null
  conversationId: string | null
}

/** The inbox: list and conversation side by side; on a narrow screen one after the other. */
export function Messages({ view, conversationId }: MessagesProps) {
  const desk = useDesk()
  const shown = view ?? 'all'
  return (
    <main class="messages" id="content" tabIndex={-1}>
      <h1 class="hidden-visually">{words.title}</h1>
      <ConversationList view={shown} openId={conversationId} />
      {conversationId ? (
        <Conversation key={`${desk.id}/${conversationId}`} id={conversationId} view={shown} />
      ) : (
        <NothingOpen />
      )}
    </main>
  )
}

function NothingOpen() {
  const rows = useDesk().inbox.rows('all')
  return (
    <section class="conversation-pane none" aria-label={words.conversation.label}>
      {rows.length > 0 && (
        <div class="empty">
          <h2>{words.empty.pick}</h2>
          <p class="empty-keys">
            <span>
              <kbd>J</kbd> <kbd>K</kbd> {words.empty.pickMove}
            </span>
            <span>
              <kbd>Enter</kbd> {words.empty.pickOpen}
            </span>
            <span>
              <kbd>?</kbd> {words.empty.pickAll}
            </span>
          </p>
        </div>
      )}
    </section>
  )
}
