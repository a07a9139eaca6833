import { identityAttributes } from '../identity.ts'
import { route } from './route.ts'
import {
  cursor,
  dateTime,
  emailAddress,
  id,
  limit,
  locale,
  nothing,
  nullable,
  object,
  oneOf,
  optional,
  personName,
  publicId,
  type Static,
  Type,
  token,
} from './shared.ts'

/** A client of the desk's owner as its users see it. */
export const clientSelf = object(
  { externalId: nullable(Type.String()), name: nullable(Type.String()) },
  { $id: 'ClientSelf' },
)

/** A contact as it sees itself. */
export const contactSelf = object(
  {
    id,
    name: nullable(Type.String()),
    email: nullable(Type.String()),
    emailVerified: Type.Boolean(),
    client: nullable(clientSelf),
  },
  { $id: 'ContactSelf' },
)
export type ContactSelf = Static<typeof contactSelf>

/**
 * What vouches for a contact: nothing (a browser's own token), the page of an `open` desk, its mailbox (a one-time
 * link or a reply), a signature of the short or the full form, or a JWT.
 */
export const identityForms = ['anonymous', 'page', 'email', 'short', 'full', 'jwt'] as const
export type IdentityForm = (typeof identityForms)[number]

/** What a page said that nobody has vouched for, by attribute name. */
export const claims = Type.Unsafe<Partial<Record<(typeof identityAttributes)[number], string>>>({
  type: 'object',
  properties: Object.fromEntries(
    identityAttributes.map((name) => [name, { type: 'string', maxLength: 1000 }]),
  ),
  additionalProperties: false,
  description: 'Said by the page, vouched for by nobody',
})

/** A customer organisation as agents see it. */
export const client = object(
  {
    id,
    externalId: nullable(Type.String()),
    name: nullable(Type.String()),
    email: nullable(Type.String()),
    url: nullable(Type.String({ description: 'As the host gave it: text, not checked to be a link' })),
    plan: nullable(Type.String()),
    createdAt: dateTime,
  },
  { $id: 'Client' },
)
export type Client = Static<typeof client>

/** A contact as agents see it. */
export const contact = object(
  {
    id,
    name: nullable(Type.String()),
    email: nullable(Type.String()),
    emailVerified: Type.Boolean(),
    phone: nullable(Type.String()),
    externalId: nullable(Type.String()),
    identity: oneOf(identityForms, { description: 'What vouches for the contact' }),
    claims,
    client: nullable(client),
    emailOptedOut: Type.Boolean({ description: 'Wants no e-mails from this desk' }),
    emailBounce: nullable(
      object(
        { at: dateTime, detail: Type.String() },
        { description: 'The address does not take our e-mails' },
      ),
    ),
    online: Type.Boolean({ description: 'Has the widget open right now' }),
    createdAt: dateTime,
    lastSeenAt: nullable(dateTime),
  },
  { $id: 'Contact' },
)
export type Contact = Static<typeof contact>

/** A merge of two contacts that may still be undone. */
export const contactMerge = object(
  {
    id,
    from: object({ id, name: nullable(Type.String()), email: nullable(Type.String()) }),
    by: oneOf(['signature', 'email_link', 'mailbox_reply', 'agent']),
    agentName: nullable(Type.String()),
    conversations: Type.Integer({ description: 'How many conversations moved' }),
    at: dateTime,
  },
  { $id: 'ContactMerge' },
)
export type ContactMerge = Static<typeof contactMerge>

/** Credentials in the body, as the Helpdesky endpoints have them; `Authorization` does as well. */
export const credentialFields = { contactId: optional(id), contactToken: optional(token) }

/** The attributes of a page's user as the page sends them: text, or a number that stands for its decimal digits. */
export const identityInput = Type.Unsafe<
  Partial<Record<(typeof identityAttributes)[number], string | number>>
>({
  type: 'object',
  properties: Object.fromEntries(
    identityAttributes.map((name) => [name, { type: ['string', 'number'], maxLength: 1000 }]),
  ),
  additionalProperties: false,
})

const widgetParams = object({ helpdeskId: publicId })
const deskContactParams = object({ deskId: publicId, contactId: id })

/** A session of a contact: credentials like any others, but short-lived. */
export const contactSession = object(
  {
    contactId: id,
    contactToken: token,
    expiresAt: dateTime,
    contact: contactSelf,
    form: oneOf(['page', 'email', 'short', 'full', 'jwt', 'link']),
    conversationNumber: nullable(
      Type.String({ description: 'With a public link: the only conversation that it opens' }),
    ),
  },
  { $id: 'ContactSession' },
)
export type ContactSession = Static<typeof contactSession>

export const contacts = {
  identify: route({
    id: 'contacts.identify',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/identify',
    auth: 'public',
    limit: 'identify',
    summary: "Exchange a page's signed identity for a contact session",
    description:
      'Send `identity` with `signature`, or `identityToken` (a JWT) alone. On a desk of level `open` the identity alone will do. `contactId` and `contactToken` of the browser merge its anonymous contact into the identified one. A refusal says why in `reason`.',
    params: widgetParams,
    body: object({
      ...credentialFields,
      identity: optional(identityInput),
      signature: optional(
        Type.Unsafe<string>({ description: 'Text; anything else is refused as malformed' }),
      ),
      identityToken: optional(Type.Unsafe<string>({})),
    }),
    response: { 200: contactSession },
    errors: ['not_found', 'identity_rejected'],
  }),
  requestEmailLink: route({
    id: 'contacts.requestEmailLink',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/email-link',
    auth: 'public',
    limit: 'start',
    summary: 'E-mail a one-time link and code that bring conversations back',
    description:
      'The answer is the same whether the address is known or not. The link and the code hold for 15 minutes and work once, one of them.',
    params: widgetParams,
    body: object({ email: emailAddress, locale: optional(locale) }),
    response: { 202: object({ expiresAt: dateTime }) },
    errors: ['not_found', 'identity_required'],
  }),
  redeemEmailLink: route({
    id: 'contacts.redeemEmailLink',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/email-link/redeem',
    auth: 'public',
    limit: 'link',
    summary: 'Exchange the one-time link, or the address with its code, for a contact session',
    description:
      'Proves the address: the conversations begun with it come together, those of this browser (`contactId`, `contactToken`) as well.',
    params: widgetParams,
    body: object({
      ...credentialFields,
      token: optional(token),
      email: optional(emailAddress),
      code: optional(Type.String({ pattern: '^[0-9]{6}$', description: 'Six digits, with `email`' })),
    }),
    response: { 200: contactSession },
    errors: ['not_found', 'email_link_invalid', 'identity_required'],
  }),
  signOut: route({
    id: 'contacts.signOut',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/sign-out',
    auth: 'contact',
    limit: 'write',
    summary: 'End the contact session',
    params: widgetParams,
    response: { 204: nothing },
    errors: ['not_found', 'contact_unknown', 'identity_required'],
  }),
  updateEmail: route({
    id: 'contacts.updateEmail',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/update-email',
    auth: 'contact',
    limit: 'write',
    summary: 'Say where replies should be e-mailed to',
    params: widgetParams,
    body: object({ ...credentialFields, email: emailAddress, name: optional(personName) }),
    response: { 200: object({ contact: contactSelf }) },
    errors: ['not_found', 'contact_unknown', 'identity_required'],
  }),
  list: route({
    id: 'contacts.list',
    method: 'GET',
    path: '/api/desks/:deskId/contacts',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'Contacts by name, address or external id, newest first',
    params: object({ deskId: publicId }),
    query: object({
      search: optional(
        Type.String({ maxLength: 200, description: 'Part of a name, address or external id' }),
      ),
      limit: optional(limit(100)),
      cursor: optional(cursor),
    }),
    response: { 200: object({ contacts: Type.Array(contact), nextCursor: nullable(cursor) }) },
    errors: ['not_found'],
  }),
  get: route({
    id: 'contacts.get',
    method: 'GET',
    path: '/api/desks/:deskId/contacts/:contactId',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'A contact with the merges that can be undone',
    params: deskContactParams,
    response: { 200: object({ contact, merges: Type.Array(contactMerge) }) },
    errors: ['not_found'],
  }),
  update: route({
    id: 'contacts.update',
    method: 'PATCH',
    path: '/api/desks/:deskId/contacts/:contactId',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    summary: 'Try an address again that did not take our e-mails, or note what the contact wishes',
    params: deskContactParams,
    body: object({
      emailOptedOut: optional(Type.Boolean()),
      emailBounce: optional(Type.Null({ description: 'Forgets that the address bounced' })),
    }),
    response: { 200: object({ contact }) },
    errors: ['not_found', 'forbidden'],
  }),
  merge: route({
    id: 'contacts.merge',
    method: 'POST',
    path: '/api/desks/:deskId/contacts/:contactId/merge',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    summary: 'Make a contact part of another one, conversations included',
    params: deskContactParams,
    body: object({ intoContactId: id }),
    response: { 200: object({ contact, merge: contactMerge }) },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  undoMerge: route({
    id: 'contacts.undoMerge',
    method: 'POST',
    path: '/api/desks/:deskId/contact-merges/:mergeId/undo',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    summary: 'Take a merge back: the conversations that moved go back',
    params: object({ deskId: publicId, mergeId: id }),
    response: { 200: object({ contact }) },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
}
