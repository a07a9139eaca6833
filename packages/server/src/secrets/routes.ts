import { api } from '@helpdesk/core/api'
import { type MountContext, mount } from '../http/mount.ts'
import { checkIdentity, createSecret, listSecrets, retireSecret } from './service.ts'

/** The keys with which a host signs its users. */
export function secretRoutes(context: MountContext): void {
  const { deps } = context
  mount(context, api.secrets.list, async ({ desk }) => ({ secrets: await listSecrets(deps, desk) }))
  mount(context, api.secrets.create, ({ desk, agent }) => createSecret(deps, desk, agent))
  mount(context, api.secrets.update, ({ desk, params, body }) =>
    retireSecret(deps, desk, params.keyId, body.retiresAt === null ? null : new Date(body.retiresAt)),
  )
  mount(context, api.secrets.remove, async ({ desk, params }) => {
    await retireSecret(deps, desk, params.keyId, deps.now())
    return null
  })
  mount(context, api.secrets.check, ({ desk, body }) => checkIdentity(deps, desk, body))
}
