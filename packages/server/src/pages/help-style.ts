/** The style sheet of the help centre, to the byte as it stands in its pages. */
export const helpStyle = `
:root { color-scheme: light dark; --page: #fff; --band: #f5f6f8; --card: #fff; --line: #e2e6eb; --text: #1a222d; --quiet: #566171; --code: #f3f5f8; --mark: #fff1b8; }
@media (prefers-color-scheme: dark) { :root { --page: #10141a; --band: #161b22; --card: #171d25; --line: #2a323d; --text: #e8ebef; --quiet: #a3aebb; --code: #1b222b; --mark: #5a4a12; } a { --link: var(--link-dark); } }
* { box-sizing: border-box; }
html { scroll-padding-block-start: 24px; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); font: 17px/1.65 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
a { color: var(--link); text-underline-offset: 3px; }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 6px; }
.skip { position: absolute; inset-inline-start: -999px; }
.skip:focus { inset: 8px auto auto 8px; padding: 8px 14px; background: var(--card); border-radius: 8px; z-index: 2; }
.wide { max-width: 1040px; margin: 0 auto; padding: 0 24px; }
.top { border-block-end: 1px solid var(--line); }
.top .wide { display: flex; align-items: center; gap: 8px 24px; min-height: 64px; flex-wrap: wrap; }
.brand { font-weight: 700; color: var(--text); text-decoration: none; display: flex; align-items: center; gap: 10px; min-height: 44px; overflow-wrap: anywhere; }
.brand::before { content: ''; inline-size: 12px; block-size: 12px; border-radius: 4px; background: var(--accent); flex: none; }
.languages { margin-inline-start: auto; position: relative; font-size: 15px; }
.languages summary { cursor: pointer; list-style: none; margin-inline-end: -12px; padding: 10px 12px; border-radius: 8px; color: var(--quiet); min-height: 44px; display: flex; align-items: center; }
.languages summary::-webkit-details-marker { display: none; }
.languages summary::after { content: ''; inline-size: 7px; block-size: 7px; margin: -3px 2px 0 10px; border: solid; border-width: 0 2px 2px 0; transform: rotate(45deg); }
.languages ul { position: absolute; inset-inline-end: 0; margin: 4px 0 0; padding: 6px; list-style: none; background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 12px 32px rgb(0 0 0 / 14%); z-index: 3; min-inline-size: 160px; }
.languages li a { display: block; padding: 9px 12px; border-radius: 8px; color: var(--text); text-decoration: none; }
.languages li a:hover, .languages [aria-current] { background: var(--band); }
.hero { background: var(--band); border-block-end: 1px solid var(--line); padding: 56px 0 60px; text-align: center; }
.hero h1 { margin: 0 0 22px; font-size: clamp(28px, 5vw, 40px); line-height: 1.2; letter-spacing: -0.02em; }
.find { position: relative; max-width: 620px; margin: 0 auto; display: flex; gap: 8px; }
.find input { flex: 1; min-width: 0; font: inherit; padding: 13px 18px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); color: inherit; min-height: 52px; }
.find input:focus { border-color: var(--link); }
.find button { font: inherit; font-weight: 600; padding: 0 22px; border: 0; border-radius: 12px; background: var(--accent); color: var(--on-accent); cursor: pointer; min-height: 52px; }
.slim { padding: 20px 0; }
.suggestions { position: absolute; inset: calc(100% + 6px) 0 auto; margin: 0; padding: 6px; list-style: none; text-align: start; background: var(--card); border: 1px solid var(--line); border-radius: 14px; box-shadow: 0 16px 40px rgb(0 0 0 / 16%); z-index: 3; }
.suggestions a { display: block; padding: 10px 14px; border-radius: 9px; color: var(--text); text-decoration: none; }
.suggestions a:hover, .suggestions [aria-selected='true'] { background: var(--band); }
main.wide { padding-block: 40px 72px; min-height: 46vh; }
section + .cards { margin-block-start: 44px; }
section > h2 { margin: 0 0 8px; }
h2 { line-height: 1.3; letter-spacing: -0.01em; }
.cards { display: grid; gap: 20px; grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr)); margin: 0; padding: 0; list-style: none; }
.card { border: 1px solid var(--line); border-radius: 16px; padding: 22px 24px; background: var(--card); }
.card h2 { margin: 0 0 4px; font-size: 19px; }
.card h2 a { color: inherit; text-decoration: none; }
.card h2 a:hover { text-decoration: underline; }
.card p { margin: 0 0 12px; color: var(--quiet); font-size: 16px; line-height: 1.5; }
.card ul, .links { margin: 0; padding: 0; list-style: none; }
.card li a { display: block; padding: 5px 0; font-size: 16px; line-height: 1.45; }
.links li { border-block-start: 1px solid var(--line); }
.links li:first-child { border: 0; }
.links a { display: block; padding: 16px 0; text-decoration: none; }
.links b { display: block; color: var(--link); font-weight: 600; }
.links a:hover b { text-decoration: underline; }
.links span { color: var(--quiet); font-size: 16px; line-height: 1.5; }
mark { background: var(--mark); color: var(--text); border-radius: 3px; padding: 0 1px; }
.quiet { color: var(--quiet); }
.crumbs { font-size: 15px; color: var(--quiet); margin: 0 0 14px; }
.crumbs ol { display: flex; flex-wrap: wrap; gap: 0 8px; margin: 0; padding: 0; list-style: none; }
.crumbs li + li::before { content: '/'; margin-inline-end: 8px; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 240px; gap: 56px; }
.title { margin: 0; font-size: clamp(26px, 4vw, 36px); line-height: 1.22; letter-spacing: -0.02em; overflow-wrap: anywhere; hyphens: auto; }
.side { font-size: 15px; line-height: 1.5; }
.side nav { position: sticky; inset-block-start: 24px; }
.side h2 { font-size: 14px; margin: 0 0 8px; color: var(--quiet); }
.side ul { margin: 0; padding: 0; list-style: none; }
.side li a { display: block; padding: 5px 0; color: var(--text); text-decoration: none; }
.side li a:hover { text-decoration: underline; }
.side .sub { padding-inline-start: 14px; }
.article { margin-block-start: 26px; overflow-wrap: anywhere; max-width: 70ch; }
.article h2, .article h3 { hyphens: auto; }
.article h2 { margin: 40px 0 10px; font-size: 24px; }
.article h3 { margin: 30px 0 8px; font-size: 19px; }
.article img { max-width: 100%; height: auto; border-radius: 12px; border: 1px solid var(--line); }
.article pre { background: var(--code); padding: 16px 18px; border-radius: 12px; overflow-x: auto; font-size: 14.5px; line-height: 1.6; }
.article code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; background: var(--code); border-radius: 5px; padding: 2px 5px; }
.article pre code { padding: 0; background: none; font-size: inherit; }
.article table { border-collapse: collapse; display: block; overflow-x: auto; max-width: 100%; font-size: 16px; overflow-wrap: normal; }
.article th, .article td { border: 1px solid var(--line); min-width: 72px; padding: 8px 14px; text-align: start; vertical-align: top; }
.article th { background: var(--band); }
.article hr { margin: 28px 0; border: 0; border-block-start: 1px solid var(--line); }
.article blockquote { margin: 20px 0; padding: 2px 0 2px 20px; border-inline-start: 4px solid var(--line); color: var(--quiet); }
.call-out { margin: 24px 0; padding: 14px 20px; border-radius: 12px; background: var(--band); border-inline-start: 4px solid #3b6fd1; }
.call-out p { margin: 0; } .call-out p + p { margin-block-start: 10px; } .call-out .kind { font-weight: 600; } .call-out .kind + p { margin-block-start: 0; }
.important, .warning { border-inline-start-color: #d97706; } .caution { border-inline-start-color: #dc2626; } .tip { border-inline-start-color: #16a34a; }
.video a { display: flex; align-items: center; gap: 12px; padding: 14px 18px; border: 1px solid var(--line); border-radius: 12px; text-decoration: none; font-weight: 600; }
.video a::before { content: '▶'; color: var(--link); }
.article input { margin-inline-end: 8px; }
.after { margin-block-start: 44px; padding-block-start: 24px; border-block-start: 1px solid var(--line); display: flex; flex-wrap: wrap; align-items: center; gap: 12px; max-width: 70ch; }
.after p { margin: 0; }
.after button { font: inherit; font-size: 16px; padding: 8px 18px; min-height: 44px; border-radius: 10px; border: 1px solid var(--line); background: var(--card); color: inherit; cursor: pointer; }
.after button:hover { border-color: var(--quiet); }
.after .share { margin-inline-start: auto; }
.bottom { border-block-start: 1px solid var(--line); padding: 28px 0 40px; font-size: 15px; color: var(--quiet); }
[hidden] { display: none !important; }
@media (max-width: 860px) { .columns { grid-template-columns: minmax(0, 1fr); gap: 40px; } .side nav { position: static; } .contents { display: none; } }
@media (max-width: 480px) { body { font-size: 16px; } .wide { padding-inline: 18px; } .hero { padding: 36px 0 40px; } .find { gap: 6px; } .find input { padding-inline: 14px; } .find button { padding: 0 14px; } .bottom { padding-block-end: 96px; } main.wide { padding-block: 28px 56px; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print { .top, .hero, .side, .after, .bottom, .skip, .crumbs, helpdesk-widget { display: none !important; } body { background: #fff; color: #000; font-size: 11pt; } .columns { display: block; } main.wide { padding: 0; } .article a[href^='http']::after { content: ' (' attr(href) ')'; font-size: 0.85em; } .article pre, .article table, .article img, .call-out { break-inside: avoid; } }
`

/** What the pages do where scripts run: suggestions while somebody types, a voice on an article, its link. */
export const helpScript = `(() => {
  const { api, locale, slug } = document.currentScript.dataset
  const form = document.querySelector('form.find')
  const input = form && form.querySelector('input[type=search]')
  const known = new Map()
  let list, timer, request, active = -1
  const close = () => { if (list) list.remove(); list = undefined; active = -1; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant') }
  const show = (hits) => {
    close()
    if (!hits.length) return
    list = document.createElement('ul')
    list.className = 'suggestions'
    list.id = 'suggestions'
    list.setAttribute('role', 'listbox')
    hits.forEach((hit, place) => {
      const item = list.appendChild(document.createElement('li'))
      item.setAttribute('role', 'presentation')
      const link = item.appendChild(document.createElement('a'))
      link.href = hit.url
      link.textContent = hit.title
      link.id = 'suggestion-' + place
      link.tabIndex = -1
      link.setAttribute('role', 'option')
    })
    form.append(list)
    input.setAttribute('aria-expanded', 'true')
  }
  const suggest = async () => {
    const text = input.value.trim()
    if (request) request.abort()
    if (text.length < 2) return close()
    if (known.has(text)) return show(known.get(text))
    request = new AbortController()
    try {
      const answer = await fetch(api + '/article-search?limit=6&locale=' + locale + '&q=' + encodeURIComponent(text), { signal: request.signal, credentials: 'omit' })
      if (!answer.ok) return
      const { hits } = await answer.json()
      known.set(text, hits)
      if (text === input.value.trim() && document.activeElement === input) show(hits)
    } catch {}
  }
  if (input) {
    input.setAttribute('role', 'combobox')
    input.setAttribute('aria-autocomplete', 'list')
    input.setAttribute('aria-controls', 'suggestions')
    input.setAttribute('aria-expanded', 'false')
    input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(suggest, 120) })
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') return close()
      const links = list ? [...list.querySelectorAll('a')] : []
      if (event.key === 'Enter' && links[active]) { event.preventDefault(); location.assign(links[active].href); return }
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      if (!step || !links.length) return
      event.preventDefault()
      active = (active + step + links.length) % links.length
      links.forEach((link, place) => link.setAttribute('aria-selected', String(place === active)))
      input.setAttribute('aria-activedescendant', links[active].id)
    })
    addEventListener('pointerdown', (event) => { if (!form.contains(event.target)) close() })
    form.addEventListener('focusout', (event) => { if (!form.contains(event.relatedTarget)) close() })
  }
  const after = document.querySelector('.after')
  if (after) {
    after.hidden = false
    after.addEventListener('click', async ({ target }) => {
      const button = target.closest('button')
      if (!button) return
      if (button.name === 'share') {
        await navigator.clipboard.writeText(location.href.split('#')[0])
        button.textContent = button.dataset.done
        return
      }
      for (const one of after.querySelectorAll('button[name=helpful]')) one.setAttribute('aria-pressed', String(one === button))
      const answer = await fetch(api + '/articles/' + slug + '/feedback', { method: 'POST', credentials: 'omit', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ locale, helpful: button.value === 'yes' }) }).catch(() => undefined)
      if (answer && answer.ok) after.querySelector('[role=status]').textContent = after.dataset.thanks
    })
  }
})()
`
