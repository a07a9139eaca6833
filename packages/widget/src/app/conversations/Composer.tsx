import { useRef, useState } from 'preact/hooks'
import { AttachButton } from '../attachments/AttachButton.tsx'
import { DropHint } from '../attachments/DropHint.tsx'
import { PickedFiles } from '../attachments/PickedFiles.tsx'
import { whenUploaded } from '../attachments/uploads.ts'
import { useFileDrop } from '../attachments/use-file-drop.ts'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { LaterIcon } from '../ui/later-icons.tsx'
import { keepDraft } from './drafts.ts'
import { checkMessage } from './form-rules.ts'
import { sendReply, tellTyping } from './writing.ts'

const typingEveryMs = 3_000

/** Where the visitor writes on: Enter sends, Shift+Enter begins a new line. */
export function Composer({ id, hint }: { id: string; hint?: string }) {
  const model = useModel()
  const texts = useAllTexts()
  const { t } = texts
  const text = useStore((state) => state.drafts[id] ?? '')
  const hasFiles = useStore((state) => state.files[id]?.some((file) => file.state !== 'refused') ?? false)
  const takesFiles = useStore((state) => state.desk.widget.attachments)
  const [failure, setFailure] = useState<string>()
  const [isUploading, setUploading] = useState(false)
  const typedAt = useRef(0)
  const form = useRef<HTMLFormElement>(null)
  const isOver = useFileDrop(form, takesFiles ? id : undefined)
  const tooLong = text.trim() === '' ? undefined : checkMessage(text, texts)
  const problem = tooLong ?? failure
  const isEmpty = text.trim() === '' && !hasFiles

  const send = async () => {
    if (isEmpty || isUploading || tooLong) return
    setFailure(undefined)
    setUploading(true)
    const files = await whenUploaded(model, id)
    setUploading(false)
    if (!files) return setFailure(t('filesMissing'))
    typedAt.current = 0
    // What was typed while the files were on their way goes along.
    const body = model.store.get().drafts[id]?.trim() ?? ''
    if (body || files.length) sendReply(model, id, body, files.length ? files : undefined)
  }
  const onInput = (value: string) => {
    keepDraft(model, id, value)
    if (value.trim() === '' || Date.now() - typedAt.current < typingEveryMs) return
    typedAt.current = Date.now()
    tellTyping(model, id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter also ends the composition of a character.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void send()
  }
  return (
    <form
      ref={form}
      class={takesFiles ? 'composer takes-files' : 'composer'}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {(problem || hint) && (
        <p class={problem ? 'bad' : 'hint'} role={failure ? 'alert' : undefined}>
          {problem ?? hint}
        </p>
      )}
      {takesFiles && <PickedFiles place={id} />}
      {takesFiles && <AttachButton place={id} />}
      <div class="grow" data-text={text}>
        <textarea
          data-focus
          rows={1}
          value={text}
          aria-label={t('compose')}
          aria-invalid={tooLong !== undefined}
          placeholder={t('compose')}
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <button
        class="send"
        type="submit"
        aria-label={t(isUploading ? 'sending' : 'send')}
        aria-disabled={isEmpty || isUploading}
      >
        <LaterIcon name="send" />
      </button>
      {isOver && <DropHint />}
    </form>
  )
}
