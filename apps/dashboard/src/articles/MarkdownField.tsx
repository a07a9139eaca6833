import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { filesOf } from '../attachments/picking.ts'
import { useDesk } from '../desks/open-desk.ts'
import { Icon } from '../ui/Icon.tsx'
import { announce } from '../ui/toasts.ts'
import { words as uiWords } from '../ui/words.ts'
import { words } from './editor-words.ts'
import { createImageUploads, type ImageUploads } from './image-uploads.ts'
import { applied, block, type Edit, type EditMaker, nextLine } from './markdown-edits.ts'
import { keyActions, Toolbar } from './Toolbar.tsx'
import type { TextDraft } from './text-draft.ts'

interface FieldProps {
  draft: TextDraft
  onScrolled: (part: number) => void
}

/** The text field of an article with its tools; images come by choosing, dropping and pasting. */
export function MarkdownField({ draft, onScrolled }: FieldProps) {
  const desk = useDesk()
  const field = useRef<HTMLTextAreaElement>(null)
  const act = (make: EditMaker) => {
    const at = field.current
    if (at) perform(at, make(at.value, at.selectionStart, at.selectionEnd), draft)
  }
  const uploads = useMemo(
    () =>
      createImageUploads(desk.id, (markdown, name) => {
        act(block(markdown))
        announce(words.images.inserted(name))
      }),
    [desk, draft],
  )
  useEffect(() => () => uploads.close(), [uploads])
  const { over, handlers } = useImageDrop(uploads)
  return (
    <div class={over ? 'markdown dropping' : 'markdown'} {...handlers}>
      <Toolbar onAct={act} onImages={(files) => uploads.add(files)} />
      <textarea
        ref={field}
        class="markdown-text"
        aria-label={words.text}
        placeholder={words.textPlaceholder}
        lang={draft.locale}
        dir="auto"
        spellcheck
        value={draft.markdown.value}
        onInput={(event) => draft.set({ markdown: event.currentTarget.value })}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
          onScrolled(scrollHeight > clientHeight ? scrollTop / (scrollHeight - clientHeight) : 0)
        }
        onKeyDown={(event) => {
          if (event.isComposing) return
          const action = keyActions(event)
          if (action) {
            event.preventDefault()
            return act(action)
          }
          if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)
            return
          const { value, selectionStart, selectionEnd } = event.currentTarget
          const edit = nextLine(value, selectionStart, selectionEnd)
          if (!edit) return
          event.preventDefault()
          perform(event.currentTarget, edit, draft)
        }}
        onPaste={(event) => {
          const files = filesOf(event.clipboardData)
          if (files.length === 0) return
          event.preventDefault()
          uploads.add(files)
        }}
      />
      {over && (
        <p class="drop-hint">
          <Icon name="image" />
          {words.images.drop}
        </p>
      )}
      <Uploading uploads={uploads} />
    </div>
  )
}

/** Does it the way typing does, so that Ctrl+Z takes it back; where the browser will not, the text is set. */
function perform(field: HTMLTextAreaElement, edit: Edit, draft: TextDraft): void {
  const before = field.value
  field.focus()
  field.setSelectionRange(edit.from, edit.to)
  const typed = document.execCommand?.(edit.text === '' ? 'delete' : 'insertText', false, edit.text) ?? false
  if (!typed || field.value !== applied(before, edit)) field.value = applied(before, edit)
  draft.set({ markdown: field.value })
  field.setSelectionRange(edit.start, edit.end)
}

function useImageDrop(uploads: ImageUploads) {
  const [over, setOver] = useState(false)
  const hasFiles = (event: DragEvent) => [...(event.dataTransfer?.types ?? [])].includes('Files')
  return {
    over,
    handlers: {
      onDragOver(event: DragEvent) {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave(event: DragEvent) {
        if (!(event.currentTarget as Element).contains(event.relatedTarget as Node | null)) setOver(false)
      },
      onDrop(event: DragEvent) {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(false)
        uploads.add([...(event.dataTransfer?.files ?? [])])
      },
    },
  }
}

function Uploading({ uploads }: { uploads: ImageUploads }) {
  const items = uploads.items.value
  if (items.length === 0) return null
  return (
    <ul class="image-uploads">
      {items.map(({ id, name, sent, problem }) => (
        <li key={id} class={problem ? 'failed' : undefined}>
          <Icon name={problem ? 'warning' : 'image'} />
          <span class="ellipsis" role={problem ? 'alert' : undefined}>
            {problem ? `${name}: ${problem}` : words.images.sending(name, Math.round(sent * 100))}
          </span>
          {!problem && <progress aria-label={name} value={sent} max={1} />}
          <button
            type="button"
            class="button quiet icon"
            aria-label={problem ? words.images.dismiss(name) : words.images.cancel(name)}
            title={problem ? uiWords.dismiss : uiWords.cancel}
            onClick={() => uploads.remove(id)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  )
}
