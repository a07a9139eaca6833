import type { Api, Notification, Query } from '@helpdesk/core/api'
import { deskPath } from './desks.ts'
import type { Answer, CallOptions, Http, Plain } from './http.ts'

type Routes = Api['notifications']

/** `{ state?, recipient?, conversationId?, search?, limit?, cursor? }`. */
export type NotificationsQuery = Plain<Query<Routes['list']>>
/** `{ notifications, nextCursor, counts }`, newest first. */
export type NotificationsPage = Answer<Routes['list']>

/** The e-mails that a desk owes to contacts and agents, and what became of them. */
export interface AgentNotifications {
  /** A page of them; `counts` are those of the last 7 days by state. */
  list(deskId: string, query?: NotificationsQuery, options?: CallOptions): Promise<NotificationsPage>
  /** Sends one once more, at once; fails with `conflict` while it is on its way. */
  resend(deskId: string, notificationId: string, options?: CallOptions): Promise<Notification>
}

/** A desk's notifications over HTTP. */
export function agentNotifications(http: Http): AgentNotifications {
  const all = (deskId: string) => `${deskPath(deskId)}/notifications`
  return {
    list: (deskId, query, options) => http.call<Routes['list']>(`GET ${all(deskId)}`, { query }, options),
    resend: (deskId, notificationId, options) =>
      http.call<Routes['resend']>(
        `POST ${all(deskId)}/${encodeURIComponent(notificationId)}/resend`,
        {},
        options,
      ),
  }
}
