import type { InboxItem } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { client, errorText } from '../client.ts'
import { StatusIcon } from '../conversations/StatusIcon.tsx'
import type { ViewKey } from '../conversations/views.ts'
import { contactName, words as conversationWords, firstWords } from '../conversations/words.ts'
import { type OpenDesk, useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { useAnswer } from '../ui/answer.ts'
import { formatAge, formatFull } from '../ui/time.ts'
import { say } from '../ui/toasts.ts'
import { words as uiWords } from '../ui/words.ts'
import { words } from './words.ts'

interface OthersProps {
  title: string
  /** Whose: a contact's, or a client's without that contact. */
  of: { contact: string } | { client: string; without: string }
  /** The conversation that is open. */
  openId: string
  view: ViewKey
}

const w = words.earlier
const pageSize = '8'

/** The other conversations of a contact or of its client, newest activity first. */
export function OtherConversations({ title, of, openId, view }: OthersProps) {
  const desk = useDesk()
  const query = 'contact' in of ? { contact: of.contact } : { client: of.client }
  const [loading, setLoading] = useState(false)
  const page = useAnswer(`${desk.id}/${JSON.stringify(query)}`, () => load(desk, query, null))
  const cursor = page.value?.nextCursor
  const more = async () => {
    if (!cursor || loading) return
    setLoading(true)
    try {
      page.put(await withSession(() => load(desk, query, cursor)))
    } catch (error) {
      say(errorText(error), { tone: 'danger' })
    } finally {
      setLoading(false)
    }
  }
  const rows = desk.inbox.known.value.filter((item) => belongs(item, of) && item.id !== openId)
  return (
    <section aria-label={title}>
      <h3 class="details-heading">{title}</h3>
      {page.error ? (
        <p class="soft others-none" role="alert">
          {w.failed}{' '}
          <button type="button" class="link-button" onClick={page.reload}>
            {uiWords.tryAgain}
          </button>
        </p>
      ) : (
        rows.length === 0 && <p class="soft others-none">{page.loading ? uiWords.loading : w.none}</p>
      )}
      <ul class="others">
        {rows.map((item) => (
          <OtherRow key={item.id} item={item} view={view} withContact={'client' in of} />
        ))}
      </ul>
      {cursor && (
        <button type="button" class="button quiet small-action" disabled={loading} onClick={more}>
          {w.more}
        </button>
      )}
    </section>
  )
}

function belongs(item: InboxItem, of: OthersProps['of']): boolean {
  if ('contact' in of) return item.contact.id === of.contact
  return item.client?.id === of.client && item.contact.id !== of.without
}

/** What comes is put with all that is known of the desk, where the stream keeps it right. */
async function load(desk: OpenDesk, query: { contact: string } | { client: string }, cursor: string | null) {
  const page = await client.conversations.list(desk.id, {
    ...query,
    limit: pageSize,
    ...(cursor ? { cursor } : {}),
  })
  for (const item of page.conversations) desk.inbox.put(item, page.eventSeq)
  return page
}

function OtherRow({ item, view, withContact }: { item: InboxItem; view: ViewKey; withContact: boolean }) {
  const desk = useDesk()
  const to = { page: 'messages', deskId: desk.id, view, conversationId: item.id } as const
  return (
    <li>
      <a class="other" href={href(to)}>
        <StatusIcon status={item.status} />
        <span class="ellipsis">{firstWords(item)}</span>
        <span class="soft other-meta">
          <span class="numeric">#{item.number}</span>
          {withContact && <span class="ellipsis">{contactName(item.contact)}</span>}
          <time dateTime={item.lastMessageAt} title={formatFull(item.lastMessageAt)}>
            {formatAge(item.lastMessageAt)}
          </time>
          {item.unread && <span class="hidden-visually">{conversationWords.unread}</span>}
        </span>
      </a>
    </li>
  )
}
