import type { Email, Notification } from '@helpdesk/core/api'
import { formatMoment } from '../ui/time.ts'

type Sent = Notification['state']
type Received = Email['state']
type SentReason = NonNullable<Notification['reason']>
type ReceivedReason = NonNullable<Email['reason']>

/** The texts about e-mails, those that go out and those that come in. */
export const words = {
  title: 'E-mail',
  tabs: { sent: 'Sent', received: 'Received' } as const,
  waiting: (count: number) => (count === 1 ? '1 waits for you' : `${count} wait for you`),
  loadMore: 'Load more',
  failed: 'The list could not be loaded.',
  notMore: 'No more could be loaded.',
  everything: 'All conversations',
  onlyOf: 'Only one conversation is shown.',
  sent: {
    list: 'E-mails to contacts and agents',
    week: 'Last 7 days',
    /** With the number before it. */
    counts: {
      scheduled: 'due',
      sending: 'on their way',
      sent: 'sent',
      skipped: 'skipped',
      failed: 'failed',
    } as const satisfies Record<Sent, string>,
    states: {
      scheduled: 'Due',
      sending: 'On its way',
      sent: 'Sent',
      skipped: 'Skipped',
      failed: 'Failed',
    } as const satisfies Record<Sent, string>,
    anyState: 'All states',
    state: 'State',
    recipients: 'To whom',
    recipient: { all: 'Everybody', contact: 'Contacts', agent: 'Agents' } as const,
    search: 'Search by address or number',
    searchHint: 'Address or number…',
    agent: 'Agent',
    nameless: 'Visitor',
    noAddress: 'No e-mail address',
    what: {
      contact: { message: 'Reply', ticket_created: 'Ticket confirmation' },
      agent: { message: 'New message', ticket_created: 'New ticket' },
    } as const,
    conversation: (number: string) => `Conversation ${number}`,
    created: (at: string) => `Planned ${formatMoment(at)}`,
    emptyTitle: 'No e-mails yet',
    empty: 'Every reply that is not read within a minute goes out as an e-mail, and is listed here.',
    noneTitle: 'None of these',
    none: 'No e-mail fits the filters.',
    clear: 'Clear filters',
  },
  reasons: {
    read: 'it was read before',
    no_email: 'no e-mail address',
    rate_limited: 'too many e-mails to this unverified address',
    notifications_off: 'notifications are off',
    opted_out: 'they want no e-mails from this desk',
    bounced: 'the address does not take our e-mails',
    not_yours: 'not assigned to them, and they want e-mails about their own only',
    nothing_to_send: 'nothing left to send',
    conversation_gone: 'the conversation is gone',
    undeliverable: 'the mailbox does not accept it',
  } as const satisfies Record<SentReason, string>,
  maybe: {
    open: 'The mail server broke off: it may have arrived.',
    sent: 'The mail server broke off on an earlier try: it may have arrived twice.',
  },
  resend: {
    button: 'Resend',
    label: (name: string) => `Resend the e-mail to ${name}`,
    title: (name: string) => `Send this once more to ${name}?`,
    text: 'The same messages go out in a new e-mail at once, whether they were read or not. What became of the first one stays listed.',
    maybe: 'The first one may have arrived: then they get it twice.',
    bounced: 'The address did not take our last e-mail. It will be tried all the same.',
    optedOut: 'They want no e-mails from this desk, so this one will be skipped as well.',
    done: (name: string) => `On its way to ${name} once more`,
    onItsWay: 'It is on its way already, so it was not sent twice.',
  },
  received: {
    list: 'E-mails that came in',
    heldList: 'E-mails that wait for you',
    held: 'Waiting for you',
    heldText:
      'Nobody but your team sees these. The sender learns nothing, and gets no history, until you decide.',
    rest: 'Everything else',
    allHeld: 'Nothing else has come in.',
    state: 'State',
    anyState: 'All states',
    states: {
      received: 'Just in',
      taken: 'Taken in',
      held: 'Waiting for you',
      ignored: 'Left out',
      dismissed: 'Put aside',
      failed: 'Not taken in',
    } as const satisfies Record<Received, string>,
    reasons: {
      other_sender: 'An answer to our e-mail, but from another address than we wrote to.',
      unproved_agent: 'It names an agent as its sender, but does not prove it.',
      conversations_by_email_off: 'New conversations by e-mail are turned off on this desk.',
      desk_inactive: 'The desk is not active.',
      own_message: 'One of our own e-mails that came back.',
      auto_submitted: 'An automatic answer, out of office for example.',
      bulk: 'Sent to many, by a list or a newsletter.',
      null_return_path: 'Automatic: it has no return address.',
      bounce: 'A mail server reports an e-mail that could not be delivered.',
      unsubscribed: 'It asks for no more e-mails. The contact gets none from now on.',
      own_address: 'Its sender is an address of this desk.',
      too_many: 'Too many from this sender within an hour: it looks like a program.',
      empty: 'There is no text in it.',
      no_sender: 'It does not say who sent it.',
      unreadable: 'It could not be read.',
      too_large: 'It is larger than this desk takes in.',
    } as const satisfies Record<ReceivedReason, string>,
    matches: {
      reply_address: 'Found its conversation by the reply address.',
      message_id: 'Found its conversation as an answer to one of our e-mails.',
      number: 'Found its conversation by the number in its subject.',
      new: 'Began a conversation.',
      agent: 'An agent’s answer.',
    } as const satisfies Record<NonNullable<Email['match']>, string>,
    sources: {
      imap: 'Mailbox (IMAP)',
      webhook: 'Webhook',
      smtp: 'SMTP',
      dev: 'Test mailbox',
    } as const satisfies Record<Email['source'], string>,
    unknownSender: 'Unknown sender',
    noSubject: '(no subject)',
    open: (subject: string) => `Open “${subject}”`,
    emptyTitle: 'Nothing has come in yet',
    empty: 'Answers to your e-mails, and new e-mails to the desk, are listed here with what became of them.',
    toSettings: 'Set up receiving',
    noneTitle: 'None of these',
    none: 'No e-mail is in this state.',
  },
  email: {
    label: 'E-mail',
    failed: 'The e-mail could not be loaded.',
    from: 'From',
    to: 'To',
    moreTo: (count: number) => `and ${count} more`,
    at: 'Received',
    by: 'By way of',
    state: 'State',
    conversation: 'Conversation',
    show: 'Show',
    views: { text: 'Text', html: 'Original', headers: 'Headers' } as const,
    taken: 'Taken as the message',
    whole: 'The whole text',
    noText: 'There is no text in it.',
    html: 'The e-mail as its sender made it',
    htmlHint: 'Shown without pictures from elsewhere, and its links do nothing here.',
    headers: 'Header fields',
    attachments: 'Attachments',
    inEml: 'The files are in the download.',
    download: 'Download .eml',
    openPage: 'Open on its own page',
  },
  decide: {
    note: 'Accept as note',
    noteOf: (number: string) => `Accept as note in ${number}`,
    fresh: 'New conversation',
    dismiss: 'Dismiss',
    view: 'View',
    noted: (number: string) => `Now a note in ${number}`,
    begun: (number: string) => `Conversation ${number} begins with it`,
    dismissed: 'Put aside',
    conflict: 'Somebody has decided about this e-mail already.',
    failed: (why: string) => `Nothing was changed. ${why}`,
    toIt: 'Open',
    viewer: 'Agents of this desk decide what becomes of it.',
  },
  banner: {
    label: 'E-mails that wait',
    other: 'E-mail from another address waits:',
    agent: 'E-mail in the name of an agent waits, unproved:',
    waits: 'E-mail waits:',
    more: (count: number) => (count === 1 ? 'and 1 more' : `and ${count} more`),
  },
  original: {
    by: (address: string) => `by e-mail from ${address}`,
    unproved: 'Sender not proved',
    unprovedWhy:
      'Anybody can write this address into an e-mail. Do not hand out anything personal because of it.',
    view: 'View original',
    title: 'Original e-mail',
    all: 'All e-mails of this conversation',
  },
} as const

/** What became of an e-mail to somebody, in one sentence with its time and reason. */
export function sentText(one: Notification): string {
  const { state, reason, attempts, lastError, dueAt, updatedAt } = one
  const why = reasonText(reason, lastError)
  if (state === 'sending') return words.sent.states.sending
  if (state === 'sent') return `Sent ${formatMoment(updatedAt)}${attempts > 1 ? `, on try ${attempts}` : ''}`
  if (state === 'failed') return `Failed${attempts > 0 ? ` after ${tries(attempts)}` : ''}${why}`
  if (state === 'skipped') return reason === 'read' ? readText(one) : `Skipped${why}`
  if (attempts === 0) return `Due ${formatMoment(dueAt)}`
  return `Failed ${attempts === 1 ? 'once' : `${attempts} times`}, next try ${formatMoment(dueAt)}${why}`
}

const tries = (count: number) => (count === 1 ? '1 try' : `${count} tries`)

function readText({ updatedAt, dueAt }: Notification): string {
  // What ended before its time ended when it was read; else only that it was read in time is known.
  return updatedAt < dueAt
    ? `Skipped: read at ${formatMoment(updatedAt)} before it was due`
    : `Skipped: read before it was due ${formatMoment(dueAt)}`
}

/** Why an e-mail did not go out, after a colon: what the mail server said is more than what the reason says of it. */
export function reasonText(reason: Notification['reason'], lastError: string | null): string {
  const words = reason && (reason !== 'undeliverable' || !lastError) ? reasonOf(reason) : null
  return [words, lastError].flatMap((part) => (part ? [`: ${part}`] : [])).join('')
}

const reasonOf = (reason: SentReason) => words.reasons[reason]

/** Who sent an e-mail: the name, else the address. */
export function senderName({ name, address }: Email['from']): string {
  return name || address || words.received.unknownSender
}

/** Why an e-mail that came in stands as it does: the reason, else by what it found its conversation. */
export function receivedWhy({ reason, match, lastError }: Email): string {
  const why = reason ? words.received.reasons[reason] : match ? words.received.matches[match] : ''
  return [why, lastError].filter(Boolean).join(' ')
}
