import { route } from './route.ts'
import { id, nothing, nullable, object, publicId, Type } from './shared.ts'

/** Whoever has it may read the conversation and reply, without signing in. */
export const publicLink = object(
  { url: nullable(Type.String({ description: '`https://…/t/<token>`' })) },
  { $id: 'PublicLink' },
)

const deskConversationParams = object({ deskId: publicId, conversationId: id })

/** What agents do with the public link of a conversation. */
export const publicLinks = {
  publicLink: route({
    id: 'conversations.publicLink',
    method: 'GET',
    path: '/api/desks/:deskId/conversations/:conversationId/public-link',
    auth: 'agent',
    role: 'viewer',
    limit: 'read',
    summary: 'The public link of a conversation; null when it was revoked',
    params: deskConversationParams,
    response: { 200: publicLink },
    errors: ['not_found'],
  }),
  replacePublicLink: route({
    id: 'conversations.replacePublicLink',
    method: 'POST',
    path: '/api/desks/:deskId/conversations/:conversationId/public-link',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    summary: 'A new public link; the old one no longer opens anything',
    params: deskConversationParams,
    response: { 201: publicLink },
    errors: ['not_found', 'forbidden'],
  }),
  revokePublicLink: route({
    id: 'conversations.revokePublicLink',
    method: 'DELETE',
    path: '/api/desks/:deskId/conversations/:conversationId/public-link',
    auth: 'agent',
    role: 'agent',
    limit: 'write',
    summary: 'Revoke the public link; e-mails about the conversation no longer have one either',
    params: deskConversationParams,
    response: { 204: nothing },
    errors: ['not_found', 'forbidden'],
  }),
}
