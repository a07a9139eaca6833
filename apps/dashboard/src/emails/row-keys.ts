import { useShortcuts } from '../ui/shortcuts.ts'

/** J and K, or the arrows inside it, move along the links of a list that are marked `data-row`. */
export function useRowKeys(list: { current: HTMLElement | null }): void {
  const move = (step: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])]
    const focused = links.indexOf(document.activeElement as HTMLAnchorElement)
    const next = focused < 0 ? links[0] : links[focused + step]
    next?.focus()
    next?.scrollIntoView?.({ block: 'nearest' })
    return links.length > 0
  }
  const arrow = (step: 1 | -1) => () => list.current?.contains(document.activeElement) === true && move(step)
  useShortcuts({ j: () => move(1), k: () => move(-1), ArrowDown: arrow(1), ArrowUp: arrow(-1) })
}
