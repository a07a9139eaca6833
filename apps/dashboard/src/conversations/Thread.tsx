import type { AgentMessage, InboxItem } from '@helpdesk/core/api'
import { useComputed } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useFreshFiles } from '../attachments/fresh-files.ts'
import { errorText } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { Icon } from '../ui/Icon.tsx'
import { formatDay } from '../ui/time.ts'
import { say } from '../ui/toasts.ts'
import { lastOfEmails, lastSeen, toEntries } from './entries.ts'
import type { Outbox, Outgoing } from './outbox.ts'
import { OutgoingEntry, ThreadEntry } from './ThreadEntry.tsx'
import type { Thread as ThreadState } from './thread.ts'
import { contactName, words } from './words.ts'

interface ThreadProps {
  thread: ThreadState
  item: InboxItem
  /** Gets a message that was not sent, to be written again. */
  onBack: (one: Outgoing) => void
}

/** The messages of a conversation, oldest first, with what is still on its way at the end. */
export function Thread({ thread, item, onBack }: ThreadProps) {
  const desk = useDesk()
  const outbox = desk.outbox(item.id)
  const messages = thread.messages.value
  useFreshFiles(thread)
  const outgoing = useUnanswered(thread, outbox, desk.agentId)
  const scroller = useRef<HTMLElement>(null)
  const { below, toEnd } = useScroll(scroller, thread, outgoing.length)
  const read = thread.contactRead.value
  const seenId = lastSeen(messages, read.seq)
  const lastOfEmail = lastOfEmails(messages)
  const contact = contactName(item.contact)
  return (
    <div class="thread-frame">
      <section
        ref={scroller}
        class="thread-scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={words.conversation.messages}
      >
        {thread.hasOlder.value && <OlderMessages thread={thread} />}
        <ol class="thread" aria-busy={thread.state.value === 'loading'}>
          {toEntries(messages).map((entry) =>
            entry.type === 'day' ? (
              <li key={entry.key} class="day">
                <span>{formatDay(entry.at)}</span>
              </li>
            ) : (
              <ThreadEntry
                key={entry.key}
                message={entry.message}
                agentId={desk.agentId}
                contact={contact}
                colleague={colleagueOf(entry.message, item)}
                first={entry.first}
                last={entry.last}
                seen={entry.key === seenId ? read : null}
                lastOfEmail={lastOfEmail.has(entry.key)}
              />
            ),
          )}
          {outgoing.map((one) => (
            <OutgoingEntry
              key={one.key}
              item={one}
              onRetry={() => outbox.retry(one.key)}
              onDiscard={() => {
                outbox.discard(one.key)
                onBack(one)
              }}
            />
          ))}
        </ol>
        <ContactTyping thread={thread} name={contact} />
      </section>
      {below && (
        <button type="button" class="button new-below" onClick={toEnd}>
          <Icon name="forward" />
          {words.conversation.newBelow}
        </button>
      )}
    </div>
  )
}

/** What to say of an author who is another user of the contact's client. */
function colleagueOf({ author }: AgentMessage, { contact, client }: InboxItem): string | null {
  const own = author.id === null || author.id === contact.id || author.name === contact.name
  if (author.type !== 'contact' || own || !client) return null
  return words.conversation.alsoOf(client.name ?? words.details.client)
}

/** What is on its way and does not yet stand in the thread: the stream may be faster than the answer. */
function useUnanswered(thread: ThreadState, outbox: Outbox, agentId: string): readonly Outgoing[] {
  return useComputed(() =>
    outbox.items.value.filter(
      (one) =>
        !thread.messages.value.some(
          (message) =>
            one.state === 'sending' &&
            message.author.id === agentId &&
            message.body === one.body &&
            message.attachments.length === one.files.length &&
            message.seq > one.afterSeq,
        ),
    ),
  ).value
}

function ContactTyping({ thread, name }: { thread: ThreadState; name: string }) {
  const typist = thread.typists.value.find((one) => one.by === 'contact')
  return (
    <p class="typing" role="status">
      {typist && (
        <>
          <span class="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {words.conversation.typing(typist.name ?? name)}
        </>
      )}
    </p>
  )
}

function OlderMessages({ thread }: { thread: ThreadState }) {
  const mark = useRef<HTMLDivElement>(null)
  const loading = thread.loadingOlder.value
  const load = () => thread.loadOlder().catch((error: unknown) => say(errorText(error), { tone: 'danger' }))
  useEffect(() => {
    if (!mark.current || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void load()
    })
    observer.observe(mark.current)
    return () => observer.disconnect()
  }, [thread, loading])
  return (
    <div ref={mark} class="older">
      {loading ? (
        <span class="soft">{words.conversation.loadingOlder}</span>
      ) : (
        <button type="button" class="button quiet" onClick={load}>
          {words.conversation.older}
        </button>
      )}
    </div>
  )
}

const nearEndPx = 120

/** Keeps the end in sight while one is there, keeps one's place while one is not. */
function useScroll(scroller: { current: HTMLElement | null }, thread: ThreadState, outgoing: number) {
  const [below, setBelow] = useState(false)
  const place = useRef({ first: '', last: '', height: 0, atEnd: true, outgoing: 0 })
  const messages = thread.messages.value
  const [first, last] = [messages[0]?.id ?? '', messages.at(-1)?.id ?? '']
  const toEnd = () => {
    const box = scroller.current
    if (box) box.scrollTop = box.scrollHeight
    setBelow(false)
  }
  const keepEnd = () => {
    if (place.current.atEnd) toEnd()
  }
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const onScroll = () => {
      place.current.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPx
      place.current.height = box.scrollHeight
      if (place.current.atEnd) setBelow(false)
    }
    box.addEventListener('scroll', onScroll, { passive: true })
    // The composer grows with its files, pictures come late: the end stays in sight all the same.
    const resized = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(keepEnd)
    for (const element of [box, box.querySelector('.thread')]) if (element) resized?.observe(element)
    return () => {
      box.removeEventListener('scroll', onScroll)
      resized?.disconnect()
    }
  }, [])
  useLayoutEffect(() => {
    const box = scroller.current
    const before = place.current
    if (!box) return
    const prepended = before.first !== '' && before.first !== first && before.last === last
    if (prepended) box.scrollTop += box.scrollHeight - before.height
    else if (before.atEnd || outgoing > before.outgoing) toEnd()
    else if (before.last !== last) setBelow(true)
    place.current = {
      first,
      last,
      outgoing,
      height: box.scrollHeight,
      atEnd: before.atEnd || outgoing > before.outgoing,
    }
  })
  return { below, toEnd }
}
