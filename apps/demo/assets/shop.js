// The account's tabs change the address without loading a page, as single-page applications do.
const links = [...document.querySelectorAll('[data-tab]')]
const panels = [...document.querySelectorAll('[data-panel]')]

function show(name) {
  for (const link of links) {
    if (link.dataset.tab === name) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
  for (const panel of panels) panel.hidden = panel.dataset.panel !== name
}

for (const link of links) {
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    history.pushState(null, '', link.href)
    show(link.dataset.tab)
  })
}

if (links.length > 0) {
  addEventListener('popstate', () => {
    show(links.find((link) => link.href === location.href)?.dataset.tab ?? links[0].dataset.tab)
  })
}
