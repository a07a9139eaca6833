import type { PublicDesk } from '@helpdesk/core/api'

/** Why a widget, or messaging in it, is not there. */
export type UnavailableReason =
  | 'unknown-desk'
  | 'desk-inactive'
  | 'hidden-by-rule'
  | 'messaging-off'
  | 'identity-required'
  | 'identity-rejected'
  | 'origin-not-allowed'
  | 'offline'
  | 'blocked'

/** A reason, with the URL rule where one decided. */
export interface Unavailable {
  reason: UnavailableReason
  rule?: string
}

/**
 * The settings of a desk, or why they cannot be had: `offline` when the device has no connection or the desk
 * does not answer now, `blocked` when the browser let no request through (a Content Security Policy, an ad
 * blocker, a wrong address).
 */
export async function fetchDesk(
  address: string,
  signal: AbortSignal,
): Promise<PublicDesk | UnavailableReason> {
  try {
    // No header of our own: the request needs no preflight, and the browser's cache does the rest.
    const response = await fetch(`${address}settings`, { credentials: 'omit', signal })
    const { status } = response
    if (response.ok) return await response.json()
    return status === 403 ? 'origin-not-allowed' : status < 429 ? 'unknown-desk' : 'offline'
  } catch {
    return navigator.onLine ? 'blocked' : 'offline'
  }
}

/** Why a desk takes no messages from a visitor, if it does not. */
export function whyNoMessages(desk: PublicDesk): UnavailableReason | undefined {
  if (!desk.active) return 'desk-inactive'
  if (desk.securityLevel === 'signature') return 'identity-required'
  return desk.messaging && desk.widget.homes.messages ? undefined : 'messaging-off'
}
