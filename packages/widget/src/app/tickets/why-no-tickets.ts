import type { ErrorCode } from '@helpdesk/core'
import type { PublicDesk } from '@helpdesk/core/api'

/** Why a desk takes no tickets from this visitor, if it does not. */
export function whyNoTickets({ active, tickets, securityLevel }: PublicDesk): ErrorCode | undefined {
  if (!active) return 'desk_inactive'
  if (!tickets) return 'tickets_disabled'
  return securityLevel === 'signature' ? 'identity_required' : undefined
}
