import type { ReadMail } from './reading.ts'

/** What a mail server, or a provider, reports about an e-mail of ours. */
export interface MailReport {
  kind: 'bounce' | 'complaint'
  /** The Message-IDs in what it sends back, in order. */
  messageIds: string[]
  /** Who did not get it, as the server says. */
  address: string | null
  /** The address does not take e-mails, and will not tomorrow either. */
  permanent: boolean
  /** In the server's words. */
  detail: string
}

const mostText = 64 * 1024
const mostDetail = 500

/**
 * Reads a report that an e-mail was not delivered, or that its recipient called it spam: in the form of RFC 3464 and
 * RFC 5965, and in the words of servers that know neither.
 * @returns null when it is no report; an answering machine, for one, says nothing about the address
 */
export function readReport(mail: ReadMail): MailReport | null {
  const type = (mail.headers.get('content-type') ?? '').toLowerCase()
  const feedback = partText(mail, 'message/feedback-report')
  if (feedback !== null) return readFeedback(mail, feedback)
  const status = partText(mail, 'message/delivery-status') ?? partText(mail, 'message/global-delivery-status')
  if (status !== null) return readStatus(mail, status)
  return isFromServer(mail) || /^multipart\/report\b/.test(type) ? readWords(mail) : null
}

function partText(mail: ReadMail, type: string): string | null {
  const part = mail.parts.find((one) => one.type === type)
  return part ? textOf(part.bytes) : null
}

const textOf = (bytes: Uint8Array) =>
  new TextDecoder().decode(bytes.subarray(0, mostText)).replaceAll('\0', '').replace(/\r\n?/g, '\n')

/** A field of a report, unfolded. */
function field(text: string, name: string): string | null {
  const found = new RegExp(`^${name}[ \\t]*:[ \\t]*(.*(?:\\n[ \\t]+.*)*)`, 'im').exec(text)?.[1]
  return found ? found.replace(/\s+/g, ' ').trim() : null
}

const addressIn = (text: string | null) =>
  /[^\s<>;,"']{1,64}@[^\s<>;,"']{1,255}/.exec(text ?? '')?.[0].toLowerCase() ?? null

/** The ids in what came back; the report's own Message-ID is not among them. */
function returnedIds(mail: ReadMail): string[] {
  const returned = mail.parts
    .filter(({ type }) =>
      /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/.test(type),
    )
    .map(({ bytes }) => textOf(bytes))
  const texts = [...returned, mail.text.slice(0, mostText)]
  const found = texts.flatMap((text) => [...text.matchAll(/<hd\.[^<>\s]{1,300}>/gi)].map(([id]) => id))
  return [...new Set([...found, ...mail.answers])].slice(0, 50)
}

function readFeedback(mail: ReadMail, feedback: string): MailReport | null {
  // `not-spam` takes a complaint back, `auth-failure` is about signatures.
  if (!/^(?:abuse|fraud|other|opt-out)/i.test(field(feedback, 'feedback-type') ?? '')) return null
  const address = addressIn(field(feedback, 'original-rcpt-to'))
  return { kind: 'complaint', messageIds: returnedIds(mail), address, permanent: true, detail: 'spam' }
}

/** Each recipient has a block of its own; the first that failed counts. */
function readStatus(mail: ReadMail, status: string): MailReport {
  const blocks = status
    .split(/\n{2,}/)
    .filter((block) => /^(?:final-recipient|original-recipient|action)\s*:/im.test(block))
  const failed = blocks.find((block) => /^failed/i.test(field(block, 'action') ?? ''))
  const block = failed ?? blocks[0] ?? status
  const code = field(block, 'status') ?? ''
  // Of what kind the words are (`smtp;`) is nothing to read.
  const diagnostic = (field(block, 'diagnostic-code') ?? '').replace(/^\s*[\w-]+\s*;\s*/, '')
  return {
    kind: 'bounce',
    messageIds: returnedIds(mail),
    address: addressIn(field(block, 'original-recipient') ?? field(block, 'final-recipient')),
    permanent: failed !== undefined && !/^4/.test(code) && !isAboutContent(code, diagnostic),
    detail: (diagnostic || code || 'failed').slice(0, mostDetail),
  }
}

/** A full mailbox, a policy or a size says nothing about whether there is somebody: `5.2.2`, `5.3.4`, `5.7.x`. */
const isAboutContent = (code: string, diagnostic: string) =>
  /^5\.(?:2\.[23]|3\.\d|4\.\d|6\.\d|7\.\d)/.test(code || (/\b5\.\d\.\d{1,3}\b/.exec(diagnostic)?.[0] ?? ''))

/** The sender of reports: programs of the mail server, or nobody. */
function isFromServer(mail: ReadMail): boolean {
  const sender = `${mail.from.address ?? ''} ${mail.headers.get('from') ?? ''}`.toLowerCase()
  const isDaemon =
    /(?:mailer-daemon|postmaster|mail-daemon|mdaemon|mail delivery|microsoft exchange|microsoftexchange)/.test(
      sender,
    )
  return isDaemon || mail.headers.has('x-failed-recipients')
}

const gone = [
  /\b(?:550|551|553|554|511)[ -](?:5\.1\.\d{1,2}|5\.5\.0|[^\n]{0,80}(?:user|mailbox|recipient|address|account))/i,
  /\b5\.1\.(?:0|1|2|3|6|10)\b/,
  /(?:user|recipient|mailbox|address|account)[^\n.]{0,40}(?:unknown|not found|does ?n[o']t exist|no such|invalid|disabled|unavailable|rejected)/i,
  /(?:no such|unknown|invalid) (?:user|recipient|mailbox|address|account|person)/i,
  /couldn['’]t be (?:found|delivered)|wasn['’]t found/i,
]
const waiting =
  /(?:will (?:keep|continue)|being retried|still trying|warning message only|delayed|temporar|not yet been delivered)/i
const refusal =
  /(?:undeliver|delivery (?:status|failure|has failed|incomplete)|returned mail|returning message|failure notice|could not be delivered|couldn['’]t be delivered|permanent (?:fatal )?error)/i

/** Servers that say it in words: qmail, Exim, old Exchange. */
function readWords(mail: ReadMail): MailReport | null {
  const text = `${mail.subject}\n${mail.text}`.slice(0, mostText)
  // Below its own words such a server repeats the e-mail, which may say anything.
  const own =
    text.split(
      /\n-{2,}.{0,80}(?:copy of|original message|returned message|undelivered message|message header)/i,
    )[0] ?? text
  const words = gone.find((one) => one.test(own))
  if (!words && !refusal.test(own)) return null
  const listed =
    mail.headers.get('x-failed-recipients') ??
    /<?([^\s<>"']{1,64}@[^\s<>"']{1,255}?)>?:?\s*(?:\n|$)/.exec(own)?.[1]
  return {
    kind: 'bounce',
    messageIds: returnedIds(mail),
    address: addressIn(listed ?? null),
    permanent: words !== undefined && !waiting.test(own),
    detail: (words?.exec(own)?.[0] ?? mail.subject).replace(/\s+/g, ' ').slice(0, mostDetail),
  }
}
