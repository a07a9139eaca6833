import { own, readScriptOptions } from './options.ts'
import { createShell, type Widget } from './widget.ts'

/** The file name of the built application, put in by the build. */
declare const APP_FILE: string

type Ready = (widget: Widget) => void

const script = document.currentScript
const before = own(window, 'Helpdesk')
const queue: Ready[] = Array.isArray(before) ? before : []

// An image or a form named `currentScript` is not our script. With a widget there already, the script is on
// the page twice, or was run again by a framework that swaps the body.
if (script instanceof HTMLScriptElement && (!before || before === queue)) {
  const widget = createShell(
    readScriptOptions(script),
    () => import(`${new URL('widget/', script.src)}${APP_FILE}`),
  )
  const push = (ready: Ready) => queueMicrotask(() => ready(widget))
  Object.assign(window, { Helpdesk: Object.assign(widget, { push }) })
  queue.forEach(push)
}
