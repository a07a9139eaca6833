import { contrastText, decideVisibility } from '@helpdesk/core'
import type { PublicDesk } from '@helpdesk/core/api'
import { fetchDesk, type Unavailable, type UnavailableReason, whyNoMessages } from './availability.ts'
import { createEmitter, type Emitter } from './events.ts'
import { createHost } from './host.ts'
import { createLauncher, dressLauncher } from './launcher.ts'
import type { AppHandle, AppModule, Shell, Target } from './lazy.ts'
import type { WidgetLook, WidgetOptions } from './options.ts'
import { watchPage } from './page.ts'
import { watchUnread } from './unread.ts'

/** A support widget on a page. Everything may be called at once; what needs the desk happens when it is known. */
export interface Widget {
  readonly isOpen: boolean
  /** How many replies the visitor has not seen. */
  readonly unreadCount: number
  /** Opens the panel with the last screen, or with the given one. */
  open(screen?: Target): void
  close(): void
  toggle(): void
  /** Takes back `hide()`; URL rules of the desk still apply. */
  show(): void
  /** Closes the panel and removes the launcher from view; `open()` still opens the panel. */
  hide(): void
  openConversation(conversationId: string): void
  /** Changes how the widget looks or speaks; what is `undefined` follows the desk again. */
  update(look: WidgetLook): void
  setLocale(locale: WidgetLook['locale']): void
  setTheme(theme: WidgetLook['theme']): void
  /** Why the widget, or messaging in it, is not there; nothing when all is well or not known yet. */
  whyUnavailable(): Unavailable | undefined
  /** Listens to an event; the returned function ends that. */
  on: Emitter['on']
  once: Emitter['on']
  off: Emitter['off']
  /** Removes every node, listener, timer and connection of the widget. */
  destroy(): void
}

/** Creates the eager part of a widget: launcher, rules and badge; `loadApp` brings the rest when it is opened. */
export function createShell(options: WidgetOptions, loadApp: () => Promise<AppModule>): Widget {
  const controller = new AbortController()
  const { signal } = controller
  const address = `${options.url.replace(/\/+$/, '')}/api/messaging/widget/${options.desk}/`
  const { emit, on, off } = createEmitter()
  const wishes = { ...options }
  let desk: PublicDesk | undefined
  let unavailable: Unavailable | undefined
  let app: AppHandle | undefined
  let isLoading = false
  let isOpen = false
  let isHidden = false
  let hasFailed = false
  let wasShown = false
  let unreadCount = 0
  let goal: Target | undefined
  let reported: UnavailableReason | undefined

  /** Tells the page and the console, once, why the widget or messaging in it is not there. */
  const report = (reason: UnavailableReason | undefined, rule?: string) => {
    unavailable = reason && { reason, rule }
    if (!unavailable || reason === reported) return
    reported = reason
    console.info('[helpdesk]', unavailable)
    emit('unavailable', unavailable)
  }
  const load = () => {
    if (isLoading || app) return
    isLoading = true
    loadApp()
      .then((module) => module.mount(shell))
      .then((handle) => {
        app = handle
        if (signal.aborted) app.destroy()
      })
      .catch((cause) => {
        hasFailed = true
        emit('error', { code: 'network', cause })
      })
      .then(() => {
        isLoading = false
        draw()
      })
  }
  /** Brings the page in line with the state. */
  const draw = () => {
    if (!desk || !document.body || signal.aborted) return
    host.attach()
    const { showRules, hideRules } = desk.widget
    const { visible, because, pattern } = decideVisibility(location.href, {
      show: showRules,
      hide: hideRules,
    })
    const isShown = visible && !isHidden
    const isInline = host.body.className === 'inline'
    isOpen = (isInline ? isShown : visible && isOpen) && !hasFailed
    if (isOpen) load()
    dressLauncher(launcher, shell.desk(), {
      // An inline widget has none, unless it could not be loaded: then it is the way to try again.
      isShown: isShown && (hasFailed || (!isInline && wishes.launcher !== false)),
      badge: hasFailed ? '!' : isOpen || !unreadCount ? '' : `${unreadCount}`,
    })
    launcher.ariaExpanded = `${isOpen && !!app}`
    launcher.ariaBusy = `${isOpen && !app}`
    app?.update(isOpen, goal)
    if (app) goal = undefined
    if (isShown !== wasShown) {
      wasShown = isShown
      emit('visibility:changed', { visible: isShown, because: isHidden ? 'page' : because, rule: pattern })
    }
    report(visible ? whyNoMessages(desk) : 'hidden-by-rule', pattern)
  }
  const refresh = async () => {
    const answer = await fetchDesk(address, signal)
    if (signal.aborted) return
    if (typeof answer === 'string') {
      // Settings that are known stay good when they cannot be had again.
      if (!desk) report(answer)
      return
    }
    if (!desk) emit('ready', { desk: answer })
    desk = answer
    draw()
  }
  const setOpen = (open: boolean, target?: Target) => {
    isOpen = open
    hasFailed = false
    goal = target
    draw()
  }
  const setHidden = (hidden: boolean) => {
    isHidden = hidden
    setOpen(isOpen && !hidden)
  }
  const update = (change: WidgetLook) => {
    Object.assign(wishes, change)
    draw()
  }
  const host = createHost(options, draw, signal)
  const shell: Shell = {
    options: wishes,
    body: host.body,
    desk() {
      const known = desk as PublicDesk
      const widget: Record<string, unknown> = {}
      for (const name in known.widget) widget[name] = wishes[name as 'theme'] ?? known.widget[name as 'theme']
      return { ...known, widget: widget as PublicDesk['widget'] }
    },
    textOn: contrastText,
    adopt: host.adopt,
    emit,
    setUnread(count) {
      if (count === unreadCount) return
      unreadCount = count
      draw()
      emit('unread', { count })
    },
    refresh,
    close: () => setOpen(false),
  }
  const toggle = () => setOpen(!isOpen)
  const launcher = createLauncher(host.body, toggle, load)
  watchPage(draw, signal)
  watchUnread(options.desk, address, (count) => app || shell.setUnread(count), signal)
  addEventListener('online', () => desk || refresh(), { signal })
  void refresh()

  return {
    get isOpen() {
      return isOpen
    },
    get unreadCount() {
      return unreadCount
    },
    open: (target) => setOpen(true, target),
    close: shell.close,
    toggle,
    show: () => setHidden(false),
    hide: () => setHidden(true),
    openConversation: (conversationId) => setOpen(true, { conversationId }),
    update,
    setLocale: (locale) => update({ locale }),
    setTheme: (theme) => update({ theme }),
    whyUnavailable: () => unavailable,
    on,
    once(name, listener) {
      const end = on(name, (detail) => {
        end()
        listener(detail)
      })
      return end
    },
    off,
    destroy() {
      controller.abort()
      app?.destroy()
    },
  }
}
