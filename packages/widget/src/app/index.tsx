import { type PrefillDraft, readPrefill } from '@helpdesk/core'
import { render } from 'preact'
import type { AppHandle, PageAddress, Shell, Target } from '../lazy.ts'
import { namesOfVisitor } from '../options.ts'
import { App } from './App.tsx'
import { ModelProvider } from './context.ts'
import { chooseLocale, loadTexts } from './i18n/index.ts'
import { createModel, type Model } from './model.ts'
import { homeOf, screenFor } from './screen.ts'
import { styles } from './styles.ts'

/** Where the style sheet is already, from an application for another visitor. */
const dressed = new WeakSet<Shell>()

/** Draws the application into the shell, closed. */
export async function mount(shell: Shell): Promise<AppHandle> {
  const [texts] = await Promise.all([loadTexts(wantedLocale(shell)), shell.meet()])
  const controller = new AbortController()
  const { signal } = controller
  if (namesOfVisitor(shell.options).length > 0 && !shell.visitor) throw new Error('Nobody knows who is there')
  if (!dressed.has(shell)) shell.adopt(styles)
  dressed.add(shell)
  const root = shell.body.appendChild(document.createElement('div'))
  const model = createModel(shell, texts, signal)
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const look = () => setLook(root, shell, dark.matches)
  dark.addEventListener('change', look, { signal })
  render(
    <ModelProvider value={model}>
      <App />
    </ModelProvider>,
    root,
  )
  // For a page that has shown something of its own until now.
  ;(shell.body.getRootNode() as ShadowRoot).host.toggleAttribute('data-ready', true)
  const focus = createFocusKeeper(shell)
  const wasIdentified = shell.visitor?.isIdentified
  const { only: number } = model
  model.store.set({ screen: number === undefined ? homeOf(shell.options) : { name: 'ticket', number } })
  return {
    update(isOpen, wanted) {
      look()
      void follow(model)
      const target = isAddress(wanted) ? isOpen && targetOf(shell, wanted) : wanted
      // The shell could not know that there is nothing in the parameters.
      if (wanted && !target) return shell.close()
      // A public link opens one conversation, whatever else the page asks for.
      setOpen(model, focus, isOpen, model.only === undefined ? target || undefined : undefined)
    },
    destroy() {
      controller.abort()
      const { screen, drafts } = model.store.get()
      render(null, root)
      root.remove()
      // What an identified visitor has seen or written is nobody else's business.
      if (screen.name !== 'new-ticket' || wasIdentified) return
      const { title, content, priority, category } = { ...screen.draft, ...drafts } as PrefillDraft
      return { draft: { title, content, priority, category } }
    },
  }
}

const isAddress = (wanted: Target | PageAddress | undefined): wanted is PageAddress =>
  typeof wanted === 'object' && 'href' in wanted

/** What the page's address asks for, if it asks for something. */
function targetOf({ options }: Shell, { href }: PageAddress): Target | undefined {
  const prefill = readPrefill(href)
  if (prefill && ('clear_params' in options || options.clearParams)) clearParams()
  if (!prefill) return
  return prefill.draft ? { draft: prefill.draft } : { ticketNumber: prefill.number }
}

/** Takes the parameters that have been read out of the address bar, and leaves everything else as it is. */
function clearParams(): void {
  const { pathname, search, hash } = location
  const rest = search
    .slice(1)
    .split('&')
    .filter((pair) => !/^(n|title|content|priority|c)(=|$)/.test(pair))
  const query = rest.length > 0 ? `?${rest.join('&')}` : ''
  history.replaceState(history.state, '', pathname + query + hash)
}

function wantedLocale({ options, desk }: Shell) {
  return chooseLocale([options.locale, desk().locale, ...navigator.languages])
}

/** Takes over what has changed in the desk, the language and the place. */
async function follow({ shell, store, signal }: Model): Promise<void> {
  const desk = shell.desk()
  const isInline = shell.body.className === 'inline'
  const { desk: known, isInline: wasInline, texts } = store.get()
  if (isInline !== wasInline || JSON.stringify(desk) !== JSON.stringify(known)) store.set({ desk, isInline })
  const wanted = wantedLocale(shell)
  if (wanted === texts.locale) return
  // A language that cannot be loaded leaves the one that is spoken.
  const next = await loadTexts(wanted).catch(() => undefined)
  if (next && !signal.aborted) store.set({ texts: next })
}

function setOpen(model: Model, focus: FocusKeeper, isOpen: boolean, target: Target | undefined): void {
  const { store, shell } = model
  const wasOpen = store.get().isOpen
  if (target) store.set({ screen: screenFor(target) })
  if (typeof target === 'object' && 'search' in target) store.set({ query: target.search })
  if (isOpen === wasOpen) return
  if (isOpen) focus.keep()
  store.set({ isOpen })
  if (!isOpen) focus.giveBack()
  shell.emit(isOpen ? 'open' : 'close', undefined)
}

type FocusKeeper = ReturnType<typeof createFocusKeeper>

/** Remembers where the focus was before the panel opened: the launcher, or a button of the page. */
function createFocusKeeper({ body }: Shell) {
  const root = body.getRootNode() as ShadowRoot
  let opener: Element | null = null
  return {
    keep() {
      opener = document.activeElement
    },
    giveBack() {
      if (!root.activeElement) return
      const own = opener === root.host || opener === document.body || !opener?.isConnected
      const target = own ? body.querySelector<HTMLElement>('.launcher') : (opener as HTMLElement)
      target?.focus()
    },
  }
}

function setLook(root: HTMLElement, shell: Shell, isSystemDark: boolean): void {
  const { color, offset, position, theme } = shell.desk().widget
  const isDark = theme === 'dark' || (theme === 'auto' && isSystemDark)
  root.className = isDark ? 'app dark' : 'app'
  root.style.cssText = `--h-accent:${color};--h-on-accent:${shell.textOn(color)};--h-offset:${offset}px;--h-${position}:${offset}px`
}
