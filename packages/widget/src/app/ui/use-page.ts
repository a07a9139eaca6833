import { useLayoutEffect, useState } from 'preact/hooks'

// Layout effects all through: what they leave is cleaned up at once when the widget is destroyed, and not after
// the next painting.

/** Whether an element is on the screen: not scrolled away, in the panel or with the page around it. */
export function useOnScreen(ref: { current: Element | null }): boolean {
  const [isOn, setOn] = useState(false)
  useLayoutEffect(() => {
    const observer = new IntersectionObserver((entries) => setOn(entries.at(-1)?.isIntersecting ?? false))
    if (ref.current) observer.observe(ref.current)
    return () => observer.disconnect()
  }, [ref])
  return isOn
}

/** Keeps a full-screen panel above the on-screen keyboard, which browsers lay over the page. */
export function useKeyboardRoom(ref: { current: HTMLElement | null }, isActive: boolean): void {
  useLayoutEffect(() => {
    const viewport = window.visualViewport
    const style = ref.current?.style
    if (!isActive || !viewport || !style) return
    const update = () => {
      style.setProperty('--top', `${viewport.offsetTop}px`)
      style.setProperty('--height', `${viewport.height}px`)
    }
    update()
    viewport.addEventListener('resize', update)
    viewport.addEventListener('scroll', update)
    return () => {
      viewport.removeEventListener('resize', update)
      viewport.removeEventListener('scroll', update)
      style.removeProperty('--top')
      style.removeProperty('--height')
    }
  }, [ref, isActive])
}
