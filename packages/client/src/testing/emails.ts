import { HelpdeskError, normalizeEmail } from '@helpdesk/core'
import type { Email, EmailDetail } from '@helpdesk/core/api'
import type { EmailRecord } from './email-records.ts'
import type { AgentRecord, ConversationRecord, DeskRecord, MessageRecord, World } from './records.ts'
import { agentNotes, contactWrites, newContact, start } from './writing.ts'

interface Home {
  world: World
  desk: DeskRecord
}

/** An e-mail as it comes in, and what is made of it. */
export interface IncomingEmail
  extends Partial<Pick<EmailRecord, 'source' | 'to' | 'html' | 'files' | 'headers'>> {
  from: { name?: string | null; address: string | null }
  subject: string
  text: string
  /** What is taken as the message. (Default: the text) */
  reply?: string
  /** (Default: `held` with a reason, else `taken`: into its conversation, or as a new one) */
  state?: Email['state']
  reason?: Email['reason']
  match?: Email['match']
  lastError?: string
  conversation?: ConversationRecord | null
  /** Whether only the holder of the mailbox can have sent it. (Default: yes) */
  proved?: boolean
}

/** Keeps an e-mail, and takes it in when nothing speaks against it. */
export function arrive(home: Home, incoming: IncomingEmail): EmailRecord {
  const { world, desk } = home
  const at = world.now().toISOString()
  const { from, subject, text, reply = text, reason = null, conversation = null, files = [] } = incoming
  const email: EmailRecord = {
    id: world.newId(),
    source: incoming.source ?? 'imap',
    from: { name: from.name ?? null, address: from.address },
    to: incoming.to ?? ['support@desk.test'],
    subject,
    state: incoming.state ?? (reason ? 'held' : 'taken'),
    reason,
    match: incoming.match ?? null,
    lastError: incoming.lastError ?? null,
    receivedAt: at,
    updatedAt: at,
    conversation,
    message: null,
    text,
    html: incoming.html ?? null,
    reply,
    headers: incoming.headers ?? [],
    files,
  }
  if (email.headers.length === 0) email.headers = headersOf(email)
  desk.emails.push(email)
  if (email.state === 'taken') takeIn(home, email, incoming.proved ?? true)
  return email
}

function headersOf({ id, from, to, subject, receivedAt }: EmailRecord): EmailRecord['headers'] {
  const sender = from.name ? `${from.name} <${from.address ?? ''}>` : (from.address ?? '')
  return [
    { name: 'From', value: sender },
    { name: 'To', value: to.join(', ') },
    { name: 'Subject', value: subject },
    { name: 'Date', value: receivedAt },
    { name: 'Message-ID', value: `<${id}@mail.test>` },
  ]
}

function takeIn(home: Home, email: EmailRecord, proved: boolean): void {
  const original = { emailId: email.id, from: email.from.address ?? '', proved }
  const entry = { files: email.files, via: 'email', original } as const
  if (email.conversation) {
    email.match ??= 'reply_address'
    email.message = contactWrites({ ...home, conversation: email.conversation }, email.reply, entry)
    return
  }
  email.match ??= 'new'
  begin(home, email, original)
}

/** Begins a conversation of a contact of its own, as long as nobody has proved the address. */
function begin({ world, desk }: Home, email: EmailRecord, original: MessageRecord['original']): void {
  const { from, subject, reply, files } = email
  const address = from.address && normalizeEmail(from.address)
  const contact = newContact(world, desk, { name: from.name, email: address })
  const conversation = start(world, desk, contact, {
    message: reply,
    files,
    subject,
    channel: 'email',
    via: 'email',
    original,
  })
  email.conversation = conversation
  email.message = conversation.messages[0] ?? null
}

/** An agent takes in what waits, was left out or was put aside. @throws {HelpdeskError} `conflict` when it is in already */
export function accept(home: Home, email: EmailRecord, agent: AgentRecord, as: 'note' | 'new'): void {
  mustBe(email, ['held', 'ignored', 'dismissed'])
  const original = { emailId: email.id, from: email.from.address ?? '', proved: false }
  if (as === 'new') {
    begin(home, email, original)
  } else if (email.conversation) {
    const place = { ...home, conversation: email.conversation }
    email.message = agentNotes(place, agent, email.reply, email.files, { via: 'email', original })
  } else throw new HelpdeskError('conflict')
  decide(home, email, 'taken')
}

/** An agent puts a held e-mail aside. @throws {HelpdeskError} `conflict` when that was decided already */
export function dismiss(home: Home, email: EmailRecord): void {
  mustBe(email, ['held'])
  decide(home, email, 'dismissed')
}

function mustBe({ state }: EmailRecord, states: readonly EmailRecord['state'][]): void {
  if (!states.includes(state)) throw new HelpdeskError('conflict')
}

function decide({ world }: Home, email: EmailRecord, state: EmailRecord['state']): void {
  email.state = state
  email.updatedAt = world.now().toISOString()
}

/** An e-mail as a row of the list. */
export function toEmail(email: EmailRecord): Email {
  const { text, html, reply, headers, files, conversation, message, ...rest } = email
  return {
    ...rest,
    conversation: conversation && { id: conversation.id, number: conversation.number },
    messageId: message?.id ?? null,
    bytes: toRaw(email).length,
  }
}

/** An e-mail as it came. */
export function toEmailDetail(email: EmailRecord): EmailDetail {
  const { text, html, reply, headers, files } = email
  const attachments = files.map(({ name, type, bytes }) => ({ name, type, bytes: bytes.length }))
  return { ...toEmail(email), text, html, reply, headers, attachments }
}

/** An e-mail as it travelled, as far as the mock desk has kept it. */
export function toRaw({ headers, text }: EmailRecord): Uint8Array<ArrayBuffer> {
  const head = headers.map(({ name, value }) => `${name}: ${value}`).join('\r\n')
  return new TextEncoder().encode(`${head}\r\n\r\n${text}`)
}

/** Reads an e-mail as a provider hands it over: its header fields, and one part of plain text. */
export function readRaw(bytes: Uint8Array): IncomingEmail {
  const raw = new TextDecoder().decode(bytes).replaceAll('\r\n', '\n')
  const end = raw.indexOf('\n\n')
  const head = end < 0 ? raw : raw.slice(0, end)
  const headers = head
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const [, name, value = ''] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? []
      return name ? [{ name, value }] : []
    })
  const of = (field: string) => headers.find(({ name }) => name.toLowerCase() === field)?.value ?? ''
  const [, name = '', address = of('from')] = /^"?([^"<]*?)"?\s*<([^<>]*)>\s*$/.exec(of('from')) ?? []
  return {
    source: 'webhook',
    from: { name: name || null, address: normalizeEmail(address) },
    to: of('to') ? of('to').split(/\s*,\s*/) : [],
    subject: of('subject'),
    text: end < 0 ? '' : raw.slice(end + 2).trim(),
    headers,
  }
}
