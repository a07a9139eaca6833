import { effect } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client } from '../client.ts'
import type { OpenDesk } from '../desks/open-desk.ts'
import { pageVisible } from '../ui/visibility.ts'
import type { Thread } from './thread.ts'

/** Tells the desk what has been seen: what stands in an open conversation while the page is visible. */
export function followReading(desk: OpenDesk, thread: Thread): () => void {
  let told = 0
  return effect(() => {
    const last = thread.messages.value.at(-1)?.seq ?? 0
    const unread = desk.inbox.item(thread.id)?.unread
    if (!pageVisible.value || !unread || last <= told) return
    const before = told
    told = last
    withSession(() => client.conversations.markRead(desk.id, thread.id, last))
      .then(() => desk.inbox.patch(thread.id, { unread: false }))
      .catch(() => {
        // Told again with the next message or the next look.
        told = before
      })
  })
}
