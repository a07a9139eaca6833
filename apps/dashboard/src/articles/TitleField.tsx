import { limits } from '@helpdesk/core'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { words } from './editor-words.ts'
import type { TextDraft } from './text-draft.ts'

/** The title of an article, as large as readers see it; a long one goes over several lines. */
export function TitleField({ draft }: { draft: TextDraft }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const title = draft.title.value
  const fit = () => {
    if (!field.current) return
    field.current.style.height = 'auto'
    field.current.style.height = `${field.current.scrollHeight}px`
  }
  useLayoutEffect(fit, [title])
  // A narrower window takes more lines.
  useLayoutEffect(() => {
    const pane = field.current?.parentElement
    if (!pane || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(fit)
    observer.observe(pane)
    return () => observer.disconnect()
  }, [])
  return (
    <textarea
      ref={field}
      class="title-field"
      rows={1}
      aria-label={words.title}
      aria-invalid={title.trim() === '' ? true : undefined}
      placeholder={words.titlePlaceholder}
      maxLength={limits.title}
      lang={draft.locale}
      value={title}
      onInput={(event) => draft.set({ title: event.currentTarget.value.replace(/\s*\n\s*/g, ' ') })}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.isComposing) return
        event.preventDefault()
        document.querySelector<HTMLElement>('.editor .markdown-text')?.focus()
      }}
    />
  )
}
