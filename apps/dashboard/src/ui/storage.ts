const prefix = 'helpdesk.dashboard.'

/** What this browser remembers under a name, `null` when nothing (or when it may remember nothing). */
export function remembered<T>(name: string): T | null {
  try {
    const text = localStorage.getItem(prefix + name)
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}

/** Makes this browser remember a value; `null` forgets it. Storage that is full or forbidden is no error. */
export function remember(name: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(prefix + name)
    else localStorage.setItem(prefix + name, JSON.stringify(value))
  } catch {
    // The value lives on in memory, which is all that can be had here.
  }
}

/** Forgets everything whose name begins so. */
export function forgetAll(start: string): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix + start)) localStorage.removeItem(key)
    }
  } catch {
    // Nothing was remembered then.
  }
}
