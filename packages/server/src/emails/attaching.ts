import { cleanFileName, cutText, HelpdeskError, limits } from '@helpdesk/core'
import { dimensionsOf } from '../attachments/dimensions.ts'
import { receiveFile } from '../attachments/service.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { type AttachingTexts, attachingTexts } from './attaching-texts.ts'
import type { MailPart, ReadMail } from './reading.ts'

/** Whose quota the files of an e-mail count towards, as for uploads. */
export type Owner = Parameters<typeof receiveFile>[2]

/** What a message gets from an e-mail beside its words. */
export interface Brought {
  keys: string[]
  /** A line for each file that did not come along. */
  lines: string[]
}

const pieceBytes = 64 * 1024
const mostLines = 20

/** Parts that are no files: signatures for programs, and what a report is made of. */
const machinery =
  /^(?:application\/(?:pkcs7-signature|x-pkcs7-signature|pgp-signature|pgp-encrypted|pgp-keys)|message\/(?:delivery-status|feedback-report|disposition-notification)|text\/rfc822-headers)$/

/** The files of an e-mail that belong to what its sender wrote. */
export function filesOf(mail: ReadMail): MailPart[] {
  const [own, quoted] = cidsOf(mail.html ?? '')
  return mail.parts.filter((part) => {
    if (machinery.test(part.type) || part.bytes.length === 0) return false
    const id = part.contentId?.toLowerCase()
    if (id !== undefined && quoted.has(id) && !own.has(id)) return false
    return !(part.isInline && isPixel(part))
  })
}

/** Pictures that exist to be counted, or to keep a table apart. */
function isPixel({ type, bytes }: MailPart): boolean {
  if (!type.startsWith('image/')) return false
  const size = dimensionsOf(type, Buffer.from(bytes.subarray(0, 65_536)))
  return size !== null && (size.width <= 8 || size.height <= 8)
}

const quotedFrom =
  /<blockquote\b|class=["']?(?:gmail_quote|gmail_attr|moz-cite-prefix|yahoo_quoted|protonmail_quote|OutlookMessageHeader)|id=["']?(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|OLK_SRC_BODY_SECTION)|##-/i

/** The Content-IDs of the pictures above and within the quotation. */
function cidsOf(html: string): [Set<string>, Set<string>] {
  const text = html.slice(0, 1_000_000)
  const at = quotedFrom.exec(text)?.index ?? text.length
  return [cidsIn(text.slice(0, at)), cidsIn(text.slice(at))]
}

const cidsIn = (html: string) =>
  new Set(
    [...html.matchAll(/["'(=]\s*cid:([^"'()<>\s]{1,200})/gi)].map(([, id = '']) =>
      unescaped(id).toLowerCase(),
    ),
  )

function unescaped(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

/**
 * Keeps the files of an e-mail as uploads are kept; what is refused is named instead.
 * @throws when keeping them may work later
 */
export async function keepFiles(
  deps: Deps,
  desk: DeskRecord,
  owner: Owner,
  mail: ReadMail,
): Promise<Brought> {
  const texts = attachingTexts(desk.settings.locale)
  const brought: Brought = { keys: [], lines: [] }
  const files = filesOf(mail)
  for (const file of files) {
    const why = await keepOne(deps, desk, owner, file, brought.keys, texts)
    if (why === null || brought.lines.length >= mostLines) continue
    brought.lines.push(texts.refused(cleanFileName(file.name), why))
  }
  const unnamed = files.length - brought.keys.length - brought.lines.length + mail.partsLeftOut
  if (unnamed > 0) brought.lines.push(texts.leftOut(unnamed))
  return brought
}

/** @returns why it was refused; null when it was kept */
async function keepOne(
  deps: Deps,
  desk: DeskRecord,
  owner: Owner,
  file: MailPart,
  keys: string[],
  texts: AttachingTexts,
): Promise<string | null> {
  // The desk's switch is about its visitors.
  if (!deps.files || (owner.kind !== 'agent' && !desk.settings.widget.attachments)) return texts.off
  if (keys.length >= limits.attachmentsPerMessage) return texts.count
  if (file.bytes.length > limits.attachmentBytes) return texts.size
  const content = () => ({ announced: file.bytes.length, chunks: pieces(file.bytes) })
  try {
    const { key } = await receiveFile(deps, desk.deskId, owner, { name: file.name, content })
    keys.push(key)
    return null
  } catch (error) {
    if (!(error instanceof HelpdeskError)) throw error
    if (error.code === 'quota_exceeded') return texts.quota
    if (error.code === 'payload_too_large') return texts.size
    if (error.code === 'attachment_refused' || error.code === 'validation_failed') return texts.type
    throw error
  }
}

// An adapter may do with its pieces what it likes: each is a copy.
async function* pieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes)
    yield new Uint8Array(bytes.subarray(at, at + pieceBytes))
}

/** The text of a message: the words, cut where a message ends, and the lines about its files. */
export function bodyOf(desk: DeskRecord, words: string, lines: readonly string[] = []): string {
  const below = lines.join('\n')
  const room = limits.messageBody - below.length - 2
  const mark = `\n\n${attachingTexts(desk.settings.locale).cut}`
  const text = words.length <= room ? words : `${cutText(words, room - mark.length).trimEnd()}${mark}`
  return [text, below].filter((one) => one !== '').join('\n\n')
}
