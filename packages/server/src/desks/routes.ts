import { api } from '@helpdesk/core/api'
import { cacheable } from '../http/etag.ts'
import { type MountContext, mount } from '../http/mount.ts'
import { desksOfAgent, deskView, publicView, updateDesk } from './service.ts'

/** Public settings for pages, settings for the team. */
export function deskRoutes(context: MountContext): void {
  mount(context, api.desks.publicSettings, async ({ deps, desk, request, reply }) => {
    return cacheable(request, reply, publicView(deps, desk))
  })
  mount(context, api.desks.list, async ({ deps, agent }) => {
    const found = await desksOfAgent(deps, agent.id)
    return { desks: found.map(({ desk, role }) => deskView(desk, role)) }
  })
  mount(context, api.desks.get, async ({ desk, agent }) => deskView(desk, agent.role))
  mount(context, api.desks.update, async ({ deps, desk, agent, body }) =>
    deskView(await updateDesk(deps, desk.publicId, body), agent.role),
  )
}
