import { HelpdeskError } from '@helpdesk/core'
import { type Answers, readPage } from '../ask.ts'
import type { EmailRecord } from '../email-records.ts'
import { accept, arrive, dismiss, readRaw, toEmail, toEmailDetail, toRaw } from '../emails.ts'
import type { DeskRecord } from '../records.ts'

/** The e-mails that came in. A provider's secret is not asked for here. */
export const emails: Answers['emails'] = {
  receive({ world, desk, bytes }) {
    const incoming = readRaw(bytes)
    const idOf = (headers: EmailRecord['headers'] = []) =>
      headers.find(({ name }) => name.toLowerCase() === 'message-id')?.value
    const messageId = idOf(incoming.headers)
    const known = messageId && desk.emails.find(({ headers }) => idOf(headers) === messageId)
    if (known) return { id: known.id, repeated: true }
    const reason = desk.settings.email.newConversations ? null : 'conversations_by_email_off'
    return { id: arrive({ world, desk }, { ...incoming, reason }).id, repeated: false }
  },
  list({ desk, query }) {
    const { limit, before } = readPage(query, { default: 50, most: 100 })
    const found = desk.emails
      .map((email, index) => ({ email, position: index + 1 }))
      .filter(({ position }) => position < before)
      .filter(({ email }) => !query.state || email.state === query.state)
      .filter(({ email }) => email.state !== query.except)
      .filter(({ email }) => !query.conversationId || email.conversation?.id === query.conversationId)
      .toReversed()
    const page = found.slice(0, limit)
    return {
      emails: page.map(({ email }) => toEmail(email)),
      nextCursor: page.length < found.length ? String(page.at(-1)?.position) : null,
      held: desk.emails.filter(({ state }) => state === 'held').length,
    }
  },
  get: ({ desk, params }) => toEmailDetail(find(desk, params.emailId)),
  raw({ desk, params }) {
    const email = find(desk, params.emailId)
    const known = { id: email.id, key: '', name: `${email.id}.eml`, type: 'message/rfc822', url: '' }
    return { ...known, bytes: toRaw(email), width: null, height: null, isAttached: false }
  },
  accept({ world, desk, agent, params, body }) {
    const email = find(desk, params.emailId)
    if (!desk.settings.active) throw new HelpdeskError('desk_inactive')
    accept({ world, desk }, email, agent, body.as)
    return toEmail(email)
  },
  dismiss({ world, desk, params }) {
    const email = find(desk, params.emailId)
    dismiss({ world, desk }, email)
    return toEmail(email)
  },
  unsubscribe({ world, params }) {
    const all = world.desks.flatMap(({ contacts }) => contacts)
    // A mail's token is longer than a contact's own; here it is that one twice.
    const contact = all.find(({ token }) => token.repeat(2) === params.unsubscribeToken)
    if (!contact) throw new HelpdeskError('not_found')
    contact.emailOptedOut = true
    return null
  },
}

function find({ emails: all }: DeskRecord, id: string): EmailRecord {
  const email = all.find((one) => one.id === id)
  if (!email) throw new HelpdeskError('not_found')
  return email
}
