import { effect, signal } from '@preact/signals'
import { remember, remembered } from './storage.ts'

/** How the dashboard looks: as the system does, or always one way. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** The theme this browser asked for. */
export const theme = signal<Theme>(remembered<Theme>('theme') ?? 'auto')

/** Keeps the page in the chosen theme. */
export function applyTheme(): () => void {
  return effect(() => {
    document.documentElement.dataset.theme = theme.value
  })
}

/** Chooses a theme and remembers it in this browser. */
export function chooseTheme(next: Theme): void {
  theme.value = next
  remember('theme', next)
}
