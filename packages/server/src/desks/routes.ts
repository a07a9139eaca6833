import { createHash } from 'node:crypto'
import { api } from '@helpdesk/core/api'
import { type MountContext, mount } from '../http/mount.ts'
import { desksOfAgent, deskView, publicView, updateDesk } from './service.ts'

/** Public settings for pages, settings for the team. */
export function deskRoutes(context: MountContext): void {
  mount(context, api.desks.publicSettings, async ({ deps, desk, request, reply }) => {
    const view = publicView(deps, desk)
    const etag = `"${createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22)}"`
    // Kept by browsers and CDNs but asked for again each time, so that a change in the dashboard shows at once.
    reply.header('cache-control', 'public, max-age=0, must-revalidate').header('etag', etag)
    if (request.headers['if-none-match'] === etag) reply.code(304)
    return view
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
