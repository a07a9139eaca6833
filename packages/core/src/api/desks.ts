import { agentRoles, securityLevels } from '../desks.ts'
import { route } from './route.ts'
import { locale, localizedText, object, oneOf, optional, publicId, type Static, Type } from './shared.ts'

const color = Type.String({ pattern: '^#[0-9a-fA-F]{6}$', description: 'Hex colour, `#rrggbb`' })
const urlRules = Type.Array(Type.String({ minLength: 1, maxLength: 2048, pattern: '^[^\\r\\n]*$' }), {
  maxItems: 200,
})
const launcherLabel = Type.String({
  maxLength: 40,
  description: 'Beside the icon; empty shows the icon alone',
})

const homes = object({
  articles: Type.Boolean(),
  messages: Type.Boolean(),
  tickets: Type.Boolean(),
})

const widgetSettings = {
  messagingEnabled: Type.Boolean({ description: 'Settings > Widget > Enable messaging' }),
  position: oneOf(['left', 'right']),
  offset: Type.Integer({ minimum: 0, maximum: 200, description: 'Distance from the page edge in px' }),
  color,
  theme: oneOf(['light', 'dark', 'auto']),
  launcherLabel,
  welcomeNote: localizedText(500),
  helpText: localizedText(2000),
  attachments: Type.Boolean(),
  emailRequired: Type.Boolean({ description: 'Whether a new conversation must come with an e-mail address' }),
  showRules: urlRules,
  hideRules: urlRules,
  homes,
}

const ticketSettings = {
  enabled: Type.Boolean({ description: 'Tickets can be opened and followed' }),
  ownOnly: Type.Boolean({
    description: "Users of a client see their own tickets only, not all of their client's",
  }),
}
const pageSettings = {
  contactForm: Type.Boolean({ description: 'The contact form at `/p/:deskId/contact`' }),
  ticketCenter: Type.Boolean({ description: 'The ticket centre at `/p/:deskId/tickets`' }),
}
const emailSwitches = {
  ticketCreated: Type.Boolean({ description: 'Confirm a new ticket by e-mail' }),
  newConversations: Type.Boolean({ description: 'An e-mail that belongs to no conversation begins one' }),
}
const securitySettings = {
  level: oneOf(securityLevels),
  allowShort: Type.Boolean({ description: 'Accept signatures of the short form, which never expire' }),
}

/** What every page may know about a desk: how the widget looks, where it shows and what it offers. */
export const publicDesk = object(
  {
    id: publicId,
    name: Type.String(),
    locale,
    active: Type.Boolean(),
    messaging: Type.Boolean({ description: 'All three messaging switches are on' }),
    tickets: Type.Boolean({ description: 'Tickets can be opened and followed' }),
    securityLevel: oneOf(securityLevels),
    widget: object({
      position: widgetSettings.position,
      offset: widgetSettings.offset,
      color,
      theme: widgetSettings.theme,
      launcherLabel: widgetSettings.launcherLabel,
      welcomeNote: widgetSettings.welcomeNote,
      helpText: widgetSettings.helpText,
      attachments: widgetSettings.attachments,
      emailRequired: widgetSettings.emailRequired,
      showRules: urlRules,
      hideRules: urlRules,
      homes,
    }),
  },
  { $id: 'PublicDesk' },
)
export type PublicDesk = Static<typeof publicDesk>

const deskFields = {
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  locale,
  timeZone: Type.String({ minLength: 1, maxLength: 64, description: 'IANA time zone of numbers and dates' }),
  active: Type.Boolean(),
  numberPattern: Type.String({ minLength: 1, maxLength: 60 }),
}

/** All settings of a desk, as its team sees them. */
export const desk = object(
  {
    id: publicId,
    ...deskFields,
    messaging: object({ enabled: Type.Boolean(), sendInstantlyDefault: Type.Boolean() }),
    features: object({ messaging: Type.Boolean() }),
    tickets: object(ticketSettings),
    pages: object(pageSettings),
    widget: object(widgetSettings),
    email: object(emailSwitches),
    security: object(securitySettings),
    role: oneOf(agentRoles, { description: "The caller's role on this desk" }),
  },
  { $id: 'Desk' },
)
export type Desk = Static<typeof desk>

const optionalAll = <P extends Record<string, Parameters<typeof optional>[0]>>(properties: P) =>
  Type.Partial(Type.Object(properties), { additionalProperties: false })

/** Which settings to change; what is not named stays. */
export const deskChange = object(
  {
    name: optional(deskFields.name),
    locale: optional(deskFields.locale),
    timeZone: optional(deskFields.timeZone),
    active: optional(deskFields.active),
    numberPattern: optional(deskFields.numberPattern),
    messaging: optional(optionalAll({ enabled: Type.Boolean(), sendInstantlyDefault: Type.Boolean() })),
    widget: optional(optionalAll(widgetSettings)),
    tickets: optional(optionalAll(ticketSettings)),
    pages: optional(optionalAll(pageSettings)),
    email: optional(optionalAll(emailSwitches)),
    security: optional(optionalAll(securitySettings)),
  },
  { $id: 'DeskChange' },
)
export type DeskChange = Static<typeof deskChange>

const deskParams = object({ deskId: publicId })

export const desks = {
  publicSettings: route({
    id: 'desks.publicSettings',
    method: 'GET',
    path: '/api/messaging/widget/:helpdeskId/settings',
    auth: 'public',
    limit: 'read',
    summary: 'What a page needs to show the widget of a desk',
    description: 'Cacheable; answers 304 to a matching `If-None-Match`.',
    params: object({ helpdeskId: publicId }),
    response: { 200: publicDesk },
    errors: ['not_found'],
  }),
  list: route({
    id: 'desks.list',
    method: 'GET',
    path: '/api/desks',
    auth: 'agent',
    limit: 'read',
    summary: "The signed-in agent's desks",
    response: { 200: object({ desks: Type.Array(desk) }) },
    errors: [],
  }),
  get: route({
    id: 'desks.get',
    method: 'GET',
    path: '/api/desks/:deskId',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'All settings of a desk',
    params: deskParams,
    response: { 200: desk },
    errors: ['not_found'],
  }),
  update: route({
    id: 'desks.update',
    method: 'PATCH',
    path: '/api/desks/:deskId',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Change settings of a desk',
    params: deskParams,
    body: deskChange,
    response: { 200: desk },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
}
