import type { channels } from '../conversations.ts'
import { agentRoles } from '../desks.ts'
import { notifyModes } from '../notifications.ts'
import { route } from './route.ts'
import {
  emailAddress,
  id,
  locale,
  object,
  oneOf,
  optional,
  personName,
  publicId,
  type Static,
  Type,
} from './shared.ts'

const password = Type.String({ minLength: 10, maxLength: 200 })

/** By channel, of which conversations an agent gets e-mails. */
const notifications = object({
  widget: oneOf(notifyModes),
  contact_form: oneOf(notifyModes),
  ticket_center: oneOf(notifyModes),
  email: oneOf(notifyModes),
  api: oneOf(notifyModes),
} satisfies Record<(typeof channels)[number], unknown>)

export const agent = object(
  {
    id,
    name: Type.String(),
    email: Type.String(),
    locale,
    notifications,
  },
  { $id: 'Agent' },
)
export type Agent = Static<typeof agent>

export const session = object(
  {
    agent,
    desks: Type.Array(object({ id: publicId, name: Type.String(), role: oneOf(agentRoles) })),
  },
  { $id: 'Session' },
)
export type Session = Static<typeof session>

export const agents = {
  setupState: route({
    id: 'agents.setupState',
    method: 'GET',
    path: '/api/setup',
    auth: 'public',
    limit: 'read',
    summary: 'Whether the first owner is still to be made',
    response: { 200: object({ needed: Type.Boolean() }) },
    errors: [],
  }),
  setup: route({
    id: 'agents.setup',
    method: 'POST',
    path: '/api/setup',
    auth: 'public',
    limit: 'signIn',
    summary: 'Make the first owner and the first desk; signs in',
    body: object({
      setupToken: Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'Printed by the server at its first start',
      }),
      name: personName,
      email: emailAddress,
      password,
      deskName: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
      locale: optional(locale),
    }),
    response: { 201: session },
    errors: ['setup_done', 'forbidden'],
  }),
  signIn: route({
    id: 'agents.signIn',
    method: 'POST',
    path: '/api/agents/sign-in',
    auth: 'public',
    limit: 'signIn',
    summary: 'Sign in; sets the session cookie',
    body: object({
      email: Type.String({ minLength: 1, maxLength: 254 }),
      password: Type.String({ minLength: 1, maxLength: 200 }),
    }),
    response: { 200: session },
    errors: ['sign_in_failed', 'too_many_requests'],
  }),
  signOut: route({
    id: 'agents.signOut',
    method: 'POST',
    path: '/api/agents/sign-out',
    auth: 'agent',
    limit: 'write',
    summary: 'End this session on the server',
    response: { 204: Type.Null() },
    errors: [],
  }),
  me: route({
    id: 'agents.me',
    method: 'GET',
    path: '/api/agents/me',
    auth: 'agent',
    limit: 'read',
    summary: 'The signed-in agent and its desks',
    response: { 200: session },
    errors: [],
  }),
  updateMe: route({
    id: 'agents.updateMe',
    method: 'PATCH',
    path: '/api/agents/me',
    auth: 'agent',
    limit: 'write',
    summary: 'Change own name, language or notification switches',
    body: object({
      name: optional(personName),
      locale: optional(locale),
      notifications: optional(Type.Partial(notifications, { additionalProperties: false })),
    }),
    response: { 200: session },
    errors: [],
  }),
}
