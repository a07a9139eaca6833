import { signal } from '@preact/signals'

/** Whether the page is the one in front of the person: a background tab has been read by nobody. */
export const pageVisible = signal(document.visibilityState === 'visible')

/** Keeps {@link pageVisible} right. */
export function followVisibility(): () => void {
  const look = () => {
    pageVisible.value = document.visibilityState === 'visible'
  }
  document.addEventListener('visibilitychange', look)
  look()
  return () => document.removeEventListener('visibilitychange', look)
}
