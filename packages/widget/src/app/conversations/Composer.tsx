import { useRef } from 'preact/hooks'
import { useModel, useStore, useTexts } from '../context.ts'
import { Icon } from '../ui/icons.tsx'
import { keepDraft } from './drafts.ts'
import { checkMessage } from './form-rules.ts'
import { sendReply, tellTyping } from './sending.ts'

const typingEveryMs = 3_000

/** Where the visitor writes on: Enter sends, Shift+Enter begins a new line. */
export function Composer({ id, hint }: { id: string; hint?: string }) {
  const model = useModel()
  const texts = useTexts()
  const { t } = texts
  const text = useStore((state) => state.drafts[id] ?? '')
  const typedAt = useRef(0)
  const problem = text.trim() === '' ? undefined : checkMessage(text, texts)

  const send = () => {
    if (checkMessage(text, texts)) return
    typedAt.current = 0
    sendReply(model, id, text.trim())
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
    send()
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {(problem || hint) && <p class={problem ? 'bad' : 'hint'}>{problem ?? hint}</p>}
      <div class="grow" data-text={text}>
        <textarea
          data-focus
          rows={1}
          value={text}
          aria-label={t('compose')}
          aria-invalid={problem !== undefined}
          placeholder={t('compose')}
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <button class="send" type="submit" aria-label={t('send')} aria-disabled={text.trim() === ''}>
        <Icon name="send" />
      </button>
    </form>
  )
}
