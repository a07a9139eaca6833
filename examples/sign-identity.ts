import { type Identity, signIdentity } from '@helpdesk/core'

/** A user of yours who is signed in. */
interface User {
  id: number
  email: string
  name: string
}

const oneDay = 86_400

/**
 * Vouches for a user, on your server: the secret must never reach a browser. Hand both parts to the page.
 * @param key of the desk: its id and its secret
 * @param now Unix seconds
 */
export async function vouchFor(
  user: User,
  key: { id: string; secret: string },
  now = Math.floor(Date.now() / 1000),
): Promise<{ identity: Identity; signature: string }> {
  const identity = { user_external_id: String(user.id), user_email: user.email, user_name: user.name }
  const options = { desk: 'shop', keyId: key.id, secret: key.secret, expires: now + oneDay }
  return { identity, signature: await signIdentity(identity, options) }
}
