import { api } from '@helpdesk/core/api'
import { type MountContext, mount } from '../http/mount.ts'
import { contactSelfView, updateEmail } from './service.ts'

/** What a contact says about itself. */
export function contactRoutes(context: MountContext): void {
  mount(context, api.contacts.updateEmail, async ({ deps, desk, contact, body }) => ({
    contact: contactSelfView(await updateEmail(deps, desk, contact, body)),
  }))
}
