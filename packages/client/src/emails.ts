import type { Api, Email, EmailDetail, Query } from '@helpdesk/core/api'
import { deskPath } from './desks.ts'
import type { Answer, CallOptions, Http, Plain } from './http.ts'

type Routes = Api['emails']

/** `{ state?, except?, conversationId?, limit?, cursor? }`. */
export type EmailsQuery = Plain<Query<Routes['list']>>
/** `{ emails, nextCursor, held }`, newest first; `held` is how many wait for an agent. */
export type EmailsPage = Answer<Routes['list']>

/** The e-mails that came in to a desk. */
export interface AgentEmails {
  /** A page of them. */
  list(deskId: string, query?: EmailsQuery, options?: CallOptions): Promise<EmailsPage>
  /** One of them, whole. */
  get(deskId: string, emailId: string, options?: CallOptions): Promise<EmailDetail>
  /** Where it can be downloaded as it travelled (`.eml`), for the signed-in agent. */
  rawUrl(deskId: string, emailId: string): string
  /** Takes in a held one, or one left out or put aside by mistake: as a note in its conversation, or as a new one. */
  accept(deskId: string, emailId: string, as: 'note' | 'new', options?: CallOptions): Promise<Email>
  /** Puts a held one aside. */
  dismiss(deskId: string, emailId: string, options?: CallOptions): Promise<Email>
}

/** A desk's e-mails over HTTP. @param url the address under which `/api/…` lies */
export function agentEmails(http: Http, url: string): AgentEmails {
  const all = (deskId: string) => `${deskPath(deskId)}/emails`
  const one = (deskId: string, emailId: string) => `${all(deskId)}/${encodeURIComponent(emailId)}`
  return {
    list: (deskId, query, options) => http.call<Routes['list']>(`GET ${all(deskId)}`, { query }, options),
    get: (deskId, emailId, options) => http.call<Routes['get']>(`GET ${one(deskId, emailId)}`, {}, options),
    rawUrl: (deskId, emailId) => `${url.replace(/\/+$/, '')}${one(deskId, emailId)}/raw`,
    accept: (deskId, emailId, as, options) =>
      http.call<Routes['accept']>(`POST ${one(deskId, emailId)}/accept`, { body: { as } }, options),
    dismiss: (deskId, emailId, options) =>
      http.call<Routes['dismiss']>(`POST ${one(deskId, emailId)}/dismiss`, {}, options),
  }
}
