import { HelpdeskError } from '@helpdesk/core'
import { api } from '@helpdesk/core/api'
import { sendFile } from '../http/download.ts'
import { hijacked, type MountContext, mount } from '../http/mount.ts'
import { incomingFile } from '../http/upload.ts'
import { findFile, receiveFile, visitorUploader } from './service.ts'

/** Uploads of visitors and agents, and the files themselves. */
export function attachmentRoutes(context: MountContext): void {
  mount(context, api.attachments.upload, async ({ deps, desk, contact, query, request }) => {
    if (!desk.settings.widget.attachments) throw new HelpdeskError('attachments_disabled')
    const uploader = visitorUploader(deps, desk.deskId, contact, request.ip)
    const content = () => incomingFile(request)
    return receiveFile(deps, desk.deskId, uploader, { name: query.name, content })
  })
  mount(context, api.attachments.agentUpload, async ({ deps, desk, agent, query, request }) => {
    const uploader = { kind: 'agent', owner: `agent:${agent.id}` } as const
    const content = () => incomingFile(request)
    return receiveFile(deps, desk.deskId, uploader, { name: query.name, content })
  })
  mount(context, api.attachments.download, async ({ deps, params, query, request, reply }) => {
    const { desk: deskId, variant, expires, signature } = query
    const file = await findFile(deps, { deskId, id: params.attachmentId, variant, expires }, signature)
    await sendFile(request, reply, file)
    return hijacked
  })
}
