/**
 * What the pages do with scripts on: times of the reader's own clock, buttons that copy, lists that keep themselves up
 * to date. Without it they say and do the same, more slowly.
 */
export const devMailScript = `
(() => {
  const clock = (root) => {
    for (const time of root.querySelectorAll('time')) {
      const at = new Date(time.dateTime), now = new Date()
      const day = at.toDateString() === now.toDateString() ? {} : { day: 'numeric', month: 'short' }
      const year = at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }
      const exact = 'exact' in time.dataset ? { second: '2-digit' } : {}
      time.title = at.toLocaleString()
      time.textContent = at.toLocaleString(undefined, { hour: '2-digit', minute: '2-digit', ...day, ...year, ...exact })
    }
  }
  const regions = (root) => [...root.querySelectorAll('[data-live]')]
  const last = new Map(regions(document).map((region) => [region.dataset.live, region.outerHTML]))
  clock(document)
  for (const button of navigator.clipboard ? document.querySelectorAll('[data-copy]') : []) {
    button.hidden = false
    const said = button.textContent
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent)
      button.textContent = 'Copied'
      setTimeout(() => { button.textContent = said }, 2000)
    })
  }
  for (const form of document.querySelectorAll('form')) {
    form.addEventListener('submit', () => {
      const button = form.querySelector('button')
      button.setAttribute('aria-disabled', 'true')
      form.addEventListener('submit', (event) => event.preventDefault())
    })
  }
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload() })
  const update = (region, fresh) => {
    if (!fresh || fresh.outerHTML === last.get(region.dataset.live)) return
    const active = region.contains(document.activeElement) ? document.activeElement : null
    const focused = active?.getAttribute('href')
    // What is open, or about to be pressed, stays as it is until it is left.
    if (region.querySelector('details[open]') || (active && !focused)) return
    last.set(region.dataset.live, fresh.outerHTML)
    region.replaceWith(fresh)
    clock(fresh)
    if (focused) [...fresh.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus()
  }
  const look = async () => {
    if (document.hidden) return
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (!answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const region of regions(document)) {
      update(region, page.querySelector('[data-live="' + region.dataset.live + '"]'))
    }
  }
  if (last.size > 0) setInterval(() => look().catch(() => undefined), 2000)
})()
`
