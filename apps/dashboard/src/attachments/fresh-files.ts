import { useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Thread } from '../conversations/thread.ts'
import { now } from '../ui/time.ts'
import { pageVisible } from '../ui/visibility.ts'
import { fileUrl } from './MessageFiles.tsx'

/** Asked for again this long before the first address expires. */
const aheadMs = 5 * 60_000
const pauseMs = 60_000

/** When an address of a file expires, in milliseconds; never when it does not say. */
function expiryOf(url: string): number {
  const seconds = Number(new URL(fileUrl(url)).searchParams.get('expires'))
  return seconds > 0 ? seconds * 1000 : Number.POSITIVE_INFINITY
}

/** Keeps the addresses of a thread's files from expiring as long as somebody looks at it. */
export function useFreshFiles(thread: Thread): void {
  const asked = useRef(0)
  useSignalEffect(() => {
    const at = now.value
    const urls = thread.messages.value.flatMap((message) => message.attachments.map((file) => file.url))
    if (!pageVisible.value || at - asked.current < pauseMs) return
    if (!urls.some((url) => expiryOf(url) < at + aheadMs)) return
    asked.current = at
    // Tried again a minute later.
    thread.renew().catch(() => undefined)
  })
}
