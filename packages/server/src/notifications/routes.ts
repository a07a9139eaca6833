import { HelpdeskError } from '@helpdesk/core'
import { api } from '@helpdesk/core/api'
import { type MountContext, mount } from '../http/mount.ts'
import { readPage } from '../http/paging.ts'
import { ipKey } from '../http/throttle.ts'
import { listNotifications } from './listing.ts'
import { resendNotification } from './resending.ts'
import { readUnsubscribeToken, setWantsEmails } from './unsubscribe.ts'

/** What became of e-mails, and the end of them. */
export function notificationRoutes(context: MountContext): void {
  const { deps, rateLimit } = context

  mount(context, api.notifications.list, async ({ desk, query }) => {
    const { limit, cursor, ...filter } = query
    const page = readPage({ limit }, { default: 50, most: 100 })
    return listNotifications(deps, desk, filter, { cursor, limit: page.limit })
  })

  mount(context, api.notifications.resend, async ({ desk, params }) =>
    resendNotification(deps, desk, params.notificationId),
  )

  mount(context, api.emails.unsubscribe, async ({ params, request }) => {
    const subscriber = await readUnsubscribeToken(deps, params.unsubscribeToken)
    if (!subscriber) {
      await rateLimit('link', `link:${ipKey(request.ip)}`)
      throw new HelpdeskError('not_found')
    }
    await setWantsEmails(deps, subscriber.desk.deskId, subscriber.contactId, false)
    return null
  })
}
