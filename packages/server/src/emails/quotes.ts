import { replyDelimiter } from '@helpdesk/core'
import EmailReplyParser from 'email-reply-parser'
import {
  isField,
  isFieldBlock,
  isIntroduction,
  isProgramFooter,
  isRule,
  isSeparator,
  isWroteLine,
} from './quote-headers.ts'

/** What somebody wrote, without what was quoted. */
export interface Reply {
  text: string
  /** Nothing was left: it is the whole text. */
  isWhole: boolean
}

/** So much of a text is looked through line by line; letters are shorter. */
const mostCharacters = 200_000

/**
 * The new words of an answer: without the e-mail that it answers, without the lines with which mail programs introduce it
 * and without signatures. Somebody who answers between the lines keeps the lines. When nothing would be left, it is
 * the whole text.
 */
export function stripQuotes(whole: string): Reply {
  const text = whole.normalize('NFC').replace(/\r\n?/g, '\n').slice(0, mostCharacters)
  const above = text.slice(0, replyDelimiter.exec(text)?.index)
  const withoutQuotes = withoutFooter(byParser(joined(withoutQuotation(above.split('\n')))))
  if (withoutQuotes !== '') return { text: withoutQuotes, isWhole: false }
  return { text: whole.replace(/\r\n?/g, '\n').trim(), isWhole: true }
}

const joined = (lines: readonly string[]) => lines.join('\n').trim()
const isQuoted = (line: string) => /^\s{0,3}(?:>|\|\s)/.test(line)
const isBlank = (line: string) => line.trim() === ''

/** A place where a quotation begins, and the first line of what is quoted. */
interface Introduction {
  from: number
  next: number
  /** A heading that says the rest is another e-mail, however its lines look. */
  isFinal: boolean
}

function withoutQuotation(lines: string[]): string[] {
  for (let at = 0; at < lines.length; at++) {
    const found = introductionAt(lines, at)
    if (!found) continue
    const own = lines.slice(0, found.from)
    const hasOwn = own.some((line) => !isBlank(line))
    const end = endOfQuotation(lines, found.next)
    const after = lines.slice(end)
    const hasAfter = !found.isFinal && end > found.next && saysSomething(after)
    if (!hasAfter) return hasOwn ? own : lines
    // Answers between the lines make no sense without the lines.
    return hasOwn || after.some(isQuoted) ? lines : withoutQuotation(after)
  }
  return withoutQuotedEnds(lines)
}

function introductionAt(lines: readonly string[], at: number): Introduction | null {
  const line = lines[at] ?? ''
  if (isSeparator(line)) return { from: at, next: at + 1, isFinal: true }
  if (isFieldBlock(lines, at)) {
    let from = at
    while (from > 0 && leadsToFields(lines[from - 1] ?? '')) from--
    return { from, next: at + 1, isFinal: true }
  }
  if (isBlank(line) || isQuoted(line)) return null
  let sentence = ''
  for (let next = at; next < Math.min(at + 5, lines.length); next++) {
    const piece = (lines[next] ?? '').trim()
    if (piece === '' || isQuoted(lines[next] ?? '')) return null
    sentence = `${sentence} ${piece}`.trim()
    if (sentence.length > 400) return null
    if (isWroteLine(sentence) && isBeginning(lines, at)) return { from: at, next: next + 1, isFinal: false }
  }
  return null
}

const leadsToFields = (line: string) => isBlank(line) || isRule(line) || isField(line)

/** A sentence that is broken into lines begins after an empty line or after somebody's full stop. */
const isBeginning = (lines: readonly string[], at: number) =>
  at === 0 ||
  isBlank(lines[at - 1] ?? '') ||
  isProgramFooter(lines[at - 1] ?? '') ||
  /^\s*(?:--\s?|_{2,})$/.test(lines[at - 1] ?? '') ||
  isWroteLine((lines[at] ?? '').trim()) ||
  /^(?:on|am|le|el|w dniu|dnia|dne|dňa|wiadomość)\s|^\d|^\p{L}{2,4}[.,]/iu.test((lines[at] ?? '').trim())

/** Where the lines that are marked as quoted end; where none is, nothing but the quotation follows. */
function endOfQuotation(lines: readonly string[], from: number): number {
  let end = from
  let at = from
  while (at < lines.length && (isBlank(lines[at] ?? '') || isQuoted(lines[at] ?? ''))) {
    at++
    if (isQuoted(lines[at - 1] ?? '')) end = at
  }
  return end
}

function saysSomething(lines: readonly string[]): boolean {
  const said = withoutFooter(joined(lines.filter((line) => !isQuoted(line))))
  return said !== '' && !/^-- ?(?:\n|$)/.test(said)
}

/** Quoted lines that nobody introduced, before or after everything else. */
function withoutQuotedEnds(lines: readonly string[]): string[] {
  const idle = (line: string | undefined) => line === undefined || isBlank(line) || isQuoted(line)
  let [from, to] = [0, lines.length]
  while (to > 0 && idle(lines[to - 1])) to--
  while (from < to && idle(lines[from])) from++
  const rest = lines.slice(from, to)
  return from > 0 && rest.some(isQuoted) ? lines.slice(0, to) : rest
}

/** The library looks back and forth in what it is given: lines and texts of a letter, and nothing larger. */
const parserMost = { characters: 20_000, line: 1_000 }

/** What a well-tried parser finds beyond that in languages that it knows. Only quotations at the end are taken from it. */
function byParser(text: string): string {
  if (text.length > parserMost.characters || text.split('\n').some((line) => line.length > parserMost.line))
    return text
  const fragments = new EmailReplyParser().read(text).getFragments()
  let end = fragments.length
  while (end > 0 && fragments[end - 1]?.isQuoted()) end--
  const removed = fragments.slice(end).join('\n').trim().split('\n').slice(0, 3).join(' ')
  // It also takes `On Monday my boss wrote:` for a quotation.
  if (end === fragments.length || !isIntroduction(removed)) return text
  // It joins broken lines as it reads: of what it leaves, only where it ends is of use.
  const kept = fragments.slice(0, end).join('\n').trim()
  return text.startsWith(kept) ? kept : text
}

const mostSignatureLines = 20

/** Without the signature under `-- ` and without what telephones add. */
function withoutFooter(text: string): string {
  let lines = text.split('\n')
  const dashes = lines.findIndex(
    (line, at) => at > 0 && /^\s*--\s?$/.test(line) && lines.length - at <= mostSignatureLines,
  )
  if (dashes !== -1) lines = lines.slice(0, dashes)
  for (let last = lines.at(-1); last !== undefined; last = lines.at(-1)) {
    if (!isBlank(last) && !isProgramFooter(last)) break
    lines = lines.slice(0, -1)
  }
  return joined(lines)
}
