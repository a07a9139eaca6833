import { suggestionsCss } from '../articles/suggestions.css.ts'
import { attachmentsCss } from '../attachments/attachments.css.ts'
import type { Part } from '../parts.ts'
import type { Screen } from '../screen.ts'
import { fieldsCss } from '../ui/fields.css.ts'
import { conversationsCss } from './conversations.css.ts'
import { MessageForm } from './MessageForm.tsx'
import { Thread } from './Thread.tsx'

/** Writing to the desk and reading its answers. */
export const conversationsPart: Part = {
  styles: [fieldsCss, conversationsCss, attachmentsCss, suggestionsCss],
  View({ screen }: { screen: Screen }) {
    if (screen.name === 'thread') return <Thread key={screen.id} id={screen.id} back={screen.from} />
    return <MessageForm from={screen.name === 'message' ? screen.from : undefined} />
  },
}
