import { api } from '@helpdesk/core/api'
import { sendFile } from '../http/download.ts'
import { hijacked, type MountContext, mount } from '../http/mount.ts'
import { readPage } from '../http/paging.ts'
import { acceptEmail, dismissEmail, getEmail, listEmails, rawEmail } from './reviewing.ts'

/** What agents do with e-mails that came in. */
export function emailRoutes(context: MountContext): void {
  const { deps } = context
  mount(context, api.emails.list, ({ desk, query }) => {
    const { limit } = readPage(query.limit === undefined ? {} : { limit: query.limit }, {
      default: 50,
      most: 100,
    })
    const { state = null, except = null, conversationId = null } = query
    const filter = { state, except, conversationId }
    return listEmails(deps, desk, filter, { cursor: query.cursor, limit })
  })
  mount(context, api.emails.get, ({ desk, params }) => getEmail(deps, desk, params.emailId))
  mount(context, api.emails.raw, async ({ desk, params, request, reply }) => {
    await sendFile(request, reply, await rawEmail(deps, desk, params.emailId))
    return hijacked
  })
  mount(context, api.emails.accept, ({ desk, agent, params, body }) =>
    acceptEmail(deps, desk, agent, params.emailId, body.as),
  )
  mount(context, api.emails.dismiss, ({ desk, params }) => dismissEmail(deps, desk, params.emailId))
}
