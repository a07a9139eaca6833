import { route } from './route.ts'
import {
  dateTime,
  emailAddress,
  id,
  nullable,
  object,
  optional,
  personName,
  publicId,
  type Static,
  Type,
  token,
} from './shared.ts'

/** A contact as it sees itself. */
export const contactSelf = object(
  { id, name: nullable(Type.String()), email: nullable(Type.String()), emailVerified: Type.Boolean() },
  { $id: 'ContactSelf' },
)
export type ContactSelf = Static<typeof contactSelf>

/** A contact as agents see it. */
export const contact = object(
  {
    id,
    name: nullable(Type.String()),
    email: nullable(Type.String()),
    emailVerified: Type.Boolean(),
    online: Type.Boolean({ description: 'Has the widget open right now' }),
    createdAt: dateTime,
    lastSeenAt: nullable(dateTime),
  },
  { $id: 'Contact' },
)
export type Contact = Static<typeof contact>

/** Credentials in the body, as the Helpdesky endpoints have them; `Authorization` does as well. */
export const credentialFields = { contactId: optional(id), contactToken: optional(token) }

export const contacts = {
  updateEmail: route({
    id: 'contacts.updateEmail',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/update-email',
    auth: 'contact',
    limit: 'write',
    summary: 'Say where replies should be e-mailed to',
    params: object({ helpdeskId: publicId }),
    body: object({ ...credentialFields, email: emailAddress, name: optional(personName) }),
    response: { 200: object({ contact: contactSelf }) },
    errors: ['not_found', 'contact_unknown'],
  }),
}
