import { type Locale, locales } from '@helpdesk/core'
import { computed, signal } from '@preact/signals'
import { isViewKey, type ViewKey } from './conversations/views.ts'

/** The pages of the settings. */
export const settingsPages = ['widget', 'tickets', 'categories', 'email', 'security', 'general'] as const
export type SettingsPage = (typeof settingsPages)[number]

/** A place in the dashboard; every one has a URL, in the part after `#`, because the prefix is not known. */
export type Route =
  | { page: 'home' }
  | { page: 'messages'; deskId: string; view: ViewKey | null; conversationId: string | null }
  | { page: 'settings'; deskId: string; section: SettingsPage; item?: string }
  | { page: 'articles'; deskId: string; item?: string; locale?: Locale }
  | { page: 'emails'; deskId: string; tab: 'sent' | 'received'; item?: string }
  | { page: 'start'; deskId: string }
  | { page: 'profile'; deskId: string }
  | { page: 'unknown' }

/** Reads `#/desks/demo/messages/all/0199…`; `#/desks/demo/conversations/0199…` is the short way to one. */
export function parseRoute(hash: string): Route {
  const [, first, deskId, third, fourth, fifth] = hash
    .replace(/^#|\?.*$/g, '')
    .split('/')
    .map(decode)
  // The link that the server prints for the set-up leads to `#/setup?token=…`.
  if (!first || first === 'setup') return { page: 'home' }
  if (first !== 'desks' || !deskId) return { page: 'unknown' }
  if (third === 'conversations' && fourth) {
    return { page: 'messages', deskId, view: 'all', conversationId: fourth }
  }
  if (third === 'settings') {
    const section = settingsPages.find((one) => one === fourth) ?? 'widget'
    return { page: 'settings', deskId, section, ...(fifth ? { item: fifth } : {}) }
  }
  if (third === 'articles') {
    const locale = locales.find((one) => one === fifth)
    return { page: 'articles', deskId, ...(fourth ? { item: fourth } : {}), ...(locale ? { locale } : {}) }
  }
  if (third === 'emails') {
    const tab = fourth === 'received' ? 'received' : 'sent'
    return { page: 'emails', deskId, tab, ...(fifth ? { item: fifth } : {}) }
  }
  if (third === 'start' || third === 'profile') return { page: third, deskId }
  if (third && third !== 'messages') return { page: 'unknown' }
  if (fourth && !isViewKey(fourth)) return { page: 'unknown' }
  const view = fourth && isViewKey(fourth) ? fourth : null
  return { page: 'messages', deskId, view, conversationId: fifth || null }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The address of a place, for links. */
export function href(to: Route): string {
  if (to.page === 'home' || to.page === 'unknown') return '#/'
  const desk = `#/desks/${encodeURIComponent(to.deskId)}`
  if (to.page === 'settings')
    return `${desk}/settings/${[to.section, ...(to.item ? [encodeURIComponent(to.item)] : [])].join('/')}`
  if (to.page === 'articles') {
    return [
      `${desk}/articles`,
      ...(to.item ? [encodeURIComponent(to.item)] : []),
      ...(to.locale ? [to.locale] : []),
    ].join('/')
  }
  if (to.page === 'emails') {
    return [`${desk}/emails/${to.tab}`, ...(to.item ? [encodeURIComponent(to.item)] : [])].join('/')
  }
  if (to.page !== 'messages') return `${desk}/${to.page}`
  const rest = [to.view, to.view && to.conversationId].filter(Boolean).join('/')
  return `${desk}/messages${rest && `/${rest}`}`
}

const hash = signal(location.hash)

/** Where the dashboard is. */
export const route = computed(() => parseRoute(hash.value))

/** The place somebody wants to go to while something unsaved holds them back. */
export const heldBack = signal<Route | null>(null)

const holders = new Set<() => boolean>()

/** Asks before this page is left as long as `hasSomethingToLose` says so. */
export function holdBack(hasSomethingToLose: () => boolean): () => void {
  holders.add(hasSomethingToLose)
  return () => {
    holders.delete(hasSomethingToLose)
  }
}

function mayLeave(target: string): boolean {
  if (target === hash.peek() || ![...holders].some((holder) => holder())) return true
  heldBack.value = parseRoute(target)
  return false
}

/** Goes somewhere; `replace` leaves no trace in the history. */
export function navigate(to: Route, options: { replace?: boolean; evenIfUnsaved?: boolean } = {}): void {
  const target = href(to)
  if (!options.evenIfUnsaved && !mayLeave(target)) return
  heldBack.value = null
  history[options.replace ? 'replaceState' : 'pushState'](null, '', target)
  hash.value = target
}

/** Follows the address bar and the browser's back and forward. */
export function followAddress(): () => void {
  const onHash = () => {
    if (mayLeave(location.hash)) hash.value = location.hash
    else history.pushState(null, '', hash.peek() || '#/')
  }
  const onUnload = (event: BeforeUnloadEvent) => {
    if ([...holders].some((holder) => holder())) event.preventDefault()
  }
  hash.value = location.hash
  addEventListener('hashchange', onHash)
  addEventListener('popstate', onHash)
  addEventListener('beforeunload', onUnload)
  return () => {
    removeEventListener('hashchange', onHash)
    removeEventListener('popstate', onHash)
    removeEventListener('beforeunload', onUnload)
  }
}
