import type { AgentEvent, Api, Upload } from '@helpdesk/core/api'
import { type Agents, agents } from './agents.ts'
import { type AgentArticles, agentArticles } from './article-writing.ts'
import { type UploadOptions, uploadFile } from './attachments.ts'
import { type AgentCategories, agentCategories } from './categories.ts'
import { type AgentCollections, agentCollections } from './collections.ts'
import { type AgentContacts, agentContacts } from './contacts.ts'
import { type AgentConversations, agentConversations } from './conversations.ts'
import { type AgentDesks, agentDesks, deskPath } from './desks.ts'
import { type AgentEmailSettings, agentEmailSettings } from './email-settings.ts'
import { type AgentEmailTemplates, agentEmailTemplates } from './email-templates.ts'
import { type AgentEmails, agentEmails } from './emails.ts'
import { agentEvents, type EventsOptions } from './events.ts'
import { createHttp } from './http.ts'
import { type AgentNotifications, agentNotifications } from './notifications.ts'
import { type AgentPublicLink, agentPublicLink } from './public-link.ts'
import { type Runtime, systemRuntime } from './runtime.ts'
import { type AgentSecrets, agentSecrets } from './secrets.ts'

/** How an agent's client reaches the server. */
export interface AgentClientOptions {
  /** The address under which `/api/…` lies; `''` is the page's own origin. */
  url: string
  /** Instead of the global one. */
  fetch?: typeof fetch
  /** When the session cookie is sent. (Default: `same-origin`) */
  credentials?: RequestCredentials
  /** Milliseconds one try may take. (Default: 15,000) */
  timeoutMs?: number
}

/** What an agent may do. Every method fails with an `ApiError` and nothing else. */
export interface AgentClient {
  readonly agents: Agents
  readonly desks: AgentDesks
  readonly conversations: AgentConversations
  readonly publicLink: AgentPublicLink
  readonly contacts: AgentContacts
  readonly categories: AgentCategories
  readonly secrets: AgentSecrets
  readonly collections: AgentCollections
  readonly articles: AgentArticles
  readonly notifications: AgentNotifications
  readonly emails: AgentEmails
  readonly emailSettings: AgentEmailSettings
  readonly emailTemplates: AgentEmailTemplates
  /** Sends a file; its `key` goes into the `attachments` of a reply or a note, once. */
  uploadAttachment(deskId: string, file: Blob, options?: UploadOptions): Promise<Upload>
  /** What happens on a desk, each event once and in order, over any disconnect. */
  events(deskId: string, options?: EventsOptions): AsyncIterable<AgentEvent>
}

/**
 * A client for those who answer: what the dashboard is made with. It authenticates by the session cookie.
 * @example
 * const client = createAgentClient({ url: '' })
 * await client.agents.signIn({ email, password })
 * const { conversations } = await client.conversations.list('acme', { status: 'open' })
 * @param runtime time and randomness, for tests
 */
export function createAgentClient(options: AgentClientOptions, runtime: Partial<Runtime> = {}): AgentClient {
  const { credentials = 'same-origin' } = options
  const http = createHttp({ ...options, credentials }, { ...systemRuntime, ...runtime })
  return {
    agents: agents(http),
    desks: agentDesks(http),
    conversations: agentConversations(http),
    publicLink: agentPublicLink(http),
    contacts: agentContacts(http),
    categories: agentCategories(http),
    secrets: agentSecrets(http),
    collections: agentCollections(http),
    articles: agentArticles(http),
    notifications: agentNotifications(http),
    emails: agentEmails(http, options.url),
    emailSettings: agentEmailSettings(http),
    emailTemplates: agentEmailTemplates(http),
    uploadAttachment: (deskId, file, uploadOptions) =>
      uploadFile<Api['attachments']['agentUpload']>(
        http,
        `${deskPath(deskId)}/attachments`,
        file,
        uploadOptions,
      ),
    events: (deskId, eventsOptions) => agentEvents(http, deskPath(deskId), eventsOptions),
  }
}
