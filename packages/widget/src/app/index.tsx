import { render } from 'preact'
import type { AppHandle, Shell, Target } from '../lazy.ts'
import { App } from './App.tsx'
import { ModelProvider } from './context.ts'
import { chooseLocale, loadTexts } from './i18n/index.ts'
import { createModel, type Model } from './model.ts'
import { screenFor } from './screen.ts'
import { styles } from './styles.ts'

/** Draws the application into the shell, closed. */
export async function mount(shell: Shell): Promise<AppHandle> {
  const texts = await loadTexts(wantedLocale(shell))
  const controller = new AbortController()
  const { signal } = controller
  shell.adopt(styles)
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
  const focus = createFocusKeeper(shell)
  return {
    update(isOpen, target) {
      look()
      void follow(model)
      setOpen(model, focus, isOpen, target)
    },
    destroy() {
      controller.abort()
      render(null, root)
      root.remove()
    },
  }
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
