import { identityReasons } from '../identity.ts'
import { identityHintCodes } from '../identity-guesses.ts'
import { identityInput } from './contacts.ts'
import { route } from './route.ts'
import {
  dateTime,
  nothing,
  nullable,
  object,
  oneOf,
  optional,
  publicId,
  type Static,
  Type,
} from './shared.ts'

const keyId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,32}$' })

/** A secret of the desk without the secret itself. */
export const secretKey = object(
  {
    id: keyId,
    createdAt: dateTime,
    createdBy: nullable(Type.String({ description: "The agent's name" })),
    retiresAt: nullable(dateTime),
    lastUsedAt: nullable(dateTime),
    live: Type.Boolean({ description: 'Verifies signatures now' }),
  },
  { $id: 'SecretKey' },
)
export type SecretKey = Static<typeof secretKey>

/** What the debugger found out about a page's identity and signature. */
export const identityReport = object(
  {
    ok: Type.Boolean(),
    form: nullable(oneOf(['short', 'full', 'jwt'])),
    keyId: nullable(Type.String()),
    reason: nullable(oneOf(identityReasons)),
    expiresAt: nullable(dateTime),
    trusted: Type.Array(Type.String(), { description: 'Names of the attributes that are vouched for' }),
    unverified: Type.Array(Type.String()),
    hints: Type.Array(
      object({
        code: oneOf(identityHintCodes),
        attribute: nullable(Type.String()),
        detail: Type.String({ description: 'In English, without any secret or right value' }),
      }),
      { description: 'What would make the signature match, most likely first' },
    ),
  },
  { $id: 'IdentityReport' },
)
export type IdentityReport = Static<typeof identityReport>

const deskParams = object({ deskId: publicId })
const keyParams = object({ deskId: publicId, keyId })

/** Keys with which the host signs its users. */
export const secrets = {
  list: route({
    id: 'secrets.list',
    method: 'GET',
    path: '/api/desks/:deskId/secrets',
    auth: 'agent',
    role: 'admin',
    limit: 'read',
    summary: "The desk's keys, newest first, without their secrets",
    params: deskParams,
    response: { 200: object({ secrets: Type.Array(secretKey) }) },
    errors: ['not_found', 'forbidden'],
  }),
  create: route({
    id: 'secrets.create',
    method: 'POST',
    path: '/api/desks/:deskId/secrets',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Make a key; its secret is shown this once',
    description: 'At most 10 live keys.',
    params: deskParams,
    response: {
      201: object({ key: secretKey, secret: Type.String({ description: '64 hex digits, used as text' }) }),
    },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  update: route({
    id: 'secrets.update',
    method: 'PATCH',
    path: '/api/desks/:deskId/secrets/:keyId',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Say when a key retires; null keeps it',
    params: keyParams,
    body: object({ retiresAt: nullable(dateTime) }),
    response: { 200: secretKey },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  remove: route({
    id: 'secrets.remove',
    method: 'DELETE',
    path: '/api/desks/:deskId/secrets/:keyId',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Retire a key now; sessions that it opened end',
    params: keyParams,
    response: { 204: nothing },
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  check: route({
    id: 'secrets.check',
    method: 'POST',
    path: '/api/desks/:deskId/identity-check',
    auth: 'agent',
    role: 'admin',
    limit: 'write',
    summary: 'Why a signature is accepted or refused',
    params: deskParams,
    body: object({
      identity: optional(identityInput),
      signature: optional(Type.String({ maxLength: 500 })),
      identityToken: optional(Type.String({ maxLength: 16_384 })),
    }),
    response: { 200: identityReport },
    errors: ['not_found', 'forbidden'],
  }),
}
