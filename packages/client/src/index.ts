export type {
  Agent,
  AgentEvent,
  AgentMessage,
  ArticleDetail,
  ArticleDraft,
  ArticleHit,
  ArticleItem,
  ArticleLink,
  ArticleRevision,
  Attachment,
  Category,
  Client,
  Collection,
  ConnectionTest,
  Contact,
  ContactMerge,
  ContactSelf,
  ContactSession,
  Conversation,
  ConversationDetail,
  ConversationWithMessages,
  Desk,
  DeskChange,
  Email,
  EmailDetail,
  EmailSettings,
  EmailState,
  EmailTemplate,
  IdentityReport,
  InboxCounts,
  InboxItem,
  Message,
  Notification,
  PublicArticle,
  PublicCollection,
  PublicDesk,
  SecretKey,
  Session,
  TicketForm,
  Upload,
  VisitorEvent,
} from '@helpdesk/core/api'
export { type AgentClient, type AgentClientOptions, createAgentClient } from './agent-client.ts'
export type { AgentChange, Agents, Setup, SignIn } from './agents.ts'
export type {
  AgentArticles,
  ArticleChange,
  ArticleComments,
  ArticleFile,
  ArticleFilesPage,
  ArticleImage,
  ArticleImported,
  ArticleInput,
  ArticleInsights,
  ArticlesPage,
  ArticlesQuery,
  DraftChange,
  FindOptions,
  RevisionsPage,
  RevisionsQuery,
} from './article-writing.ts'
export type {
  ArticleRating,
  ArticlesFound,
  ArticlesHome,
  ReadOptions,
  SearchOptions,
  VisitorArticles,
} from './articles.ts'
export type { UploadOptions } from './attachments.ts'
export type { AgentCategories, CategoryChange, CategoryInput } from './categories.ts'
export type { AgentCollections, CollectionChange, CollectionInput } from './collections.ts'
export type {
  AgentContacts,
  ContactChange,
  ContactsPage,
  ContactsQuery,
  ContactWithMerges,
  CredentialStore,
  Credentials,
  EmailUpdate,
  EmailUpdated,
  IdentifyInput,
  Merged,
  VisitorContacts,
} from './contacts.ts'
export type {
  AgentConversations,
  AgentMessagesPage,
  AgentReplied,
  AgentReply,
  ConversationChange,
  History,
  HistoryQuery,
  InboxPage,
  InboxQuery,
  MessagesPage,
  MessagesQuery,
  ReplyInput,
  Started,
  StartInput,
  VisitorConversations,
} from './conversations.ts'
export type { AgentDesks } from './desks.ts'
export {
  type EmailLinkProof,
  type EmailLinkRequest,
  type EmailLinkRequested,
  type EmailLinks,
  emailLinks,
} from './email-links.ts'
export type { AgentEmailSettings, EmailSettingsChange, ImapMailbox, SmtpServer } from './email-settings.ts'
export type {
  AgentEmailTemplates,
  EmailTemplateKey,
  EmailTemplatePreview,
  EmailTemplateWords,
} from './email-templates.ts'
export type { AgentEmails, EmailsPage, EmailsQuery } from './emails.ts'
export { ApiError, type ApiErrorCode, type ApiErrorDetails, isApiError } from './error.ts'
export type { EventsOptions, StreamState } from './events.ts'
export type { CallOptions, CreateOptions } from './http.ts'
export type { AgentNotifications, NotificationsPage, NotificationsQuery } from './notifications.ts'
export type { AgentPublicLink, PublicLink } from './public-link.ts'
export type { Runtime } from './runtime.ts'
export type { AgentSecrets, IdentityCheck, SecretCreated } from './secrets.ts'
export type {
  OpenedLink,
  TicketAnswer,
  TicketCreated,
  TicketInput,
  TicketsPage,
  TicketsQuery,
  VisitorTickets,
} from './tickets.ts'
export { createVisitorClient, type VisitorClient, type VisitorClientOptions } from './visitor-client.ts'
