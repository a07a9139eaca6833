import { HelpdeskError } from '@helpdesk/core'
import { hash, verify } from '@node-rs/argon2'

/** OWASP's recommendation for argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Each run takes 19 MiB and a core; more at once would only make all of them slower. */
const maxRunning = 2

/** Who comes later than this is asked to try again, instead of waiting with an open connection. */
const maxWaiting = 100

/** The hash of random bytes that nobody kept, made with the same cost: work for accounts that have no password. */
export const dummyHash =
  '$argon2id$v=19$m=19456,t=2,p=1$sUjecha5yMyqs7yQFQO9PA$NGn3rVRvchXbl/z8uAHvgNlMoOZHNP4Y2z0MR4XPhjU'

let running = 0
const waiting: (() => void)[] = []

/**
 * The argon2id hash of a password, to be stored.
 * @throws HelpdeskError unavailable when too many sign-ins wait already
 */
export async function hashPassword(password: string): Promise<string> {
  return await inTurn(() => hash(normalized(password), cost))
}

/**
 * Whether a password is the one that was hashed. Without a hash the answer is no after the same work, so that
 * neither answer nor time tells a known account from an unknown one.
 * @throws HelpdeskError unavailable when too many sign-ins wait already
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await inTurn(() => verify(passwordHash ?? dummyHash, normalized(password)))
  return matches && passwordHash !== null
}

/** The same password typed on another system may arrive composed differently. */
const normalized = (password: string) => password.normalize('NFC')

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxRunning) {
    if (waiting.length >= maxWaiting) throw new HelpdeskError('unavailable', { retryAfter: 5 })
    // Whoever ends hands the place over, so `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else {
    running += 1
  }
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}
