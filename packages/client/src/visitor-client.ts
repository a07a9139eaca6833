import type { Api, ContactSession, PublicDesk, Upload, VisitorEvent } from '@helpdesk/core/api'
import { type VisitorArticles, visitorArticles } from './articles.ts'
import { type UploadOptions, uploadFile } from './attachments.ts'
import {
  type CredentialStore,
  type Credentials,
  type IdentifyInput,
  identify,
  memoryCredentials,
  signOut,
  type VisitorContacts,
  visitorContacts,
} from './contacts.ts'
import { type VisitorConversations, visitorConversations } from './conversations.ts'
import { publicSettings } from './desks.ts'
import { type EventsOptions, visitorEvents } from './events.ts'
import { type CallOptions, createHttp, type Http } from './http.ts'
import { type Runtime, systemRuntime } from './runtime.ts'
import { type VisitorTickets, visitorTickets } from './tickets.ts'

/** How a visitor's client reaches its desk. */
export interface VisitorClientOptions {
  /** The address under which `/api/…` lies, with a path when the desk is mounted under one. */
  url: string
  /** The desk's public id. */
  desk: string
  /** Instead of the global one. */
  fetch?: typeof fetch
  /** Where the visitor's credentials are kept; in memory when absent. */
  credentials?: CredentialStore
  /** Milliseconds one try may take. (Default: 15,000) */
  timeoutMs?: number
}

/** What a visitor may do. Every method fails with an `ApiError` and nothing else. */
export interface VisitorClient {
  /** How the widget looks, where it shows and what it offers; sends no credentials. */
  settings(options?: CallOptions): Promise<PublicDesk>
  /**
   * Exchanges what the host says about its user for a session, and keeps the session's credentials. Those kept
   * until now go along, so that an anonymous contact becomes part of the identified one. Call it again before
   * `expiresAt`. A refusal (`identity_rejected`) says why in `problem.reason`.
   */
  identify(input: IdentifyInput, options?: CallOptions): Promise<ContactSession>
  /** Ends the session and forgets the credentials, even when the desk cannot be reached. */
  signOut(options?: CallOptions): Promise<void>
  readonly conversations: VisitorConversations
  readonly tickets: VisitorTickets
  readonly contacts: VisitorContacts
  readonly articles: VisitorArticles
  /** Sends a file; its `key` goes into the `attachments` of a message, once. */
  uploadAttachment(file: Blob, options?: UploadOptions): Promise<Upload>
  /** What happens in the contact's conversations, each event once and in order, over any disconnect. */
  events(options?: EventsOptions): AsyncIterable<VisitorEvent>
  /** Who the visitor is; `null` before the first message. Set it to `null` to forget. */
  credentials: Credentials | null
  /** For what is made apart from the client, such as `emailLinks`. */
  readonly connection: { http: Http; base: string; credentials: CredentialStore }
}

/**
 * A client of one desk for a visitor: what the widget is made with.
 * @example
 * const desk = createVisitorClient({ url: 'https://help.example.com', desk: 'acme' })
 * const { conversationId } = await desk.conversations.start({ email: 'ann@example.com', message: 'Hello' })
 * for await (const event of desk.events()) console.log(event.type)
 * @param runtime time and randomness, for tests
 */
export function createVisitorClient(
  options: VisitorClientOptions,
  runtime: Partial<Runtime> = {},
): VisitorClient {
  const { url, desk, fetch, credentials = memoryCredentials(), timeoutMs } = options
  const base = `/api/messaging/widget/${encodeURIComponent(desk)}`
  const http = createHttp(
    {
      url,
      fetch,
      timeoutMs,
      // The page's cookies are none of the desk's business.
      credentials: 'omit',
      authorization() {
        const known = credentials.get()
        // Escaped: a header that fetch refuses would be quoted in its error, secret and all.
        return known ? `Bearer ${encodeURI(`${known.contactId}.${known.contactToken}`)}` : undefined
      },
    },
    { ...systemRuntime, ...runtime },
  )
  const keep = ({ contactId, contactToken }: Credentials) => credentials.set({ contactId, contactToken })
  return {
    settings: (callOptions) => publicSettings(http, base, callOptions),
    identify: (input, callOptions) => identify(http, base, keep, input, callOptions),
    signOut: (callOptions) => signOut(http, base, credentials, callOptions),
    conversations: visitorConversations(http, base, keep),
    tickets: visitorTickets(http, base, keep),
    contacts: visitorContacts(http, base),
    articles: visitorArticles(http, base),
    uploadAttachment: (file, uploadOptions) =>
      uploadFile<Api['attachments']['upload']>(http, `${base}/attachments`, file, uploadOptions),
    events: (eventsOptions) => visitorEvents(http, base, eventsOptions),
    connection: { http, base, credentials },
    get credentials() {
      return credentials.get()
    },
    set credentials(known) {
      credentials.set(known)
    },
  }
}
