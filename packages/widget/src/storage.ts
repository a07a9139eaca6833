/** The key of `localStorage` under which a desk's credentials stand, as `<contactId>.<contactToken>`. */
export function credentialsKey(desk: string): string {
  return `helpdesk:${desk}:`
}

/** What one desk keeps in this browser, by name; the empty name holds the credentials. */
export interface DeskStorage {
  get(name: string): string | undefined
  /** Without a value the entry is removed. */
  set(name: string, value?: string): void
  /** The names that begin so. */
  names(start: string): string[]
  /** The name of a key of `localStorage`, if it is one of this desk's. */
  nameOf(key: string): string | undefined
}

/**
 * Opens a desk's part of `localStorage`. Where that is forbidden or full, values live as long as the page.
 * Reading stores nothing; whoever writes takes care that the visitor has sent something first.
 */
export function createStorage(desk: string): DeskStorage {
  const prefix = credentialsKey(desk)
  const memory = new Map<string, string>()
  return {
    get: (name) => memory.get(name) ?? attempt(() => localStorage.getItem(prefix + name) ?? undefined),
    set(name, value) {
      memory.delete(name)
      attempt(() => localStorage.removeItem(prefix + name))
      if (value === undefined) return
      const isKept = attempt(() => {
        localStorage.setItem(prefix + name, value)
        return true
      })
      if (!isKept) memory.set(name, value)
    },
    names(start) {
      const kept = attempt(() => Object.keys(localStorage)) ?? []
      const names = kept.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
      return [...memory.keys(), ...names].filter((name) => name.startsWith(start))
    },
    nameOf: (key) => (key.startsWith(prefix) ? key.slice(prefix.length) : undefined),
  }
}

/** Storage throws where cookies are blocked, in some private windows, and when it is full. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
