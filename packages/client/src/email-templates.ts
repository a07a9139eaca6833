import type { Api, Body, EmailTemplate, Params } from '@helpdesk/core/api'
import { deskPath } from './desks.ts'
import type { Answer, CallOptions, Http, Plain } from './http.ts'

type Routes = Api['emailTemplates']

/** Which words: a kind of e-mail and a language. */
export type EmailTemplateKey = Plain<Omit<Params<Routes['save']>, 'deskId'>>
/** `{ subject, body }`. */
export type EmailTemplateWords = Plain<Body<Routes['save']>>
/** `{ subject, html, text }`. */
export type EmailTemplatePreview = Answer<Routes['preview']>

/** The words of a desk's e-mails. */
export interface AgentEmailTemplates {
  /** Every kind in every language. */
  list(deskId: string, options?: CallOptions): Promise<{ templates: EmailTemplate[] }>
  /** Uses own words. */
  save(
    deskId: string,
    key: EmailTemplateKey,
    words: EmailTemplateWords,
    options?: CallOptions,
  ): Promise<EmailTemplate>
  /** Goes back to the words that were there. */
  reset(deskId: string, key: EmailTemplateKey, options?: CallOptions): Promise<EmailTemplate>
  /** The e-mail that words would make; with `proved: false` as to an address that nobody has proved. */
  preview(
    deskId: string,
    key: EmailTemplateKey,
    words: EmailTemplateWords & { proved?: boolean },
    options?: CallOptions,
  ): Promise<EmailTemplatePreview>
  /** Sends that e-mail to the caller; `kept` when there is no mail server, so that it never left. */
  sendTest(
    deskId: string,
    key: EmailTemplateKey,
    words: EmailTemplateWords,
    options?: CallOptions,
  ): Promise<Answer<Routes['sendTest']>>
}

/** The words of a desk's e-mails over HTTP. */
export function agentEmailTemplates(http: Http): AgentEmailTemplates {
  const all = (deskId: string) => `${deskPath(deskId)}/email-templates`
  const one = (deskId: string, { kind, locale }: EmailTemplateKey) => `${all(deskId)}/${kind}/${locale}`
  return {
    list: (deskId, options) => http.call<Routes['list']>(`GET ${all(deskId)}`, {}, options),
    save: (deskId, key, body, options) =>
      http.call<Routes['save']>(`PATCH ${one(deskId, key)}`, { body }, options),
    reset: (deskId, key, options) => http.call<Routes['reset']>(`DELETE ${one(deskId, key)}`, {}, options),
    preview: (deskId, key, body, options) =>
      http.call<Routes['preview']>(`POST ${one(deskId, key)}/preview`, { body, repeatable: true }, options),
    sendTest: (deskId, key, body, options) =>
      http.call<Routes['sendTest']>(`POST ${one(deskId, key)}/test`, { body }, options),
  }
}
