import { contrastText, decideVisibility, type PrefillDraft } from '@helpdesk/core'
import type { PublicDesk } from '@helpdesk/core/api'
import { fetchDesk, type Unavailable, type UnavailableReason, whyNoMessages } from './availability.ts'
import { createEmitter, type Emitter } from './events.ts'
import { createHost } from './host.ts'
import { createLauncher, dressLauncher } from './launcher.ts'
import type { AppHandle, LoadPart, PageAddress, Shell, Target, Visitor } from './lazy.ts'
import {
  type Identify,
  namesOfVisitor,
  type PageIdentity,
  type WidgetLook,
  type WidgetOptions,
} from './options.ts'
import { watchPage } from './page.ts'
import { credentialsKey } from './storage.ts'
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
  /** Opens a ticket of this visitor by its number. */
  openTicket(number: string): void
  /** Opens the new-ticket form, filled in with a draft; nothing is sent. */
  newTicket(draft?: PrefillDraft): void
  /** Opens an article of the help centre by its slug, the last part of its address. */
  openArticle(slug: string): void
  /** Searches the help centre, as if the visitor had typed the text. */
  search(text: string): void
  /** Says who the page's user is from now on; what the user before has seen is gone from the panel. */
  identify(who: PageIdentity | Identify): void
  /** Ends the session of an identified user and forgets everything of that user in this browser. */
  logout(): void
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

/** Creates the eager part of a widget: launcher, rules and badge; the other parts are loaded when they are needed. */
export function createShell(options: WidgetOptions, loadPart: LoadPart): Widget {
  const controller = new AbortController()
  const { signal } = controller
  // Without a prototype, which somebody may have polluted.
  const wishes: WidgetOptions & Record<string, unknown> = { __proto__: null, ...options }
  const address = `${String(wishes.url).replace(/\/+$|\s/g, '')}/api/messaging/widget/${wishes.desk}/`
  const { emit, on, off } = createEmitter()
  let desk: PublicDesk | undefined
  let unavailable: Unavailable | undefined
  let app: AppHandle | undefined
  let visitor: Visitor | undefined
  /** Ends what was begun for one visitor. */
  let turn = new AbortController()
  let meeting: Promise<void> | undefined
  let isLoading = false
  let isOpen = /[?&](n|title|content|priority|c)=[^&]/.test(location.search)
  let isHidden = false
  let hasFailed = false
  let wasShown = false
  let unreadCount = 0
  let goal: Target | PageAddress | undefined = { href: location.href }
  let reported: UnavailableReason | undefined

  /** Tells the page and the console, once, why the widget or messaging in it is not there. */
  const report = (reason: UnavailableReason | undefined, rule?: string) => {
    unavailable = reason && { reason, rule }
    if (!unavailable || reason === reported) return
    reported = reason
    console.info('[helpdesk]', unavailable)
    emit('unavailable', unavailable)
  }
  const isNamed = () => namesOfVisitor(wishes).length > 0
  /** Begins for a visitor of whom nothing is known yet. */
  const begin = () => {
    turn.abort()
    turn = new AbortController()
    meeting = undefined
    isLoading = false
    if (!isNamed())
      watchUnread(
        address,
        () => localStorage.getItem(credentialsKey(wishes.desk)),
        (count) => app || shell.setUnread(count),
        turn.signal,
      )
    shell.setUnread(0)
    shell.setVisitor()
  }
  /** Finds out who the visitor is, if the page says something about that; `setVisitor` is called with the answer. */
  const meet = () => {
    if (isNamed())
      meeting ??= loadPart('identity')
        .then((module) => module.meet(shell, turn.signal))
        .catch(() => {
          meeting = undefined
        })
    return meeting
  }
  const load = async () => {
    const { signal } = turn
    if (isLoading || app || !desk) return
    isLoading = true
    try {
      const module = await loadPart('app')
      const handle = await module.mount(shell)
      if (signal.aborted) {
        handle.destroy()
        return
      }
      app = handle
    } catch (cause) {
      if (signal.aborted) return
      hasFailed = true
      emit('error', { code: 'network', cause })
    }
    isLoading = false
    draw()
  }
  /** Brings the page in line with the state. */
  const draw = () => {
    if (!desk || !document.body || signal.aborted) return
    host.attach()
    const known = shell.desk()
    const { showRules, hideRules } = known.widget
    const { visible, because, pattern } = decideVisibility(location.href, {
      show: showRules,
      hide: hideRules,
    })
    const isShown = visible && !isHidden
    const { isInline } = host
    isOpen = (isInline ? isShown : visible && isOpen) && !hasFailed
    if (isOpen) void load()
    dressLauncher(
      launcher,
      known,
      // An inline widget has none, unless it could not be loaded: then it is the way to try again.
      isShown && (hasFailed || (!isInline && wishes.launcher !== false)),
      hasFailed ? '!' : isOpen || !unreadCount ? '' : `${unreadCount}`,
    )
    launcher.ariaExpanded = `${isOpen && !!app}`
    launcher.ariaBusy = `${isOpen && !app}`
    app?.update(isOpen, goal)
    if (app) goal = undefined
    if (isShown !== wasShown) {
      wasShown = isShown
      emit('visibility:changed', { visible: isShown, because: isHidden ? 'page' : because, rule: pattern })
    }
    void meet()
    // Who is not known yet may be in order.
    if (visitor || !isNamed())
      report(visible ? (visitor?.refusal ?? whyNoMessages(known)) : 'hidden-by-rule', pattern)
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
  const identify = (who: PageIdentity | Identify = {}) => {
    for (const name of namesOfVisitor(wishes)) delete wishes[name]
    Object.assign(wishes, typeof who === 'function' ? { identify: who } : who)
    visitor?.isStill(wishes) || begin()
  }
  const host = createHost(wishes, draw, signal)
  const shell: Shell = {
    ...host,
    options: wishes,
    address,
    meet,
    get visitor() {
      return visitor
    },
    desk() {
      const known = desk as PublicDesk
      const widget: Record<string, unknown> = {}
      for (const name in known.widget) widget[name] = wishes[name as 'theme'] ?? known.widget[name as 'theme']
      return { ...known, ...visitor?.desk, widget: widget as PublicDesk['widget'] }
    },
    textOn: contrastText,
    emit,
    setUnread(count) {
      if (count === unreadCount) return
      unreadCount = count
      draw()
      emit('unread', { count })
    },
    setVisitor(next) {
      goal = app?.destroy() ?? goal
      app = undefined
      visitor = next
      draw()
    },
    refresh,
    close: () => setOpen(false),
  }
  const toggle = () => setOpen(!isOpen)
  const launcher = createLauncher(host.body, toggle, load)
  watchPage(draw, signal)
  addEventListener('online', () => desk || refresh(), { signal })
  begin()
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
    openTicket: (ticketNumber) => setOpen(true, { ticketNumber }),
    newTicket: (draft = {}) => setOpen(true, { draft }),
    openArticle: (article) => setOpen(true, { article }),
    search: (search) => setOpen(true, { search }),
    identify,
    logout() {
      visitor?.signOut()
      identify()
    },
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
      turn.abort()
      app?.destroy()
    },
  }
}
