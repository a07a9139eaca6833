import { signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { remember, remembered } from './storage.ts'

/**
 * What keys do: `j`, `?`, `Escape`, or `mod+k` for Ctrl (or ⌘) and K. An action that gives back `false` leaves
 * the key to whoever is asked next.
 */
export type Shortcuts = Record<string, (event: KeyboardEvent) => unknown>

/** Whether single keys act; whoever dictates or hits keys by accident turns them off in the profile. */
export const singleKeys = signal(remembered<boolean>('single-keys') ?? true)

/** Turns the single keys on or off and remembers it in this browser. */
export function setSingleKeys(on: boolean): void {
  singleKeys.value = on
  remember('single-keys', on)
}

// The youngest is asked first: a conversation before the list it lies over.
const registered = new Set<{ current: Shortcuts }>()

/** Listens to keys as long as the component is there. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  // At once, not after the next paint: people type faster than that.
  useLayoutEffect(() => {
    registered.add(latest)
    return () => {
      registered.delete(latest)
    }
  }, [])
}

/** Whether a key typed there is text. */
function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key
}

/** Hears the keys of the whole page. */
export function followKeys(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return
    const name = nameOf(event)
    const combined = name.startsWith('mod+')
    if (!combined && takesText(event.target)) return
    if (document.querySelector('dialog[open]')) return
    if (name.length === 1 && !singleKeys.value) return
    for (const { current } of [...registered].reverse()) {
      const action = current[name]
      if (!action || action(event) === false) continue
      event.preventDefault()
      return
    }
  }
  document.addEventListener('keydown', onKey)
  return () => document.removeEventListener('keydown', onKey)
}
