import type { Api, Body, IdentityReport, SecretKey } from '@helpdesk/core/api'
import { deskPath } from './desks.ts'
import type { Answer, CallOptions, Http, Plain } from './http.ts'

type Routes = Api['secrets']

/** `{ key, secret }`; the secret is told this once. */
export type SecretCreated = Answer<Routes['create']>
/** `{ identity?, signature?, identityToken? }`, as a page sends them. */
export type IdentityCheck = Plain<Body<Routes['check']>>

/** The keys with which a host signs its users; for admins and owners. */
export interface AgentSecrets {
  /** Newest first, without the secrets. */
  list(deskId: string, options?: CallOptions): Promise<{ secrets: SecretKey[] }>
  /** Makes a key; its secret is shown this once. */
  create(deskId: string, options?: CallOptions): Promise<SecretCreated>
  /** Says when a key retires; `null` keeps it. */
  update(
    deskId: string,
    keyId: string,
    change: Plain<Body<Routes['update']>>,
    options?: CallOptions,
  ): Promise<SecretKey>
  /** Retires a key now; the sessions that it opened end. */
  remove(deskId: string, keyId: string, options?: CallOptions): Promise<void>
  /** Why a signature is accepted or refused. */
  check(deskId: string, input: IdentityCheck, options?: CallOptions): Promise<IdentityReport>
}

/** A desk's keys over HTTP. */
export function agentSecrets(http: Http): AgentSecrets {
  const all = (deskId: string) => `${deskPath(deskId)}/secrets`
  const one = (deskId: string, keyId: string) => `${all(deskId)}/${encodeURIComponent(keyId)}`
  return {
    list: (deskId, options) => http.call<Routes['list']>(`GET ${all(deskId)}`, {}, options),
    create: (deskId, options) => http.call<Routes['create']>(`POST ${all(deskId)}`, {}, options),
    update: (deskId, keyId, body, options) =>
      http.call<Routes['update']>(`PATCH ${one(deskId, keyId)}`, { body }, options),
    remove: (deskId, keyId, options) =>
      http.call<Routes['remove']>(`DELETE ${one(deskId, keyId)}`, {}, options),
    check: (deskId, body, options) =>
      http.call<Routes['check']>(
        `POST ${deskPath(deskId)}/identity-check`,
        { body, repeatable: true },
        options,
      ),
  }
}
