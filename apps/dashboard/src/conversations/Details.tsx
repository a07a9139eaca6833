import type { InboxItem } from '@helpdesk/core/api'
import { ClientPanel } from '../contacts/ClientPanel.tsx'
import { ContactPanel } from '../contacts/ContactPanel.tsx'
import { OtherConversations } from '../contacts/OtherConversations.tsx'
import { words as contactWords } from '../contacts/words.ts'
import { useDesk } from '../desks/open-desk.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Fact, ForeignLink } from '../ui/Fact.tsx'
import { Icon } from '../ui/Icon.tsx'
import { formatFull, formatMoment } from '../ui/time.ts'
import { words as uiWords } from '../ui/words.ts'
import { mayAnswer } from './actions.ts'
import { Properties } from './Properties.tsx'
import { PublicLink } from './PublicLink.tsx'
import type { Thread } from './thread.ts'
import type { ViewKey } from './views.ts'
import { browserText, words } from './words.ts'

const d = words.details

interface DetailsProps {
  thread: Thread
  item: InboxItem
  view: ViewKey
  onClose: () => void
}

/** Beside the thread: what the team says of it, who the contact is, and the conversation's own facts. */
export function Details({ thread, item, view, onClose }: DetailsProps) {
  const desk = useDesk()
  const detail = thread.detail.value
  const may = mayAnswer(desk.settings.value?.role)
  return (
    <aside class="details" aria-label={d.title}>
      <header class="pane-header details-header">
        <h2>{d.title}</h2>
        <button type="button" class="button quiet icon" aria-label={uiWords.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {detail && (
        <div class="details-scroll">
          <Properties item={item} may={may} />
          <ContactPanel contact={detail.contact} onChanged={() => void thread.load()} />
          {detail.contact.client && <ClientPanel client={detail.contact.client} />}
          <OtherConversations
            title={contactWords.earlier.contact}
            of={{ contact: detail.contact.id }}
            openId={item.id}
            view={view}
          />
          {detail.contact.client && (
            <OtherConversations
              title={contactWords.earlier.client(detail.contact.client.name)}
              of={{ client: detail.contact.client.id, without: detail.contact.id }}
              openId={item.id}
              view={view}
            />
          )}
          <ConversationFacts item={item} pageUrl={detail.pageUrl} userAgent={detail.userAgent} />
          <PublicLink conversationId={item.id} may={may} />
        </div>
      )}
    </aside>
  )
}

interface FactsProps {
  item: InboxItem
  pageUrl: string | null
  userAgent: string | null
}

function ConversationFacts({ item, pageUrl, userAgent }: FactsProps) {
  return (
    <>
      <h3 class="details-heading">{d.conversation}</h3>
      <dl class="facts">
        {item.subject && <Fact name={d.subject}>{item.subject}</Fact>}
        <Fact name={d.number}>
          <span class="numeric">#{item.number}</span>
          <CopyButton icon text={item.number} label={d.copyNumber} class="fact-copy" />
        </Fact>
        <Fact name={d.created}>
          <time dateTime={item.createdAt} title={formatFull(item.createdAt)}>
            {formatMoment(item.createdAt)}
          </time>
        </Fact>
        <Fact name={d.channel}>{words.channels[item.channel]}</Fact>
        <Fact name={d.assignee}>{item.assignee?.name ?? <span class="soft">{d.nobody}</span>}</Fact>
        {pageUrl && (
          <Fact name={d.page}>
            <ForeignLink url={pageUrl} />
          </Fact>
        )}
        {userAgent && (
          <Fact name={d.browser}>
            <span title={userAgent}>{browserText(userAgent)}</span>
          </Fact>
        )}
      </dl>
    </>
  )
}
