import type { Api } from '@helpdesk/core/api'
import { deskPath } from './desks.ts'
import type { Answer, CallOptions, Http } from './http.ts'

type Routes = Api['conversations']

/** `{ url }`; `null` when it was revoked. */
export type PublicLink = Answer<Routes['publicLink']>

/** The link with which a conversation is read and answered without signing in; `id` is the conversation's. */
export interface AgentPublicLink {
  /** As it is now. */
  get(deskId: string, id: string, options?: CallOptions): Promise<PublicLink>
  /** A new one; the old one no longer opens anything. */
  replace(deskId: string, id: string, options?: CallOptions): Promise<PublicLink>
  /** From now on there is none, in e-mails neither. */
  revoke(deskId: string, id: string, options?: CallOptions): Promise<void>
}

/** Public links over HTTP. */
export function agentPublicLink(http: Http): AgentPublicLink {
  const at = (deskId: string, id: string) =>
    `${deskPath(deskId)}/conversations/${encodeURIComponent(id)}/public-link`
  return {
    get: (deskId, id, options) => http.call<Routes['publicLink']>(`GET ${at(deskId, id)}`, {}, options),
    replace: (deskId, id, options) =>
      http.call<Routes['replacePublicLink']>(`POST ${at(deskId, id)}`, {}, options),
    revoke: (deskId, id, options) =>
      http.call<Routes['revokePublicLink']>(`DELETE ${at(deskId, id)}`, {}, options),
  }
}
