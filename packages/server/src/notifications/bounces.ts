import type { Deps } from '../deps.ts'
import { failBounced, markBounced } from './changes-store.ts'
import { oneLine } from './mail-view.ts'

/** What a mail server says about an e-mail that it could not deliver. */
export interface Bounce {
  /** Of which notification the e-mail was. */
  notificationId: string
  /** The address that it was for, as the mail server names it: behind a forwarding it is another one than we wrote to. */
  address: string | null
  /** Whether it is of no use to try again. */
  permanent: boolean
  /** The mail server's words. */
  detail: string
}

/**
 * Takes note of an e-mail that came back: its notification has failed and says why; when that is for good, the
 * contact's address gets no further ones until an agent tries again or it is changed. Only an address that we have
 * written to is ever marked, whatever the report says: anybody can write one.
 * @returns whether it was about an e-mail that we have sent
 */
export async function noteBounce(
  deps: Pick<Deps, 'db' | 'now' | 'bus'>,
  deskId: string,
  bounce: Bounce,
): Promise<boolean> {
  const now = deps.now()
  const reported = bounce.address === null ? '' : oneLine(bounce.address, 200)
  const words = oneLine(bounce.detail, 400)
  const noted = await deps.db.transaction(async (tx) => {
    const found = await failBounced(tx, deskId, bounce.notificationId, words, now)
    if (!found) return false
    const { recipientType, recipientId, sentTo } = found
    if (bounce.permanent && recipientType === 'contact') {
      const isForwarded = reported !== '' && reported.toLowerCase() !== sentTo.toLowerCase()
      const detail = isForwarded ? `${words} (${reported})` : words
      await markBounced(tx, deskId, recipientId, { address: sentTo, detail, at: now })
    }
    return true
  })
  if (noted) deps.bus.publish({ type: 'events', deskId })
  return noted
}
