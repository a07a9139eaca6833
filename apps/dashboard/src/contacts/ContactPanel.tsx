import type { Contact } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { client } from '../client.ts'
import { mayAnswer } from '../conversations/actions.ts'
import { contactName } from '../conversations/words.ts'
import { useDesk } from '../desks/open-desk.ts'
import { useAnswer } from '../ui/answer.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Fact } from '../ui/Fact.tsx'
import { Icon } from '../ui/Icon.tsx'
import { formatAgo, formatFull, formatMoment } from '../ui/time.ts'
import { MailPreferences } from './MailPreferences.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { MergeList } from './MergeList.tsx'
import { isVouchedFor, words } from './words.ts'

interface PanelProps {
  contact: Contact
  /** Something about the contact was changed here. */
  onChanged: () => void
}

/** Who the contact is, who says so, and what was merged into it. */
export function ContactPanel({ contact, onChanged }: PanelProps) {
  const desk = useDesk()
  const [merging, setMerging] = useState(false)
  const may = mayAnswer(desk.settings.value?.role)
  const known = useAnswer(`${desk.id}/${contact.id}`, () => client.contacts.get(desk.id, contact.id))
  const changed = () => {
    known.reload()
    onChanged()
  }
  return (
    <section aria-label={words.contact}>
      <div class="contact-head">
        <strong class="ellipsis">{contactName(contact)}</strong>
        <Presence contact={contact} />
      </div>
      <IdentityMark contact={contact} />
      <ContactFacts contact={contact} />
      {contact.email && <MailPreferences contact={contact} may={may} onChanged={changed} />}
      <Claims claims={contact.claims} />
      <MergeList merges={known.value?.merges ?? []} may={may} onChanged={changed} />
      {may && (
        <button type="button" class="button quiet small-action" onClick={() => setMerging(true)}>
          <Icon name="merge" />
          {words.merge.open}
        </button>
      )}
      {merging && <MergeDialog contact={contact} onClose={() => setMerging(false)} onChanged={changed} />}
    </section>
  )
}

/** Whether the contact has the widget open right now, else when last. */
function Presence({ contact }: { contact: Contact }) {
  if (contact.online) {
    return (
      <span class="presence online">
        <i aria-hidden="true" />
        {words.online}
      </span>
    )
  }
  return (
    <span class="presence" title={contact.lastSeenAt ? formatFull(contact.lastSeenAt) : undefined}>
      {words.seen}: {contact.lastSeenAt ? formatAgo(contact.lastSeenAt) : words.never}
    </span>
  )
}

/** Verified or not, and why, in words. */
function IdentityMark({ contact }: { contact: Contact }) {
  const good = isVouchedFor(contact) || contact.identity === 'email'
  const { mark, why } = words.identity[contact.identity]
  return (
    <p class={good ? 'identity good' : 'identity'}>
      <Icon name={good ? 'shield' : 'info'} />
      <span>
        <strong>{mark}.</strong> {why}
      </span>
    </p>
  )
}

function ContactFacts({ contact }: { contact: Contact }) {
  return (
    <dl class="facts">
      <Fact name={words.email}>
        {contact.email ? (
          <>
            <span class="fact-email">{contact.email}</span>
            <CopyButton icon text={contact.email} label={words.copyEmail} class="fact-copy" />
            <EmailMark verified={contact.emailVerified} />
          </>
        ) : (
          <span class="soft">{words.noEmail}</span>
        )}
      </Fact>
      {contact.phone && <Fact name={words.phone}>{contact.phone}</Fact>}
      {contact.externalId && (
        <Fact name={words.externalId}>
          <span>{contact.externalId}</span>
          <CopyButton icon text={contact.externalId} label={words.copyExternalId} class="fact-copy" />
        </Fact>
      )}
      <Fact name={words.firstSeen}>
        <time dateTime={contact.createdAt} title={formatFull(contact.createdAt)}>
          {formatMoment(contact.createdAt)}
        </time>
      </Fact>
    </dl>
  )
}

function EmailMark({ verified }: { verified: boolean }) {
  return verified ? (
    <span class="mark good">
      <Icon name="check" size={12} />
      {words.emailVerified}
    </span>
  ) : (
    <span class="mark" title={words.emailNotVerifiedWhy}>
      {words.emailNotVerified}
    </span>
  )
}

/** What the page said and nobody signed, apart from what is known. */
function Claims({ claims }: Pick<Contact, 'claims'>) {
  const said = Object.entries(claims) as [keyof Contact['claims'], string][]
  if (said.length === 0) return null
  return (
    <section class="claims" aria-label={words.claims}>
      <h3>
        <Icon name="warning" size={14} />
        {words.claims}
      </h3>
      <p>{words.claimsWhy}</p>
      <dl class="facts">
        {said.map(([name, value]) => (
          <Fact key={name} name={words.attributes[name]}>
            <span>{value}</span>
          </Fact>
        ))}
      </dl>
    </section>
  )
}
