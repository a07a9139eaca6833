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
  button.onclick = onClick
  button.onpointerenter = onHint
  return button
}

/** Gives the launcher its place, colour, name and badge, which is empty or a short text. */
export function dressLauncher(
  button: HTMLButtonElement,
  { name, widget: { color, offset, position, launcherLabel } }: PublicDesk,
  isShown: boolean,
  badge: string,
): void {
  const label = launcherLabel ?? ''
  // Set by script, so a Content Security Policy has nothing against it.
  button.style.cssText = `display:${isShown ? 'flex' : 'none'};bottom:${offset}px;${position}:${offset}px;background:var(--helpdesk-accent,${color});color:var(--helpdesk-on-accent,${contrastText(color)})`
  button.textContent = label
  button.ariaLabel = `${label || name} ${badge}`
  button.dataset.badge = badge
}
