import type { ConversationWithMessages } from '@helpdesk/core/api'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useModel, useStore } from '../context.ts'
import { markRead } from './reading.ts'
import { newestSeq } from './threads.ts'

/**
 * Tells the desk that a conversation has been read, only when that is so: the panel is open, the page is looked
 * at, and the newest message is on the screen.
 */
export function useReadMark(thread: ConversationWithMessages | undefined, isAtEnd: boolean): void {
  const model = useModel()
  const isOpen = useStore((state) => state.isOpen)
  const connection = useStore((state) => state.connection)
  const isPageVisible = useStore((state) => state.isPageVisible)
  const asked = useRef(0)
  const seq = newestSeq(thread)
  const isUnread = (thread?.unreadCount ?? 0) > 0
  const id = thread?.id
  useLayoutEffect(() => {
    if (!id || !isOpen || !isPageVisible || !isAtEnd || !isUnread || asked.current >= seq) return
    asked.current = seq
    void markRead(model, id, seq).then((isKnown) => {
      if (!isKnown) asked.current = 0
    })
  }, [model, id, isOpen, isPageVisible, isAtEnd, isUnread, seq, connection])
}
