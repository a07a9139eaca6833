import type { Locale, WidgetPosition, WidgetTheme } from '@helpdesk/core'

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

/** How a widget is created. */
export interface WidgetOptions extends WidgetLook {
  /** Where the desk is served, with the plugin's prefix: `https://example.com/support`. */
  url: string
  /** The desk's public id. */
  desk: string
  /** An element, or a selector of one, that the widget fills; without it the widget floats over the page. */
  container?: Element | string
  /** For the `<style>` elements of browsers without constructable style sheets, under a strict CSP. */
  nonce?: string
}

/** The value of an own data property. What a polluted prototype or an element's id adds is not one. */
export function own(holder: unknown, name: string): unknown {
  return holder ? Object.getOwnPropertyDescriptor(holder, name)?.value : undefined
}

/**
 * Reads the options of a script tag: its `data-*` attributes, else the global `HelpdeskWidget` (or
 * `IntumHelpdeskWidget`). Only own text properties count.
 */
export function readScriptOptions(script: HTMLScriptElement): WidgetOptions {
  const page = own(window, 'HelpdeskWidget') ?? own(window, 'IntumHelpdeskWidget')
  const read = (attribute: string, name: string) => {
    const value = own(script.dataset, attribute) || own(page, name)
    return typeof value === 'string' ? value.trim() : undefined
  }
  return {
    url: read('url', 'account_url') || new URL('.', script.src).href,
    desk: read('helpdeskId', 'desk_token') ?? '',
    locale: read('locale', 'locale'),
    theme: read('theme', 'theme') as WidgetTheme,
    container: '#helpdesk-widget,#intum-helpdesk-widget',
    nonce: script.nonce,
  }
}
