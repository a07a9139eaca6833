import type { AgentMessage, ConversationDetail, EmailState, InboxItem } from '@helpdesk/core/api'
import { reasonText } from '../emails/words.ts'
import { formatMoment } from '../ui/time.ts'
import type { ViewKey } from './views.ts'

type Change = NonNullable<AgentMessage['change']>

const statuses = {
  pending: 'Pending',
  in_progress: 'In progress',
  waiting: 'Waiting',
  resolved: 'Resolved',
} as const satisfies Record<InboxItem['status'], string>

/** The texts of the inbox and the conversation. */
export const words = {
  title: 'Messages',
  statuses,
  statusLabel: 'Status',
  views: {
    all: 'All',
    ...statuses,
    mine: 'Mine',
    unassigned: 'Unassigned',
  } as const satisfies Record<ViewKey, string>,
  channels: {
    widget: 'Widget',
    contact_form: 'Contact form',
    ticket_center: 'Ticket centre',
    email: 'E-mail',
    api: 'API',
  } as const satisfies Record<InboxItem['channel'], string>,
  priorities: { low: 'Low', normal: 'Normal', high: 'High', urgent: 'Urgent' } as const,
  viewsLabel: 'Views',
  backToViews: 'Back to views',
  backToList: 'Back to the list',
  listOf: (view: string) => `Conversations: ${view}`,
  visitor: 'Visitor',
  you: 'you',
  unread: 'Unread',
  assignedTo: (name: string) => `Assigned to ${name}`,
  loadMore: 'Load more',
  listFailed: 'The list could not be loaded.',
  answered: 'Answered:',
  filesOnly: 'Attachment',
  of: (client: string) => `of ${client}`,
  priorityOf: (priority: string) => `${priority} priority`,
  inCategory: (category: string) => `Category: ${category}`,
  reconnecting: 'Reconnecting…',
  pollingShort: 'Refreshing every few seconds',
  polling: 'Live updates are held back by the network; refreshing every few seconds.',
  newMessageFrom: (name: string, number: string) => `New message from ${name} in ${number}`,
  empty: {
    nothingYet: 'No messages yet',
    nothingYetText:
      'Paste the embed code into your pages. The first message will appear here by itself, without a reload.',
    toEmbed: 'Show the embed code',
    title: {
      all: 'No messages yet',
      pending: 'Nobody is waiting for you',
      in_progress: 'Nothing in progress',
      waiting: 'Nobody owes you an answer',
      resolved: 'Nothing resolved yet',
      mine: 'Nothing assigned to you',
      unassigned: 'Everything has somebody',
    } as const satisfies Record<ViewKey, string>,
    text: {
      all: '',
      pending: 'New messages, and answers of visitors, come up here.',
      in_progress: 'A conversation comes here when somebody takes it.',
      waiting: 'After your reply a conversation waits here for the visitor.',
      resolved: 'What you resolve is kept here, and comes back when the visitor writes again.',
      mine: 'Press A in a conversation to take it.',
      unassigned: 'Open conversations that nobody has taken come up here.',
    } as const satisfies Record<ViewKey, string>,
    pick: 'Pick a conversation',
    pickMove: 'to move',
    pickOpen: 'to open',
    pickAll: 'for all shortcuts.',
  },
  conversation: {
    label: 'Conversation',
    missing: 'This conversation does not exist',
    missingText: 'It may belong to another desk.',
    failed: 'The conversation could not be loaded.',
    assign: 'Assign to me',
    giveBack: 'Give back',
    resolve: 'Resolve',
    reopen: 'Reopen',
    details: 'Details',
    older: 'Show older messages',
    loadingOlder: 'Loading older messages…',
    newBelow: 'New message',
    typing: (name: string) => `${name} is typing…`,
    agentTyping: (name: string) => `${name} is writing a reply to this conversation.`,
    seen: 'Seen',
    seenAt: (at: string) => `Seen ${formatMoment(at)}`,
    note: 'Note',
    noteOnly: 'only your team sees it',
    sending: 'Sending…',
    notSent: 'Not sent.',
    notConfirmed: 'Not confirmed: the page was closed before the desk answered.',
    retry: 'Try again',
    discard: 'Edit',
    messages: 'Messages',
    via: { public_link: 'via public link', email: 'by e-mail' } as const,
    alsoOf: (client: string) => `another user of ${client}`,
  },
  composer: {
    mode: 'What to write',
    reply: 'Reply',
    note: 'Note',
    replyTo: (name: string) => `Reply to ${name}`,
    replyPlaceholder: (name: string) => `Reply to ${name}…`,
    notePlaceholder: 'A note for your team. The visitor never sees it…',
    noteLabel: 'Note for your team',
    instantly: 'Send instantly',
    instantlyHint: 'E-mail the reply at once, instead of after a minute if it has not been read by then.',
    noEmail: 'No e-mail address: shown in the widget only',
    send: 'Send',
    sendAndResolve: 'Send and resolve',
    addNote: 'Add note',
    tooLong: (over: number) => `${over} characters too long`,
    viewer: 'You can read along on this desk. To answer, ask its owner for the agent role.',
  },
  details: {
    title: 'Details',
    properties: 'Properties',
    conversation: 'Conversation',
    client: 'the same client',
    subject: 'Title',
    number: 'Number',
    copyNumber: 'Copy number',
    created: 'Created',
    channel: 'Channel',
    priority: 'Priority',
    category: 'Category',
    noCategory: 'None',
    removedCategory: (name: string) => `${name} (removed)`,
    assignee: 'Assignee',
    nobody: 'Nobody',
    page: 'Page',
    browser: 'Browser',
    unknown: 'Unknown',
  },
  publicLink: {
    title: 'Public link',
    hint: 'Whoever has it may read the conversation and reply, without signing in. Notes are never shown there.',
    label: 'Address',
    copy: 'Copy link',
    open: 'Open',
    replace: 'Replace',
    revoke: 'Revoke',
    none: 'There is no public link: the last one was revoked. E-mails about this conversation carry none either.',
    make: 'Create a link',
    replaceTitle: 'Replace the public link?',
    replaceText:
      'The old link stops working at once, also in e-mails that were already sent. Later e-mails carry the new one.',
    revokeTitle: 'Revoke the public link?',
    revokeText:
      'It stops working at once, also in e-mails that were already sent, and later e-mails carry none. You can create a new one at any time.',
    replaced: 'The public link was replaced',
    revoked: 'The public link was revoked',
    failed: 'The public link could not be loaded.',
  },
  done: {
    status: (number: string, status: InboxItem['status']) => `${number}: ${statuses[status].toLowerCase()}`,
    taken: (number: string) => `${number} is yours`,
    givenBack: (number: string) => `${number} given back`,
    priority: (number: string, priority: InboxItem['priority']) =>
      `${number}: ${words.priorityOf(words.priorities[priority].toLowerCase())}`,
    category: (number: string, category: string) => `${number}: ${category}`,
    noCategory: (number: string) => `${number}: no category`,
    undo: 'Undo',
    failed: (why: string) => `Not changed. ${why}`,
  },
} as const

/** What a contact is called: the name, else the address, else "Visitor". */
export function contactName(contact: { name: string | null; email: string | null }): string {
  return contact.name || contact.email || words.visitor
}

/** What became of the e-mail about a message, in words. */
export function emailText({ state, reason, lastError, at }: EmailState): string {
  const moment = formatMoment(at)
  if (state === 'scheduled') {
    return lastError ? `E-mail not sent yet, next try ${moment}: ${lastError}` : `E-mail due ${moment}`
  }
  if (state === 'sending') return 'E-mail on its way…'
  if (state === 'sent') return `E-mail sent ${moment}`
  if (state === 'skipped' && reason === 'read') return `E-mail skipped: read at ${moment}`
  const why = reasonText(reason, lastError)
  return state === 'skipped' ? `E-mail skipped${why}` : `E-mail failed ${moment}${why}`
}

/** A change of state, in words: `Maria took this`, `Maria set it to resolved`. */
export function changeText(message: AgentMessage, agentId: string): string {
  const { author, change } = message
  const who = author.type === 'agent' && author.id === agentId ? 'You' : author.name
  if (!change) return message.body
  const by = who ?? (author.type === 'contact' ? words.visitor : null)
  if (change.field === 'status') return statusText(change, by)
  if (change.field === 'assignee') return assigneeText(change, by, author.name)
  return change.field === 'contact' ? contactText(change, by) : factText(change.field, change, by)
}

function factText(field: 'priority' | 'category', { from, to }: Change, by: string | null): string {
  const value = field === 'priority' ? priorityName(to) : to
  if (!value) return by ? `${by} removed the category${from ? ` ${from}` : ''}` : 'Category removed'
  return by
    ? `${by} set the ${field} to ${value}`
    : `${field === 'priority' ? 'Priority' : 'Category'}: ${value}`
}

function priorityName(priority: string | null): string {
  const name = words.priorities[priority as InboxItem['priority']] as string | undefined
  return (name ?? priority ?? '').toLowerCase()
}

/** The conversation went from one contact to another: somebody merged them, or took that back. */
function contactText({ from, to }: Change, by: string | null): string {
  const move = `from ${from || words.visitor} to ${to || words.visitor}`
  return by ? `${by} moved this ${move}` : `Moved ${move}`
}

function statusText({ to }: Change, by: string | null): string {
  const status = statuses[to as InboxItem['status']] ?? to ?? ''
  if (!by) return `Now ${status.toLowerCase()}`
  return to === 'resolved' ? `${by} resolved this` : `${by} set this to ${status.toLowerCase()}`
}

function assigneeText({ from, to }: Change, by: string | null, author: string | null): string {
  if (!to) return by ? `${by} gave this back` : `No longer assigned${from ? ` to ${from}` : ''}`
  if (by && (to === author || to === by)) return `${by} took this`
  return by ? `${by} assigned this to ${to}` : `Assigned to ${to}`
}

/** First words of a conversation: its subject, else its newest message. */
export function firstWords(item: Pick<InboxItem, 'subject' | 'preview'>): string {
  return item.subject || item.preview || words.filesOnly
}

/** The browser and the system of a visitor, from its user agent: `Chrome 142 on Windows`. */
export function browserText(userAgent: ConversationDetail['userAgent']): string {
  if (!userAgent) return words.details.unknown
  const browser = [
    ['Edge', /Edg(?:e|A|iOS)?\/(\d+)/],
    ['Opera', /OPR\/(\d+)/],
    ['Samsung Internet', /SamsungBrowser\/(\d+)/],
    ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
    ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
    ['Safari', /Version\/(\d+).*Safari/],
  ] as const
  const system = [
    ['iOS', /iPhone|iPad/],
    ['Android', /Android/],
    ['Windows', /Windows/],
    ['macOS', /Mac OS X/],
    ['ChromeOS', /CrOS/],
    ['Linux', /Linux/],
  ] as const
  const found = browser.map(([name, pattern]) => [name, pattern.exec(userAgent)?.[1]] as const)
  const [name, version] = found.find(([, hit]) => hit) ?? []
  const on = system.find(([, pattern]) => pattern.test(userAgent))?.[0]
  if (!name) return userAgent.slice(0, 60)
  return on ? `${name} ${version} on ${on}` : `${name} ${version}`
}
