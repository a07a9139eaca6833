import type { SecretKey } from '@helpdesk/core/api'
import type { SecretRecord, World } from './records.ts'

/** Whether a key verifies signatures now. */
export function isLive({ now }: World, { retiresAt }: SecretRecord): boolean {
  return retiresAt === null || Date.parse(retiresAt) > now().getTime()
}

/** A key as admins see it. */
export function toSecretKey(world: World, key: SecretRecord): SecretKey {
  return { ...key, live: isLive(world, key) }
}
