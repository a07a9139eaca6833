const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

/**
 * Puts the styles of an e-mail where no parser looks for any: under the dashboard's policy each one that stands in a page
 * is refused and complained about, also in a document that is never shown.
 */
export function setStylesAside(html: string): string {
  return html
    .replace(/<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi, (_, css: string) => asideStyle(css))
    .replace(/(<[a-z][^<>]*?\s)style=/gi, '$1data-style=')
}

/** A style sheet that waits for its frame. */
export const asideStyle = (css: string) => `<meta name="style" content="${escaped(css)}">`

/**
 * Lets the styles of an e-mail, set aside before, hold in its frame. A frame without an address of its own has the
 * dashboard's policy; through the object model the frame's own window may set them. The frame is sandboxed with nothing
 * but `allow-same-origin`, so that nothing in it runs.
 */
export function applyFrameStyles(frame: HTMLIFrameElement): void {
  const page = frame.contentDocument
  const Sheet = page?.defaultView?.CSSStyleSheet
  if (!page || !Sheet || !('adoptedStyleSheets' in page)) return
  page.adoptedStyleSheets = [...page.querySelectorAll<HTMLMetaElement>('meta[name=style]')].map((style) => {
    const sheet = new Sheet()
    sheet.replaceSync(style.content)
    return sheet
  })
  for (const element of page.querySelectorAll<HTMLElement>('[data-style]')) {
    element.style.cssText = element.dataset.style ?? ''
  }
}
