import type { InboxItem } from '@helpdesk/core/api'
import { computed } from '@preact/signals'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { me } from '../agents/session.ts'
import { errorText } from '../client.ts'
import { type OpenDesk, useDesk } from '../desks/open-desk.ts'
import { HeldBanner } from '../emails/HeldBanner.tsx'
import { navigate } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { words as uiWords } from '../ui/words.ts'
import { mayAnswer, toggleMine, toggleResolved } from './actions.ts'
import { Composer, type ComposerHandle } from './Composer.tsx'
import { ConversationHeader } from './ConversationHeader.tsx'
import { Details } from './Details.tsx'
import { followReading } from './read-marks.ts'
import { Thread } from './Thread.tsx'
import type { Thread as ThreadState } from './thread.ts'
import type { ViewKey } from './views.ts'
import { words } from './words.ts'

interface ConversationProps {
  id: string
  view: ViewKey
}

/** The right pane: one conversation, its composer and what is known of the contact. */
export function Conversation({ id, view }: ConversationProps) {
  const desk = useDesk()
  const thread = useMemo(() => desk.thread(id), [desk, id])
  useEffect(() => {
    void thread.load()
    return followReading(desk, thread)
  }, [desk, thread])
  const row = useMemo(() => computed(() => desk.inbox.item(id)), [desk, id])
  const item = row.value
  const state = thread.state.value
  if (!item || state === 'missing' || state === 'failed') return <Unshown thread={thread} />
  return <Shown desk={desk} thread={thread} item={item} view={view} />
}

interface ShownProps {
  desk: OpenDesk
  thread: ThreadState
  item: InboxItem
  view: ViewKey
}

function Shown({ desk, thread, item, view }: ShownProps) {
  const composer = useRef<ComposerHandle>(null)
  const [details, setDetails] = useState(false)
  const close = () => {
    navigate({ page: 'messages', deskId: desk.id, view, conversationId: null })
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`a.row[data-id="${item.id}"]`)?.focus())
  }
  const may = mayAnswer(desk.settings.value?.role)
  const back = () => (details ? setDetails(false) : close())
  const toProperty = (name: string) => {
    const pane = document.querySelector('.details')
    if (pane && getComputedStyle(pane).visibility === 'hidden') setDetails(true)
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-property="${name}"]`)?.focus())
  }
  useConversationKeys({ desk, item, may, composer, back, toProperty })
  const heading = `conversation-${item.id}`
  return (
    <section
      class={details ? 'conversation-pane with-details' : 'conversation-pane'}
      aria-labelledby={heading}
    >
      <div class="conversation-main">
        <ConversationHeader
          item={item}
          view={view}
          headingId={heading}
          details={details}
          onDetails={() => setDetails(!details)}
        />
        <HeldBanner conversationId={item.id} />
        <Thread thread={thread} item={item} onBack={(one) => composer.current?.takeBack(one)} />
        {may ? (
          <Composer ref={composer} thread={thread} item={item} />
        ) : (
          <p class="composer-viewer notice">
            <Icon name="eye" />
            {words.composer.viewer}
          </p>
        )}
      </div>
      <Details thread={thread} item={item} view={view} onClose={() => setDetails(false)} />
    </section>
  )
}

interface Keys {
  desk: OpenDesk
  item: InboxItem
  may: boolean
  composer: { current: ComposerHandle | null }
  back: () => void
  toProperty: (name: 'priority' | 'category') => void
}

function useConversationKeys({ desk, item, may, composer, back, toProperty }: Keys): void {
  const act = (work: () => void) => () => {
    if (!may) return false
    work()
  }
  useShortcuts({
    r: act(() => composer.current?.write('reply')),
    n: act(() => composer.current?.write('note')),
    e: act(() => void toggleResolved(desk, item)),
    a: act(() => {
      const agent = me.peek()
      if (agent) void toggleMine(desk, item, agent)
    }),
    p: act(() => toProperty('priority')),
    c: act(() => toProperty('category')),
    Escape: back,
  })
}

/** Nothing of the conversation is known: it loads, it is not there, or loading failed. */
function Unshown({ thread }: { thread: ThreadState }) {
  const state = thread.state.value
  return (
    <section
      class="conversation-pane none"
      aria-label={words.conversation.label}
      aria-busy={state === 'loading'}
    >
      {state === 'missing' && (
        <div class="empty">
          <h2>{words.conversation.missing}</h2>
          <p>{words.conversation.missingText}</p>
        </div>
      )}
      {state === 'failed' && (
        <div class="empty" role="alert">
          <h2>{words.conversation.failed}</h2>
          <p>{errorText(thread.error.value)}</p>
          <button type="button" class="button outline" onClick={() => thread.load()}>
            <Icon name="retry" />
            {uiWords.tryAgain}
          </button>
        </div>
      )}
    </section>
  )
}
