import {
  type EmailTemplateKind,
  type EmailTemplateText,
  emailTemplateKinds,
  type FieldError,
  HelpdeskError,
  type Locale,
  locales,
  unknownVariables,
} from '@helpdesk/core'
import type { EmailTemplate } from '@helpdesk/core/api'
import { MailError } from '../adapters/mail.ts'
import type { AgentActor } from '../agents/service.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { deskMailOf } from '../email-settings/service.ts'
import { automatic } from '../notifications/mail-parts.ts'
import { defaultTemplates } from './defaults.ts'
import { sampleMail } from './samples.ts'
import { deleteTemplate, saveTemplate, selectTemplates } from './store.ts'

/** Names a kind of e-mail in one language. */
export interface TemplatePlace {
  kind: EmailTemplateKind
  locale: Locale
}

/** The words of every kind of e-mail in every language. */
export async function listTemplates(deps: Pick<Deps, 'db'>, desk: DeskRecord): Promise<EmailTemplate[]> {
  const rows = await selectTemplates(deps.db, desk.deskId)
  const own = new Map(rows.map((row) => [`${row.kind} ${row.locale}`, row]))
  return emailTemplateKinds.flatMap((kind) =>
    locales.map((locale) => {
      const row = own.get(`${kind} ${locale}`)
      return templateView({ kind, locale }, row ?? defaultTemplates[locale][kind], row !== undefined)
    }),
  )
}

/** Uses own words from now on. @throws HelpdeskError validation_failed */
export async function changeTemplate(
  deps: Pick<Deps, 'db' | 'now'>,
  desk: DeskRecord,
  place: TemplatePlace,
  given: EmailTemplateText,
): Promise<EmailTemplate> {
  const words = readWords(given)
  await saveTemplate(deps.db, desk.deskId, { ...place, ...words }, deps.now())
  return templateView(place, words, true)
}

/** Goes back to the words that were there. */
export async function resetTemplate(
  deps: Pick<Deps, 'db'>,
  desk: DeskRecord,
  place: TemplatePlace,
): Promise<EmailTemplate> {
  await deleteTemplate(deps.db, desk.deskId, place.kind, place.locale)
  return templateView(place, defaultTemplates[place.locale][place.kind], false)
}

/** The e-mail that words would make. @throws HelpdeskError validation_failed */
export async function previewTemplate(
  deps: Pick<Deps, 'now' | 'config'> & Parameters<typeof deskMailOf>[0],
  desk: DeskRecord,
  place: TemplatePlace,
  given: EmailTemplateText & { proved?: boolean | undefined },
): Promise<{ subject: string; html: string; text: string }> {
  const template = readWords(given)
  const { subject, html, text } = sampleMail(deps, desk, await deskMailOf(deps, desk.deskId), {
    ...place,
    template,
    proved: given.proved ?? true,
    id: 'preview',
    to: { name: '', address: 'contact@mail.example' },
  })
  return { subject, html, text }
}

/** Sends that e-mail to an agent. @returns whether it was kept instead @throws HelpdeskError validation_failed; unavailable with the mail server's words */
export async function sendTestMail(
  deps: Pick<Deps, 'now' | 'newId' | 'config' | 'log'> & Parameters<typeof deskMailOf>[0],
  desk: DeskRecord,
  agent: AgentActor,
  place: TemplatePlace,
  given: EmailTemplateText,
): Promise<{ kept: boolean }> {
  const template = readWords(given)
  const to = { name: agent.name, address: agent.email }
  try {
    const deskMail = await deskMailOf(deps, desk.deskId)
    const sample = { ...place, template, proved: true, id: `test.${deps.newId()}`, to }
    const mail = sampleMail(deps, desk, deskMail, sample)
    // Without what mail programs make a button of: nobody can opt out by a test.
    await deskMail.adapter.send({ ...mail, to, headers: automatic })
    return { kept: deskMail.adapter.keeps === true }
  } catch (error) {
    deps.log.warn({ err: error }, 'A test of a template was not sent')
    const words = error instanceof MailError ? error.message : 'it could not be handed over'
    throw new HelpdeskError('unavailable', { detail: `The e-mail was not sent: ${words}`, cause: error })
  }
}

const templateView = (
  { kind, locale }: TemplatePlace,
  { subject, body }: EmailTemplateText,
  isCustom: boolean,
): EmailTemplate => ({ kind, locale, subject, body, isCustom })

/** Words of which every variable is known, with a subject of one line. @throws HelpdeskError validation_failed */
function readWords({ subject, body }: EmailTemplateText): EmailTemplateText {
  const errors: FieldError[] = []
  for (const [field, text] of Object.entries({ subject, body })) {
    for (const name of unknownVariables(text))
      errors.push({ pointer: `/body/${field}`, detail: `has the unknown variable {{${name}}}` })
  }
  if (/[\p{Cc}\u2028\u2029]/u.test(subject))
    errors.push({ pointer: '/body/subject', detail: 'must be one line' })
  if (errors.length === 0) return { subject: subject.trim(), body: body.replace(/\r\n?/g, '\n') }
  const fields = [...new Set(errors.map(({ pointer }) => pointer.slice('/body/'.length)))]
  throw new HelpdeskError('validation_failed', { detail: `Check ${fields.join(', ')}`, errors })
}
