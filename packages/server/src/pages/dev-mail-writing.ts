import { cleanLine, cleanName, cutText, isEmail, limits } from '@helpdesk/core'
import { type KeptMail, keepWritten } from '../adapters/kept-mail.ts'
import type { Mail, MailAddress } from '../adapters/mail.ts'
import type { Queryable, Statement } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { deskForRecipient, takeIn } from '../emails/service.ts'
import { answerTo, firstMail, mimeOf, type Written, type WrittenFile } from './dev-mail-mime.ts'

/** What a form of these pages sends, as it was typed. */
export interface FormInput {
  text: string
  subject: string
  /** Who writes an answer. */
  sender: 'recipient' | 'other'
  name: string
  email: string
  desk: string
  file: WrittenFile | null
}

/** A desk to which a first mail can go. */
export interface ReachableDesk {
  publicId: string
  name: string
}

/** Why a mail was not handed over, in words for whoever filled in the form. */
export class NotWritten extends Error {}

const selectDesks: Statement = {
  name: 'dev_mail_desks',
  text: `select public_id as "publicId", settings ->> 'name' as name from helpdesk.desks order by created_at, desk_id limit 100`,
}

/** The desks that a first mail can go to, the oldest first; none when this server takes no mails in. */
export async function reachableDesks(deps: { config: Pick<Deps['config'], 'incomingMail'>; db: Queryable }) {
  return deps.config.incomingMail === null ? [] : deps.db.run<ReachableDesk>(selectDesks, [])
}

/**
 * Hands an answer to a kept mail to the desk, as if it came from a mailbox.
 * @returns the id under which it stands beside the mail
 * @throws NotWritten
 */
export function writeAnswer(deps: Deps, kept: KeptMail, input: FormInput): Promise<string> {
  const written = writtenBy(input, input.sender === 'recipient' ? kept.mail.to : null)
  return handOver(deps, answerTo(kept, written, deps.newId), written.file)
}

/**
 * Hands a first mail to a desk.
 * @returns the id under which it stands beside the kept mails
 * @throws NotWritten
 */
export async function writeFirst(deps: Deps, input: FormInput): Promise<string> {
  const desk = (await reachableDesks(deps)).find(({ publicId }) => publicId === input.desk)
  const { incomingMail } = deps.config
  if (!desk || !incomingMail) throw new NotWritten('There is no such desk.')
  const written = writtenBy(input, null)
  const to = { name: desk.name, address: `${desk.publicId}@${incomingMail.domain}` }
  const subject = cutText(cleanLine(input.subject), 200)
  return handOver(deps, firstMail(written, to, subject, deps.newId), written.file)
}

function writtenBy(input: FormInput, known: MailAddress | null): Written {
  const { text, file } = input
  const address = input.email.trim()
  const from = known ?? { name: cleanName(input.name), address }
  if (!isEmail(from.address)) throw new NotWritten('Whose mail is it? The address is not one.')
  if (text.trim() === '' && file === null) throw new NotWritten('Write something, or choose a file.')
  if (file !== null && file.bytes.length > limits.attachmentBytes) {
    throw new NotWritten('The file is too large: at most 10 MiB.')
  }
  // Browsers send line ends of two characters.
  return { from, file, text: text.replace(/\r\n?/g, '\n').replaceAll('\0', '').toWellFormed().trimEnd() }
}

async function handOver(deps: Deps, mail: Mail, file: WrittenFile | null): Promise<string> {
  const desk = await deskForRecipient(deps, mail.to.address)
  if (desk === null) throw new NotWritten(`No desk takes in e-mails to ${mail.to.address}.`)
  const raw = await mimeOf(mail, deps.now(), deps.newId(), file)
  const envelope = { from: mail.from.address, to: [mail.to.address] }
  const { id: emailId } = await takeIn(deps, desk, { source: 'dev', raw, envelope })
  return keepWritten(deps.db, deps, mail, { deskId: desk.deskId, emailId })
}
