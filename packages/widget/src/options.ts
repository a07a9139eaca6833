import type { IdentityInput, Locale, WidgetPosition, WidgetTheme } from '@helpdesk/core'

/** What may be changed while the widget is there; what is not given follows the desk's settings. */
export interface WidgetLook {
  /** Language of the widget, such as `pl` or `de-AT`. (Default: the desk's, then the browser's) */
  locale?: Locale | (string & {})
  theme?: WidgetTheme
  /** Accent colour, `#rrggbb`. */
  color?: string
  position?: WidgetPosition
  /** Distance from the page's edges, in CSS pixels. */
  offset?: number
  /** Text beside the launcher's icon; empty for the icon alone. */
  launcherLabel?: string
  /** Whether the launcher is drawn; `false` for a page with a button of its own that calls `open()`. (Default: true) */
  launcher?: boolean
}

/**
 * Who the page's user is: the nine attributes, side by side or in `identity`, with the `signature` your server made,
 * or an `identityToken` (a JWT) alone.
 */
export interface PageIdentity extends IdentityInput {
  identity?: IdentityInput
  /** Of your server, of the full or the short form. */
  signature?: string
  identityToken?: string
}

/** Asks the page who its user is; called again when a session is about to end. */
export type Identify = () => PageIdentity | Promise<PageIdentity>

/** How a widget is created. */
export interface WidgetOptions extends WidgetLook, PageIdentity {
  /** Where the desk is served, with the plugin's prefix: `https://example.com/support`. */
  url: string
  /** The desk's public id. */
  desk: string
  /** Instead of attributes that are known already. */
  identify?: Identify
  /** An element, or a selector of one, that the widget fills; without it the widget floats over the page. */
  container?: Element | string
  /** `page` for a page that is nothing but the widget: no launcher, no way to close it. */
  mode?: 'page'
  /** With `mode: 'page'`, what the page is for: writing a message, following tickets, or getting conversations back by e-mail. */
  page?: 'contact' | 'tickets' | 'restore'
  /** The token of a public ticket link: the widget shows that conversation and nothing else. */
  linkToken?: string
  /** Takes `n`, `title`, `content`, `priority` and `c` out of the address bar once they have been read. */
  clearParams?: boolean
  /** For the `<style>` elements of browsers without constructable style sheets, under a strict CSP. */
  nonce?: string
}

/** The value of an own data property. What a polluted prototype or an element's id adds is not one. */
export function own(holder: unknown, name: string): unknown {
  return holder && Object.getOwnPropertyDescriptor(holder, name)?.value
}

/** The names of the options that say something about the visitor. */
export function namesOfVisitor(options: object): string[] {
  return Object.keys(options).filter(
    (name) => /^(client|user|email|ident|sign|link)/.test(name) && options[name as keyof object],
  )
}

/**
 * Reads the options of a script tag: its `data-*` attributes, else the global `HelpdeskWidget` (or
 * `IntumHelpdeskWidget`). Only own properties that are text or numbers count.
 */
export function readScriptOptions(script: HTMLScriptElement): WidgetOptions {
  const said: Record<string, string | null> = { __proto__: null }
  const page = own(window, 'HelpdeskWidget')
  for (const holder of [page ?? own(window, 'IntumHelpdeskWidget'), script.dataset]) {
    for (const name of Object.keys(holder ?? {})) {
      const value = own(holder, name)
      if (/str|num/.test(typeof value)) said[name.replace(/[A-Z]/g, '_$&').toLowerCase()] = value as string
    }
  }
  return {
    ...said,
    // A page with the original names has moved over by its script's address alone: its account is still the old one.
    url: said.url || (page ? said.account_url : '') || new URL('.', script.src).href,
    desk: said.helpdesk_id || said.desk_token || '',
    container: said.container || '#helpdesk-widget,#intum-helpdesk-widget',
    nonce: script.nonce,
  }
}
