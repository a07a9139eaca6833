import { emailTemplateKinds } from '../email-templates.ts'
import { locales } from '../locales.ts'
import { route } from './route.ts'
import { locale, object, oneOf, optional, publicId, type Static, Type } from './shared.ts'

const subject = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
const body = Type.String({ maxLength: 5_000, description: 'Plain text; may be empty' })

/** The words of a kind of e-mail in one language. */
export const emailTemplate = object(
  {
    kind: oneOf(emailTemplateKinds),
    locale,
    subject: Type.String(),
    body: Type.String(),
    isCustom: Type.Boolean({ description: 'The desk has its own words' }),
  },
  { $id: 'EmailTemplate' },
)
export type EmailTemplate = Static<typeof emailTemplate>

const deskParams = object({ deskId: publicId })
const params = object({ deskId: publicId, kind: oneOf(emailTemplateKinds), locale: oneOf(locales) })
const words = { subject, body }

export const emailTemplateRoutes = {
  list: route({
    id: 'emailTemplates.list',
    method: 'GET',
    path: '/api/desks/:deskId/email-templates',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'The words of every kind of e-mail in every language',
    params: deskParams,
    response: { 200: object({ templates: Type.Array(emailTemplate) }) },
    errors: ['not_found'],
  }),
  save: route({
    id: 'emailTemplates.save',
    method: 'PATCH',
    path: '/api/desks/:deskId/email-templates/:kind/:locale',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Use own words for a kind of e-mail in one language',
    params,
    body: object(words),
    response: { 200: emailTemplate },
    errors: ['not_found', 'forbidden'],
  }),
  reset: route({
    id: 'emailTemplates.reset',
    method: 'DELETE',
    path: '/api/desks/:deskId/email-templates/:kind/:locale',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Go back to the words that were there',
    params,
    response: { 200: emailTemplate },
    errors: ['not_found', 'forbidden'],
  }),
  preview: route({
    id: 'emailTemplates.preview',
    method: 'POST',
    path: '/api/desks/:deskId/email-templates/:kind/:locale/preview',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'The e-mail that words would make, with an invented conversation',
    params,
    body: object({
      ...words,
      proved: optional(
        Type.Boolean({ description: 'As to a proved address (default), or to one that nobody has proved' }),
      ),
    }),
    response: { 200: object({ subject: Type.String(), html: Type.String(), text: Type.String() }) },
    errors: ['not_found'],
  }),
  sendTest: route({
    id: 'emailTemplates.sendTest',
    method: 'POST',
    path: '/api/desks/:deskId/email-templates/:kind/:locale/test',
    auth: 'agent',
    role: 'admin',
    limit: 'signIn',
    summary: 'Send that e-mail to the caller',
    params,
    body: object(words),
    response: {
      200: object({
        kept: Type.Boolean({ description: 'There is no mail server: it was kept to be looked at, not sent' }),
      }),
    },
    errors: ['not_found', 'forbidden', 'unavailable'],
  }),
}
