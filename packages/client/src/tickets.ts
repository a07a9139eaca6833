import type { Api, Body, Query, TicketForm } from '@helpdesk/core/api'
import type { Credentials, WithoutCredentials } from './contacts.ts'
import type { Answer, CallOptions, CreateOptions, Http, Plain } from './http.ts'

type Routes = Api['tickets']

/** `{ title, content, priority?, category?, email?, name?, attachments?, claims?, channel?, pageUrl? }`. */
export type TicketInput = WithoutCredentials<Body<Routes['create']>>
/** `{ contactId, contactToken, conversationId, number, conversation, message }`. */
export type TicketCreated = Answer<Routes['create']>
/** `{ status?, limit?, cursor? }`; `status: 'open'` is all that is not resolved. */
export type TicketsQuery = Plain<Query<Routes['list']>>
/** `{ tickets, nextCursor, eventSeq }`, newest activity first. */
export type TicketsPage = Answer<Routes['list']>
/** `{ ticket, eventSeq }`, the ticket with its newest messages. */
export type TicketAnswer = Answer<Routes['get']>
/** `{ helpdeskId, session }`: the desk's public id, and credentials that open one conversation of it. */
export type OpenedLink = Answer<Routes['openLink']>

/** Conversations with a title, as a client follows them. */
export interface VisitorTickets {
  /** What the new-ticket form needs, in one language. */
  form(query?: Plain<Query<Routes['form']>>, options?: CallOptions): Promise<TicketForm>
  /** Opens a ticket and keeps the credentials that come with it. */
  create(input: TicketInput, options?: CreateOptions): Promise<TicketCreated>
  /** The client's tickets, or the contact's own without a client. */
  list(query?: TicketsQuery, options?: CallOptions): Promise<TicketsPage>
  /** A ticket by its number; one of somebody else fails with `not_found`, like one that is not there. */
  get(number: string, options?: CallOptions): Promise<TicketAnswer>
  /**
   * What the token of a public ticket link opens, on any desk of the server. Nothing is kept: give `session` as
   * `credentials` to a client of the desk `helpdeskId`.
   */
  openLink(token: string, options?: CallOptions): Promise<OpenedLink>
}

/** Tickets over HTTP; `onCreated` gets the credentials that come with a ticket. */
export function visitorTickets(
  http: Http,
  base: string,
  onCreated: (known: Credentials) => void,
): VisitorTickets {
  const all = `${base}/tickets` as const
  return {
    form: (query, options) => http.call<Routes['form']>(`GET ${base}/ticket-form`, { query }, options),
    async create(body, options) {
      const created = await http.call<Routes['create']>(`POST ${all}`, { body, create: true }, options)
      onCreated(created)
      return created
    },
    list: (query, options) => http.call<Routes['list']>(`GET ${all}`, { query }, options),
    get: (number, options) =>
      http.call<Routes['get']>(`GET ${all}/${encodeURIComponent(number)}`, {}, options),
    openLink: (token, options) =>
      http.call<Routes['openLink']>(
        'POST /api/messaging/public-ticket',
        { body: { token }, anonymous: true, repeatable: true },
        options,
      ),
  }
}
