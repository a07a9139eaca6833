import { api } from '@helpdesk/core/api'
import { type MountContext, mount } from '../http/mount.ts'
import { changeTemplate, listTemplates, previewTemplate, resetTemplate, sendTestMail } from './service.ts'

/** The words of e-mails. */
export function emailTemplateRoutes(context: MountContext): void {
  const { deps } = context

  mount(context, api.emailTemplates.list, async ({ desk }) => ({
    templates: await listTemplates(deps, desk),
  }))

  mount(context, api.emailTemplates.save, async ({ desk, params, body }) =>
    changeTemplate(deps, desk, params, body),
  )

  mount(context, api.emailTemplates.reset, async ({ desk, params }) => resetTemplate(deps, desk, params))

  mount(context, api.emailTemplates.preview, async ({ desk, params, body }) =>
    previewTemplate(deps, desk, params, body),
  )

  mount(context, api.emailTemplates.sendTest, ({ desk, agent, params, body }) =>
    sendTestMail(deps, desk, agent, params, body),
  )
}
