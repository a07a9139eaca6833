import { useLayoutEffect, useRef } from 'preact/hooks'
import { useOnScreen } from '../ui/use-page.ts'

/**
 * Keeps a list at its end: when something is added there and the reader was at the end, or wrote it. What is
 * added at the top leaves the reader where they are.
 * @param newest changes when something is added at the end
 */
export function useBottom(
  list: { current: HTMLElement | null },
  end: { current: HTMLElement | null },
  newest: string,
  isOwn: boolean,
): { isAtEnd: boolean; toEnd: () => void } {
  const isAtEnd = useOnScreen(end)
  const before = useRef({ newest: '', height: 0, top: 0, wasAtEnd: true })
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const { height, top, wasAtEnd } = before.current
    const isNew = newest !== before.current.newest
    if (isNew && (wasAtEnd || isOwn)) element.scrollTop = element.scrollHeight
    // Browsers that do not anchor would jump to the top of what was loaded.
    else if (!isNew && element.scrollHeight > height && element.scrollTop === top) {
      element.scrollTop = top + element.scrollHeight - height
    }
    before.current = { ...before.current, newest, height: element.scrollHeight }
  })
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const note = () => {
      const { scrollTop: top, scrollHeight, clientHeight } = element
      before.current = { ...before.current, top, wasAtEnd: scrollHeight - top - clientHeight < 32 }
    }
    element.addEventListener('scroll', note, { passive: true })
    return () => element.removeEventListener('scroll', note)
  }, [list])
  return {
    isAtEnd,
    toEnd: () => list.current?.scrollTo({ top: list.current.scrollHeight }),
  }
}
