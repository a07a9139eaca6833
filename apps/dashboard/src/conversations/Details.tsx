import type { Contact, InboxItem } from '@helpdesk/core/api'
import type { ComponentChildren } from 'preact'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Icon } from '../ui/Icon.tsx'
import { formatAgo, formatFull, formatMoment } from '../ui/time.ts'
import { words as uiWords } from '../ui/words.ts'
import type { Thread } from './thread.ts'
import { browserText, contactName, words } from './words.ts'

const d = words.details

interface DetailsProps {
  thread: Thread
  item: InboxItem
  onClose: () => void
}

/** Beside the thread: who the contact is, where they wrote from, and the conversation's own facts. */
export function Details({ thread, item, onClose }: DetailsProps) {
  const detail = thread.detail.value
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
          <ContactFacts contact={detail.contact} />
          <h3 class="details-heading">{d.conversation}</h3>
          <dl class="facts">
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
            {detail.pageUrl && (
              <Fact name={d.page}>
                <PageLink url={detail.pageUrl} />
              </Fact>
            )}
            {detail.userAgent && (
              <Fact name={d.browser}>
                <span title={detail.userAgent}>{browserText(detail.userAgent)}</span>
              </Fact>
            )}
          </dl>
        </div>
      )}
    </aside>
  )
}

function ContactFacts({ contact }: { contact: Contact }) {
  return (
    <>
      <div class="contact-head">
        <strong class="ellipsis">{contactName(contact)}</strong>
        <Presence contact={contact} />
      </div>
      <dl class="facts">
        <Fact name={d.email}>
          {contact.email ? (
            <>
              <span class="fact-email">{contact.email}</span>
              <CopyButton icon text={contact.email} label={d.copyEmail} class="fact-copy" />
              <Verified verified={contact.emailVerified} />
            </>
          ) : (
            <span class="soft">{d.noEmail}</span>
          )}
        </Fact>
        <Fact name={d.firstSeen}>
          <time dateTime={contact.createdAt} title={formatFull(contact.createdAt)}>
            {formatMoment(contact.createdAt)}
          </time>
        </Fact>
      </dl>
    </>
  )
}

/** Whether the contact has the widget open right now, else when last. */
export function Presence({ contact }: { contact: Contact }) {
  if (contact.online) {
    return (
      <span class="presence online">
        <i aria-hidden="true" />
        {d.online}
      </span>
    )
  }
  return (
    <span class="presence" title={contact.lastSeenAt ? formatFull(contact.lastSeenAt) : undefined}>
      {d.seen}: {contact.lastSeenAt ? formatAgo(contact.lastSeenAt) : d.never}
    </span>
  )
}

function Verified({ verified }: { verified: boolean }) {
  return verified ? (
    <span class="mark good">
      <Icon name="check" size={12} />
      {d.verified}
    </span>
  ) : (
    <span class="mark" title={d.notVerifiedWhy}>
      {d.notVerified}
    </span>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The address comes from the visitor: only what a browser opens as a page becomes a link. */
function PageLink({ url }: { url: string }) {
  const short = url.replace(/^https?:\/\//i, '')
  if (!/^https?:\/\//i.test(url)) return <span>{url}</span>
  return (
    <a class="fact-link" href={url} target="_blank" rel="noopener noreferrer nofollow" title={url}>
      {short}
    </a>
  )
}
