import { api } from '@helpdesk/core/api'
import { type MountContext, mount } from '../http/mount.ts'
import {
  getEmailSettings,
  makeDkimKey,
  replaceWebhookSecret,
  testImap,
  testSmtp,
  updateEmailSettings,
} from './service.ts'

/** How a desk sends and receives e-mail. */
export function emailSettingsRoutes(context: MountContext): void {
  mount(context, api.emailSettings.get, ({ deps, desk }) => getEmailSettings(deps, desk))
  mount(context, api.emailSettings.update, ({ deps, desk, body }) => updateEmailSettings(deps, desk, body))
  mount(context, api.emailSettings.testSmtp, ({ deps, desk, agent, body }) =>
    testSmtp(deps, desk, agent, body.smtp),
  )
  mount(context, api.emailSettings.testImap, ({ deps, desk, body }) => testImap(deps, desk, body.imap))
  mount(context, api.emailSettings.makeDkimKey, ({ deps, desk }) => makeDkimKey(deps, desk))
  mount(context, api.emailSettings.replaceWebhookSecret, ({ deps, desk }) => replaceWebhookSecret(deps, desk))
}
