import { agents } from './agents.ts'
import { articleDesk } from './article-desk.ts'
import { agentArticles } from './article-writing.ts'
import { publicArticles } from './articles.ts'
import { attachments } from './attachments.ts'
import { categories } from './categories.ts'
import { collections } from './collections.ts'
import { contacts } from './contacts.ts'
import { visitorConversations } from './conversations.ts'
import { desks } from './desks.ts'
import { emailSettingsRoutes } from './email-settings.ts'
import { emailTemplateRoutes } from './email-templates.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { agentConversations } from './inbox.ts'
import { notifications } from './notifications.ts'
import { publicLinks } from './public-links.ts'
import type { Route } from './route.ts'
import { secrets } from './secrets.ts'
import { tickets } from './tickets.ts'

const conversations = { ...visitorConversations, ...agentConversations, ...publicLinks }

const articles = { ...publicArticles, ...agentArticles, ...articleDesk }

/** The whole contract: every endpoint of the desk by noun and verb. */
export const api = {
  agents,
  articles,
  attachments,
  categories,
  collections,
  contacts,
  conversations,
  desks,
  emailSettings: emailSettingsRoutes,
  emailTemplates: emailTemplateRoutes,
  emails,
  events,
  notifications,
  secrets,
  tickets,
}
/** The contract as a type, for packages that must not load its values. */
export type Api = typeof api

/** Every route of the contract in one list. */
export const routes: readonly Route[] = Object.values(api).flatMap((noun) => Object.values(noun) as Route[])

export { type Agent, agent, type Session, session } from './agents.ts'
export {
  type ArticleDetail,
  type ArticleDraft,
  type ArticleHit,
  type ArticleItem,
  type ArticleLink,
  type ArticleRevision,
  articleDetail,
  articleDraft,
  articleHit,
  articleItem,
  articleLink,
  articleRevision,
  type PublicArticle,
  type PublicCollection,
  publicArticle,
  publicCollection,
} from './articles.ts'
export { type Attachment, attachment, type Upload, upload } from './attachments.ts'
export { type Category, category } from './categories.ts'
export { type Collection, collection } from './collections.ts'
export {
  type Client,
  type Contact,
  type ContactMerge,
  type ContactSelf,
  type ContactSession,
  client,
  contact,
  contactMerge,
  contactSelf,
  contactSession,
  type IdentityForm,
  identityForms,
} from './contacts.ts'
export {
  type Conversation,
  type ConversationWithMessages,
  conversation,
  conversationWithMessages,
  type Message,
  message,
} from './conversations.ts'
export { type Desk, type DeskChange, desk, deskChange, type PublicDesk, publicDesk } from './desks.ts'
export {
  type ConnectionTest,
  connectionStep,
  connectionTest,
  type EmailSettings,
  emailSettings,
  mailboxStates,
  mailSecurities,
} from './email-settings.ts'
export { type EmailTemplate, emailTemplate } from './email-templates.ts'
export { type Email, type EmailDetail, email, emailDetail, emailSources } from './emails.ts'
export { type AgentEvent, agentEvent, type VisitorEvent, visitorEvent } from './events.ts'
export {
  type AgentMessage,
  agentMessage,
  type ChangeField,
  type ConversationDetail,
  changeFields,
  conversationDetail,
  type EmailState,
  emailState,
  type InboxCounts,
  type InboxItem,
  inboxCounts,
  inboxItem,
} from './inbox.ts'
export { type Notification, notification } from './notifications.ts'
export { toOpenApi } from './openapi.ts'
export type { Body, Params, Query, RateClass, Result, Route, RouteAuth, RouteRole } from './route.ts'
export { type IdentityReport, identityReport, type SecretKey, secretKey } from './secrets.ts'
export { problem } from './shared.ts'
export { type TicketForm, ticketForm } from './tickets.ts'
