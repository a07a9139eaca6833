import { limits } from '@helpdesk/core'
import { words } from './editor-words.ts'
import type { TextDraft } from './text-draft.ts'

/** The title of an article, as large as readers see it. */
export function TitleField({ draft }: { draft: TextDraft }) {
  const title = draft.title.value
  return (
    <input
      class="title-field"
      aria-label={words.title}
      aria-invalid={title.trim() === '' ? true : undefined}
      placeholder={words.titlePlaceholder}
      maxLength={limits.title}
      lang={draft.locale}
      value={title}
      onInput={(event) => draft.set({ title: event.currentTarget.value })}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.isComposing) return
        event.preventDefault()
        document.querySelector<HTMLElement>('.editor .markdown-text')?.focus()
      }}
    />
  )
}
