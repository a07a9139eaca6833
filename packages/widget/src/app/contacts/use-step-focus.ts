import { useLayoutEffect } from 'preact/hooks'

/** Moves the focus to a step that takes the place of another one, whose button was pressed and is gone. */
export function useStepFocus(form: { current: HTMLElement | null }, isNext: boolean): void {
  useLayoutEffect(() => {
    if (!isNext) return
    // On a touch screen a focused field would bring the keyboard up over what is to be read.
    const wanted = matchMedia('(pointer: fine)').matches ? '[data-focus=true]' : 'p'
    form.current?.querySelector<HTMLElement>(wanted)?.focus({ preventScroll: true })
  }, [form, isNext])
}
