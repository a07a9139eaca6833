import { signal } from '@preact/signals'

/** A short message in the corner, with at most one thing to do about it. */
export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'danger'
  action: { label: string; run: () => void } | null
}

/** What is shown right now, oldest first. */
export const toasts = signal<readonly Toast[]>([])

let last = 0

/** Says something for some seconds; longer when there is something to do about it. */
export function say(text: string, options: { tone?: Toast['tone']; action?: Toast['action'] } = {}): void {
  const { tone = 'plain', action = null } = options
  const id = ++last
  toasts.value = [...toasts.value.slice(-2), { id, text, tone, action }]
  setTimeout(() => dismiss(id), action || tone === 'danger' ? 9_000 : 4_000)
}

/** Takes a message away. */
export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

/** The text that a screen reader speaks next. */
export const announcement = signal('')

/** Has something spoken by screen readers, without showing it. */
export function announce(text: string): void {
  // The same words twice are a change only when something differs.
  announcement.value = announcement.value === text ? `${text}\u00a0` : text
}
