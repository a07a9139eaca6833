import type { Email, EmailDetail } from '@helpdesk/core/api'
import { htmlForView } from './html-view.ts'
import type { ReadMail } from './reading.ts'
import type { EmailRow } from './store.ts'
import { hideTokens, replyOf, textOf } from './words.ts'

const mostShown = { characters: 500_000, headers: 500, headerCharacters: 4_000 }

/** An e-mail as agents see it in lists. */
export function emailView(row: EmailRow, recipients: readonly string[] = row.envelope.to): Email {
  const { conversationId, number } = row
  return {
    id: row.id,
    source: row.source,
    from: { name: row.fromName, address: row.fromAddress },
    to: recipients.map((address) => hideTokens(address)),
    subject: hideTokens(row.subject),
    state: row.state,
    reason: row.reason,
    match: row.match,
    conversation: conversationId !== null && number !== null ? { id: conversationId, number } : null,
    messageId: row.messageId,
    bytes: row.bytes,
    lastError: row.lastError,
    receivedAt: row.receivedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

/** An e-mail as an agent opens it. @param mail null when it cannot be read, or is gone */
export function emailDetailView(row: EmailRow, mail: ReadMail | null): EmailDetail {
  const text = mail ? textOf(mail).slice(0, mostShown.characters).toWellFormed() : ''
  return {
    ...emailView(row, [...new Set([...row.envelope.to, ...(mail?.recipients ?? [])])]),
    text,
    html: mail?.html ? hideTokens(htmlForView(mail.html, mail.parts)) || null : null,
    reply: mail ? replyOf(mail).text.slice(0, mostShown.characters).toWellFormed() : '',
    headers: (mail?.headerList ?? []).slice(0, mostShown.headers).map(({ name, value }) => ({
      name,
      value: hideTokens(value).slice(0, mostShown.headerCharacters).toWellFormed(),
    })),
    attachments: (mail?.parts ?? []).map(({ name, type, bytes }) => ({ name, type, bytes: bytes.length })),
  }
}
