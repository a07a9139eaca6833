import type { Api, Desk, DeskChange, PublicDesk } from '@helpdesk/core/api'
import type { CallOptions, Http } from './http.ts'

type Routes = Api['desks']

/** The settings of the desks an agent belongs to; `deskId` is the public id. */
export interface AgentDesks {
  /** The signed-in agent's desks. */
  list(options?: CallOptions): Promise<{ desks: Desk[] }>
  /** All settings of a desk. */
  get(deskId: string, options?: CallOptions): Promise<Desk>
  /** Changes what is named, leaves the rest; for admins and owners. */
  update(deskId: string, change: DeskChange, options?: CallOptions): Promise<Desk>
}

/** What every page may know about the desk. */
export function publicSettings(http: Http, base: string, options?: CallOptions): Promise<PublicDesk> {
  return http.call<Routes['publicSettings']>(`GET ${base}/settings`, { anonymous: true }, options)
}

/** Settings of desks over HTTP. */
export function agentDesks(http: Http): AgentDesks {
  return {
    list: (options) => http.call<Routes['list']>('GET /api/desks', {}, options),
    get: (deskId, options) => http.call<Routes['get']>(`GET ${deskPath(deskId)}`, {}, options),
    update: (deskId, body, options) =>
      http.call<Routes['update']>(`PATCH ${deskPath(deskId)}`, { body }, options),
  }
}

/** Where everything of a desk lies that its agents may see. */
export function deskPath(deskId: string): string {
  return `/api/desks/${encodeURIComponent(deskId)}`
}
