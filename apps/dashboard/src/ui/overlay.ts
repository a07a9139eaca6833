import { signal } from '@preact/signals'

/** What lies over the page, if anything: the command palette or the list of shortcuts. */
export const overlay = signal<'palette' | 'shortcuts' | null>(null)

/** Opens one, in place of another that is open. */
export function openOverlay(name: 'palette' | 'shortcuts'): void {
  overlay.value = name
}

/** Closes it. */
export function closeOverlay(): void {
  overlay.value = null
}
