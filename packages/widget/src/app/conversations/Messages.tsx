import type { ConversationWithMessages } from '@helpdesk/core/api'
import { useMemo, useRef, useState } from 'preact/hooks'
import { useModel, useStore, useTexts } from '../context.ts'
import { Icon } from '../ui/icons.tsx'
import { Bubble } from './Bubble.tsx'
import { entriesOf } from './entries.ts'
import { loadOlder } from './history.ts'
import { useBottom } from './use-bottom.ts'
import { useReadMark } from './use-read-mark.ts'

/** How close to the top the reader must be for older messages to be loaded. */
const nearTopPx = 80

interface MessagesProps {
  id: string
  thread: ConversationWithMessages | undefined
}

/** The messages of a conversation, oldest first, kept at the bottom as long as the reader is there. */
export function Messages({ id, thread }: MessagesProps) {
  const model = useModel()
  const { t } = useTexts()
  const outbox = useStore((state) => state.outbox)
  const typing = useStore((state) => (state.typing?.conversationId === id ? state.typing : null))
  const entries = useMemo(() => entriesOf(id, thread, outbox), [id, thread, outbox])
  const [isLoading, setLoading] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const last = entries.at(-1)
  const { isAtEnd, toEnd } = useBottom(list, end, `${last?.key} ${typing !== null}`, last?.isOwn ?? false)
  useReadMark(thread, isAtEnd)

  const older = async () => {
    if (isLoading || !thread?.olderMessages) return
    setLoading(true)
    await loadOlder(model, thread).catch(() => {})
    setLoading(false)
  }
  return (
    <div class="messages">
      <div
        class="scroll thread"
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard.
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t('message')}
        onScroll={(event) => event.currentTarget.scrollTop < nearTopPx && older()}
      >
        {thread?.olderMessages && (
          <button class="quiet" type="button" onClick={older} aria-disabled={isLoading}>
            {t(isLoading ? 'loading' : 'earlier')}
          </button>
        )}
        {entries.map((entry) => (
          <Bubble key={entry.key} entry={entry} />
        ))}
        {typing && (
          <p class="typing">
            <i />
            {t('typing', { name: typing.name ?? t('team') })}
          </p>
        )}
        <div ref={end} />
      </div>
      {!isAtEnd && (thread?.unreadCount ?? 0) > 0 && (
        <button class="newest" type="button" onClick={toEnd}>
          <Icon name="down" />
          {t('newest')}
        </button>
      )}
    </div>
  )
}
