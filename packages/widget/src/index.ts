import type { LoadPart } from './lazy.ts'
import type { WidgetOptions } from './options.ts'
import { createShell, type Widget } from './widget.ts'

const parts = {
  app: () => import('./app/index.tsx'),
  identity: () => import('./app/contacts/identity.ts'),
}
const loadPart = ((name: keyof typeof parts) => parts[name]()) as LoadPart

/**
 * Puts the support widget of a desk on the page; the application itself is loaded when it is first opened.
 * @example
 * const widget = createWidget({ url: 'https://example.com/support', desk: 'acme' })
 * widget.on('unread', ({ count }) => { document.title = count ? `(${count}) Shop` : 'Shop' })
 */
export function createWidget(options: WidgetOptions): Widget {
  return createShell(options, loadPart)
}

export type { Unavailable, UnavailableReason } from './availability.ts'
export type { EventName, IdentityProblem, Listener, WidgetEvents } from './events.ts'
export type { Target } from './lazy.ts'
export type { Identify, PageIdentity, WidgetLook, WidgetOptions } from './options.ts'
export type { Widget } from './widget.ts'
