import { cleanTitle, cutText, limits } from '@helpdesk/core'
import { htmlToText } from './html-text.ts'
import { type Reply, stripQuotes } from './quotes.ts'
import { type ReadMail, storable } from './reading.ts'

const tokens = /(\+)[a-z2-7]{42}(?=@)/gi

/**
 * A text without the tokens of reply addresses: whoever only reads along on a desk must not be able to write as those who
 * answer. @param mask what stands in their place
 */
export const hideTokens = (text: string, mask = '…') => text.replace(tokens, `$1${mask}`)

/** The text of an e-mail; made from its HTML when there is no other. */
export function textOf(mail: ReadMail): string {
  if (/\S/.test(mail.text)) return hideTokens(mail.text.trim())
  return mail.html === null ? '' : hideTokens(storable(htmlToText(mail.html)))
}

/** What its sender wrote, without what was quoted. */
export const replyOf = (mail: ReadMail): Reply => stripQuotes(textOf(mail))

/** What a conversation is called that an e-mail begins: its subject without `Re:`, else its first words. */
export function titleOf(mail: ReadMail): string {
  const subject = mail.subject.replace(
    /^(?:\s*(?:re|aw|odp|fw|fwd|wg|tr|rv|sv|відп|пер)\s*(?:\[\d+\])?\s*:\s*)+/iu,
    '',
  )
  const words = subject.trim() || textOf(mail).split('\n', 1)[0]?.trim() || mail.parts[0]?.name || ''
  return cutText(cleanTitle(words), limits.title).trimEnd()
}
