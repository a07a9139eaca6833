/**
 * Lets the styles of an e-mail hold in its frame. A frame without an address of its own has the dashboard's policy, which
 * takes no styles that stand in a page; through the object model the frame's own window may set them. The frame is sandboxed
 * with nothing but `allow-same-origin`, so that nothing in it runs.
 */
export function applyFrameStyles(frame: HTMLIFrameElement): void {
  const page = frame.contentDocument
  const Sheet = page?.defaultView?.CSSStyleSheet
  if (!page || !Sheet || !('adoptedStyleSheets' in page)) return
  page.adoptedStyleSheets = [...page.querySelectorAll('style')].map((style) => {
    const sheet = new Sheet()
    sheet.replaceSync(style.textContent ?? '')
    return sheet
  })
  for (const element of page.querySelectorAll<HTMLElement>('[style]')) {
    element.style.cssText = element.getAttribute('style') ?? ''
  }
}
