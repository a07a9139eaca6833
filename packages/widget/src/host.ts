import { hostCss } from './host.css.ts'

/** The widget's own element in the page. */
export interface Host {
  /** Everything that the widget draws is in here; it stands in a shadow root. */
  readonly body: HTMLElement
  /** Whether it stands in a container, or fills the page, rather than to float over it. */
  isInline: boolean
  /** Puts the element into its container or the page, unless it is there; `onLost` is called when it may be gone. */
  attach(): void
  adopt(css: string): void
}

/** Creates the host; it leaves the page when the signal is aborted. */
export function createHost(
  { container, nonce, mode }: { container?: Element | string; nonce?: string; mode?: string },
  onLost: () => void,
  signal: AbortSignal,
): Host {
  const element = document.createElement('helpdesk-widget')
  const root = element.attachShadow({ mode: 'open' })
  const body = root.appendChild(document.createElement('div'))
  // A page changes all the time around a widget in a container, which is none of the widget's business.
  const observer = new MutationObserver(() => (host.isInline && element.isConnected) || onLost())
  const adopt = (css: string) => {
    try {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      root.adoptedStyleSheets.push(sheet)
    } catch {
      const style = root.appendChild(document.createElement('style'))
      if (nonce) style.nonce = nonce
      style.textContent = css
    }
  }
  adopt(hostCss)
  // `<body>` is not there yet, or a framework replaces or empties it.
  observer.observe(document.documentElement, { childList: true })
  signal.addEventListener('abort', () => {
    observer.disconnect()
    element.remove()
  })
  const host: Host = {
    body,
    isInline: false,
    adopt,
    attach() {
      const page = document.body
      const parent = (typeof container === 'string' ? document.querySelector(container) : container) ?? page
      host.isInline = parent !== page || !!mode
      body.className = host.isInline ? 'inline' : 'floating'
      if (element.parentNode !== parent) parent.append(element)
      observer.observe(page, { childList: true, subtree: host.isInline })
    },
  }
  return host
}
