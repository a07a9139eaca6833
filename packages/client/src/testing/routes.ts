import { agents } from './answers/agents.ts'
import { articleDesk } from './answers/article-desk.ts'
import { articleWriting } from './answers/article-writing.ts'
import { publicArticles } from './answers/articles.ts'
import { attachments } from './answers/attachments.ts'
import { categories } from './answers/categories.ts'
import { collections } from './answers/collections.ts'
import { contacts } from './answers/contacts.ts'
import { visitorConversations } from './answers/conversations.ts'
import { desks } from './answers/desks.ts'
import { emailSettings } from './answers/email-settings.ts'
import { emailTemplates } from './answers/email-templates.ts'
import { emails } from './answers/emails.ts'
import { events } from './answers/events.ts'
import { agentConversations } from './answers/inbox.ts'
import { notifications } from './answers/notifications.ts'
import { secrets } from './answers/secrets.ts'
import { tickets } from './answers/tickets.ts'
import type { Answers } from './ask.ts'

/** What the mock desk answers to whoever has passed the door. */
export const answers: Answers = {
  agents,
  articles: { ...publicArticles, ...articleWriting, ...articleDesk },
  attachments,
  categories,
  collections,
  contacts,
  conversations: { ...visitorConversations, ...agentConversations },
  desks,
  emailSettings,
  emailTemplates,
  emails,
  events,
  notifications,
  secrets,
  tickets,
}
