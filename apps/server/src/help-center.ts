import type { Deps } from '@helpdesk/server'
import type { ServerConfig } from './env.ts'

/** Where readers find the help centre; null while there is no desk that could have one. */
export async function helpCenterAddress(
  { db }: Pick<Deps, 'db'>,
  config: Pick<ServerConfig, 'demo' | 'helpCenterDesk'>,
  publicUrl: string,
): Promise<string | null> {
  const ids = (await db.run<{ id: string }>(known, [])).map(({ id }) => id)
  if (config.helpCenterDesk !== null) return ids.includes(config.helpCenterDesk) ? `${publicUrl}/` : null
  const shown = config.demo ? ids.find((id) => id === 'demo') : ids[0]
  return shown === undefined ? null : `${publicUrl}/help/${shown}`
}

const known = {
  name: 'server_desks',
  text: `select public_id as id from helpdesk.desks order by created_at, desk_id`,
}
