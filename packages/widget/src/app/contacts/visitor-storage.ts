import { createStorage, type DeskStorage } from '../../storage.ts'

/** A session as it is kept. */
export interface Session {
  contactId: string
  contactToken: string
  /** Milliseconds since the epoch, on the desk's clock. */
  expiresAt: number
  /** The hash of what the page said of the person when the session began. */
  said: string
  /** With a public link: the number of the conversation that it opens. */
  only: string | undefined
}

/** What one identified visitor keeps in this browser. */
export interface VisitorStorage extends DeskStorage {
  readonly session: Session | undefined
  keepSession(session: Session | undefined): void
  /** Takes over what an anonymous visitor has typed and not sent, who has become this one. */
  adopt(anonymous: DeskStorage): void
  /** Removes everything; from now on nothing is kept. */
  forget(): void
}

/**
 * Opens the part of the browser's storage that belongs to one person on one desk. The session stands in
 * `sessionStorage`, so that it ends with the tab; nothing in the names or in it says who the person is.
 */
export function openVisitorStorage(desk: string, person: string): VisitorStorage {
  const scope = `${desk}~${hash(person)}`
  const storage = createStorage(scope)
  const key = `helpdesk:${scope}:session`
  let session = readSession(key)
  let isForgotten = false
  const keepSession = (next: Session | undefined) => {
    session = next
    try {
      if (next && !isForgotten) sessionStorage.setItem(key, JSON.stringify(next))
      else sessionStorage.removeItem(key)
    } catch {
      // It lives as long as the page then.
    }
  }
  return {
    ...storage,
    // The application stores things once there are credentials; the client's own go into each request later.
    get: (name) =>
      name === '' ? `${session?.contactId ?? 'x'}.${session?.contactToken ?? 'x'}` : storage.get(name),
    set(name, value) {
      if (name !== '') storage.set(name, isForgotten ? undefined : value)
    },
    get session() {
      return session
    },
    keepSession,
    adopt(anonymous) {
      for (const name of anonymous.names('')) {
        const value = anonymous.get(name)
        if (name !== '' && storage.get(name) === undefined) storage.set(name, value)
        anonymous.set(name)
      }
    },
    forget() {
      isForgotten = true
      keepSession(undefined)
      for (const name of storage.names('')) storage.set(name)
    },
  }
}

function readSession(key: string): Session | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    return typeof kept?.contactToken === 'string' && typeof kept.expiresAt === 'number' ? kept : undefined
  } catch {
    return undefined
  }
}

/**
 * Fifty-three bits of a text (cyrb53): enough to keep the people on one computer apart. Not a secret, so it need not
 * be one-way, and `crypto.subtle` is missing on pages without https.
 */
export function hash(text: string): string {
  let one = 0xdeadbeef
  let two = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, 2654435761)
    two = Math.imul(two ^ code, 1597334677)
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
  return (4294967296 * (2097151 & two) + (one >>> 0)).toString(36)
}
