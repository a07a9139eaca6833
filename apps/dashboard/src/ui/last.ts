import { useRef } from 'preact/hooks'

/** A value, or the last one there was, so that what is shown does not flicker while the next one is asked for. */
export function useLast<V>(value: V | undefined): V | undefined {
  const last = useRef(value)
  if (value !== undefined) last.current = value
  return last.current
}
