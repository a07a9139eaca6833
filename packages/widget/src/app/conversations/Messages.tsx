import type { ConversationWithMessages } from '@helpdesk/core/api'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { LaterIcon } from '../ui/later-icons.tsx'
import { useOnScreen } from '../ui/use-page.ts'
import { Bubble } from './Bubble.tsx'
import { entriesOf } from './entries.ts'
import { loadOlder } from './reading.ts'
import { useReadMark } from './use-read-mark.ts'

/** How close to the top the reader must be for older messages to be loaded. */
const nearTopPx = 80

/**
 * The messages of a conversation, oldest first. The list is laid out from its end, so that it stays there when
 * something is added below, and in its place when something is added above.
 */
export function Messages({ id, thread }: { id: string; thread: ConversationWithMessages | undefined }) {
  const { t } = useAllTexts()
  const outbox = useStore((state) => state.outbox)
  const typing = useStore((state) => (state.typing?.conversationId === id ? state.typing : null))
  const entries = entriesOf(id, thread, outbox)
  const list = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const isAtEnd = useOnScreen(end)
  const older = useOlder(thread)
  const toEnd = () => {
    if (list.current) list.current.scrollTop = 0
  }
  const last = entries.at(-1)
  useReadMark(thread, isAtEnd)
  useLayoutEffect(() => {
    if (last?.isOwn) toEnd()
  }, [last?.key])

  return (
    <div class="messages">
      <div
        class="scroll thread"
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard.
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t('conversations')}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          if (scrollHeight + scrollTop - clientHeight < nearTopPx) older.load()
        }}
      >
        <div class="run">
          {thread?.olderMessages && (
            <button class="quiet" type="button" onClick={older.load} aria-disabled={older.isLoading}>
              {t(older.isLoading ? 'loading' : 'earlier')}
            </button>
          )}
          {entries.map((entry) => (
            <Bubble key={entry.key} entry={entry} conversationId={thread?.id} />
          ))}
          {typing && <p class="typing">{t('typing', { name: typing.name ?? t('team') })}</p>}
          <div ref={end} />
        </div>
      </div>
      {!isAtEnd && (thread?.unreadCount ?? 0) > 0 && (
        <button class="newest" type="button" onClick={toEnd}>
          <LaterIcon name="down" />
          {t('newest')}
        </button>
      )}
    </div>
  )
}

function useOlder(thread: ConversationWithMessages | undefined) {
  const model = useModel()
  const [isLoading, setLoading] = useState(false)
  const load = async () => {
    if (isLoading || !thread?.olderMessages) return
    setLoading(true)
    // What cannot be loaded now is asked for again by the button.
    await loadOlder(model, thread).catch(() => {})
    setLoading(false)
  }
  return { load, isLoading }
}
