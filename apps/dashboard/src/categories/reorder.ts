import type { RefObject } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { announce } from '../ui/toasts.ts'

/** A list whose items are moved with a handle, by pointer or by the arrow keys. */
export interface Reorder {
  readonly list: RefObject<HTMLOListElement | null>
  /** The order as it looks right now. */
  readonly ids: readonly string[]
  /** The item that is being dragged. */
  readonly dragged: string | null
  /** What the handle of an item listens to. */
  handle(id: string): {
    onKeyDown: (event: KeyboardEvent) => void
    onPointerDown: (event: PointerEvent) => void
    onPointerMove: (event: PointerEvent) => void
    onPointerUp: () => void
    onPointerCancel: () => void
  }
}

/** The order after an item has gone to a place. */
export function moved(ids: readonly string[], id: string, to: number): string[] {
  const others = ids.filter((one) => one !== id)
  return [...others.slice(0, to), id, ...others.slice(to)]
}

/**
 * Lets a list be put in order.
 * @param saved the order as it is kept
 * @param save keeps a new order; until it has answered the list shows the new one
 * @param describe says where an item is now, for screen readers; places count from 1
 */
export function useReorder(
  saved: readonly string[],
  save: (ids: readonly string[]) => Promise<void>,
  describe: (id: string, place: number) => string,
): Reorder {
  const list = useRef<HTMLOListElement>(null)
  const [drag, setDrag] = useState<{ id: string; ids: readonly string[] } | null>(null)
  const ids = drag?.ids ?? saved

  const drop = () => {
    if (!drag) return
    setDrag(null)
    if (drag.ids.join() === saved.join()) return
    announce(describe(drag.id, drag.ids.indexOf(drag.id) + 1))
    void save(drag.ids)
  }

  const step = (id: string, by: 1 | -1) => {
    const to = saved.indexOf(id) + by
    if (to < 0 || to >= saved.length) return
    void save(moved(saved, id, to))
    announce(describe(id, to + 1))
    // The row has gone elsewhere in the document; the focus goes with it.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-id="${id}"] button`)?.focus())
  }

  return {
    list,
    ids,
    dragged: drag?.id ?? null,
    handle: (id) => ({
      onKeyDown(event) {
        const by = ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key as 'ArrowUp']
        if (!by) {
          if (event.key === 'Escape' && drag) setDrag(null)
          return
        }
        event.preventDefault()
        step(id, by)
      },
      onPointerDown(event) {
        if (event.button !== 0) return
        const handle = event.currentTarget as HTMLElement
        handle.setPointerCapture?.(event.pointerId)
        setDrag({ id, ids: saved })
      },
      onPointerMove(event) {
        if (drag?.id !== id) return
        const others = [...(list.current?.children ?? [])].filter(
          (row) => (row as HTMLElement).dataset.id !== id,
        )
        const above = others.filter((row) => {
          const { top, height } = row.getBoundingClientRect()
          return top + height / 2 < event.clientY
        })
        const next = moved(drag.ids, id, above.length)
        if (next.join() !== drag.ids.join()) setDrag({ id, ids: next })
      },
      onPointerUp: drop,
      onPointerCancel: () => setDrag(null),
    }),
  }
}
