import type { KeptMail } from '../adapters/kept-mail.ts'
import type { Mail, MailAddress } from '../adapters/mail.ts'

/** A file that goes with a mail. */
export interface WrittenFile {
  name: string
  type: string
  bytes: Uint8Array
}

/** What somebody writes to the desk. */
export interface Written {
  from: MailAddress
  text: string
  file: WrittenFile | null
}

/** A mail as it travels, put together by what also sends mails. @param key makes its boundaries the same each time */
export async function mimeOf(mail: Mail, at: Date, key: string, file: WrittenFile | null = null) {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const { message } = await transport.sendMail({
    ...mail,
    date: at,
    baseBoundary: key,
    ...(file && {
      attachments: [{ filename: file.name, contentType: file.type, content: Buffer.from(file.bytes) }],
    }),
  })
  if (!Buffer.isBuffer(message)) throw new TypeError('The mail was not put together in memory')
  return message
}

/** An answer as a mail program writes it: its fields name the mail, and under the new words the mail is quoted. */
export function answerTo({ mail, createdAt }: KeptMail, { from, text }: Written, newId: () => string): Mail {
  const attribution = `On ${momentInQuote(createdAt)} ${shown(mail.from)} wrote:`
  const quoted = mail.text.replace(/\r\n?/g, '\n').trimEnd().replace(/^/gm, '> ').replace(/ +$/gm, '')
  return {
    from,
    to: mail.replyTo ?? mail.from,
    subject: /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`,
    text: `${text}\n\n${attribution}\n\n${quoted}\n`,
    html: `<div dir="ltr">${asHtml(text)}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${asHtml(attribution)}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${insideOf(mail.html)}</blockquote></div>`,
    messageId: messageIdFrom(from, newId),
    inReplyTo: mail.messageId,
    references: [...new Set([...(mail.references ?? []), mail.messageId])],
    headers: {},
  }
}

/** A first mail to a desk. */
export function firstMail(
  { from, text }: Written,
  to: MailAddress,
  subject: string,
  newId: () => string,
): Mail {
  const html = `<div dir="ltr">${asHtml(text)}</div>`
  return { from, to, subject, text: `${text}\n`, html, messageId: messageIdFrom(from, newId), headers: {} }
}

const messageIdFrom = ({ address }: MailAddress, newId: () => string) =>
  `<${newId()}@${address.slice(address.lastIndexOf('@') + 1)}>`

const shown = ({ name, address }: MailAddress) => (name === '' ? `<${address}>` : `${name} <${address}>`)

const quoteMoment = new Intl.DateTimeFormat('en-US', {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZone: 'UTC',
})

/** `Mon, Nov 2, 2026 at 10:30 AM`. */
const momentInQuote = (at: Date) => quoteMoment.format(at).replace(/,(?=[^,]*$)/, ' at')

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const asHtml = (text: string) =>
  text.replace(/[&<>"]/g, (character) => entities[character] ?? character).replace(/\n/g, '<br>\n')

/** What stands in the body of a document. */
function insideOf(html: string): string {
  const body = html.search(/<body[\s>]/i)
  const start = body === -1 ? -1 : html.indexOf('>', body)
  if (start === -1) return html
  const end = html.slice(start).search(/<\/body>/i)
  return end === -1 ? html.slice(start + 1) : html.slice(start + 1, start + end)
}
