import { type EmailTemplateText, type FieldError, unknownVariables } from '@helpdesk/core'
import type { Answers } from '../ask.ts'
import { previewOf, toEmailTemplate, toEmailTemplates } from '../mail-templates.ts'
import type { DeskRecord } from '../records.ts'
import { refusal } from '../schema.ts'

/** The words of a desk's e-mails. */
export const emailTemplates: Answers['emailTemplates'] = {
  list: ({ desk }) => ({ templates: toEmailTemplates(desk) }),
  save({ desk, params: { kind, locale }, body }) {
    mustBeKnown(body)
    forget(desk, { kind, locale })
    desk.mail.templates.push({ kind, locale, ...body })
    return toEmailTemplate(desk, { kind, locale })
  },
  reset({ desk, params: { kind, locale } }) {
    forget(desk, { kind, locale })
    return toEmailTemplate(desk, { kind, locale })
  },
  preview({ desk, params, body: { proved = true, ...words } }) {
    mustBeKnown(words)
    return previewOf(desk, params, words, proved)
  },
  sendTest({ world, desk, body }) {
    mustBeKnown(body)
    return { kept: desk.mail.smtp === null && world.installationMail.kept }
  },
}

function forget({ mail }: DeskRecord, { kind, locale }: { kind: string; locale: string }): void {
  mail.templates = mail.templates.filter((one) => one.kind !== kind || one.locale !== locale)
}

/** @throws {HelpdeskError} `validation_failed`, with the field in which an unknown variable stands */
function mustBeKnown(words: EmailTemplateText): void {
  const errors = (['subject', 'body'] as const).flatMap((field): FieldError[] => {
    const unknown = unknownVariables(words[field])
    if (unknown.length === 0) return []
    const names = unknown.map((name) => `{{${name}}}`).join(', ')
    return [{ pointer: `/body/${field}`, detail: `has variables that are unknown: ${names}` }]
  })
  if (errors.length) throw refusal(errors)
}
