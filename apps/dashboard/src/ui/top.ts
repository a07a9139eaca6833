import type { Ref } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** For a page that shows one thing after the other: each begins at its top, however far down the one before was read. */
export function useTop<E extends HTMLElement>(shown: string): Ref<E> {
  const page = useRef<E>(null)
  useLayoutEffect(() => {
    if (page.current) page.current.scrollTop = 0
  }, [shown])
  return page
}
