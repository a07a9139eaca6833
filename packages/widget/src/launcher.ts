import { contrastText } from '@helpdesk/core'
import type { PublicDesk } from '@helpdesk/core/api'

/** Creates the round button in the corner, in plain DOM; its icon and badge are drawn by the style sheet. */
export function createLauncher(
  parent: HTMLElement,
  onClick: () => void,
  onHint: () => void,
): HTMLButtonElement {
  const button = parent.appendChild(document.createElement('button'))
  button.className = 'launcher'
  button.style.display = 'none'
  button.onclick = onClick
  button.onpointerenter = onHint
  return button
}

/** Gives the launcher its place, colour, name and badge. */
export function dressLauncher(button: HTMLButtonElement, { name, widget }: PublicDesk, badge: string): void {
  const { color, offset, position, launcherLabel } = widget
  const { style, dataset } = button
  const label = launcherLabel ?? ''
  style.inset = 'auto'
  style.bottom = style[position] = `${offset}px`
  style.background = `var(--helpdesk-accent,${color})`
  style.color = `var(--helpdesk-on-accent,${contrastText(color)})`
  button.textContent = label
  button.ariaLabel = `${label || name} ${badge}`
  if (badge) dataset.badge = badge
  else delete dataset.badge
}
