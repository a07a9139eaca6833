import type { AgentMessage } from '@helpdesk/core/api'
import { mayAnswer } from '../conversations/actions.ts'
import { useDesk } from '../desks/open-desk.ts'
import { route } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { words } from './insert-words.ts'
import { toMarkdown } from './insertion.ts'
import { newArticle } from './new-article.ts'

/** On what the team has written: begins an article with it, titled like the conversation. */
export function ArticleFromMessage({ message }: { message: AgentMessage }) {
  const desk = useDesk()
  if (!mayAnswer(desk.settings.value?.role) || !message.body.trim()) return null
  const begin = () => {
    const at = route.peek()
    const id = at.page === 'messages' ? at.conversationId : null
    const subject = id ? desk.inbox.item(id)?.subject : null
    newArticle({ title: subject ?? '', markdown: toMarkdown(message.body) })
  }
  return (
    <button
      type="button"
      class="button quiet icon entry-article"
      aria-label={words.fromReply}
      title={words.fromReply}
      onClick={begin}
    >
      <Icon name="book" />
    </button>
  )
}
