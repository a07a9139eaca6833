import { useShortcuts } from '../ui/shortcuts.ts'

const rowLinks = (within: ParentNode) => [...within.querySelectorAll<HTMLAnchorElement>('a[data-row]')]

/** The focus goes from a row that is about to vanish to the one after it, else to the one before. */
export function leaveRow(row: HTMLElement | null): void {
  const { activeElement } = document
  // A button that was pressed has lost the focus already when it is out of reach.
  if (!row || (activeElement !== document.body && !row.contains(activeElement))) return
  const links = rowLinks(document)
  const own = links.findIndex((link) => row.contains(link))
  ;(links[own + 1] ?? links[own - 1])?.focus()
}

/** J and K, or the arrows inside it, move along the links of a list that are marked `data-row`. */
export function useRowKeys(list: { current: HTMLElement | null }): void {
  const move = (step: 1 | -1) => {
    const links = list.current ? rowLinks(list.current) : []
    const focused = links.indexOf(document.activeElement as HTMLAnchorElement)
    const next = focused < 0 ? links[0] : links[focused + step]
    next?.focus()
    next?.scrollIntoView?.({ block: 'nearest' })
    return links.length > 0
  }
  const arrow = (step: 1 | -1) => () => list.current?.contains(document.activeElement) === true && move(step)
  useShortcuts({ j: () => move(1), k: () => move(-1), ArrowDown: arrow(1), ArrowUp: arrow(-1) })
}
