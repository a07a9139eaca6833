import { own, readScriptOptions } from './options.ts'
import { createShell, type Widget } from './widget.ts'

/** The hashes in the names of the built parts, put in by the build. */
declare const PART_HASHES: { app: string; identity: string }

type Ready = (widget: Widget) => void

const script = document.currentScript
const before = own(window, 'Helpdesk')
const queue: Ready[] = Array.isArray(before) ? before : []
const first = before === queue ? undefined : before

// An image or a form named `currentScript` is not our script.
if (script instanceof HTMLScriptElement) {
  const options = readScriptOptions(script)
  const widgets = (first ? own(first, 'widgets') : { __proto__: null }) as Record<string, Widget> | undefined
  // With this desk's widget there already, the script was run again by a framework that swaps the body. Without
  // widgets, the name is taken by somebody else.
  if (widgets && !widgets[options.desk]) {
    const widget = createShell(
      options,
      (name: 'app' | 'identity') =>
        import(`${new URL(`widget/${name}-${PART_HASHES[name]}.js`, script.src)}`),
    )
    const push = (ready: Ready) => queueMicrotask(() => ready(widget))
    widgets[options.desk] = widget
    if (!first) Object.assign(window, { Helpdesk: Object.assign(widget, { push, widgets }) })
    queue.forEach(push)
  }
}
