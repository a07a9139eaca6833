import { route } from './route.ts'
import {
  attachmentKey,
  id,
  nullable,
  object,
  oneOf,
  optional,
  publicId,
  type Static,
  Type,
} from './shared.ts'

/** A file of a message. Its addresses need no credentials and expire; ask for the message again to get new ones. */
export const attachment = object(
  {
    id,
    name: Type.String(),
    type: Type.String({ description: 'Media type by content and ending, from a fixed list' }),
    bytes: Type.Integer(),
    width: nullable(Type.Integer({ description: 'In pixels, of images' })),
    height: nullable(Type.Integer()),
    url: Type.String({ description: 'Expires after one to two hours' }),
    previewUrl: nullable(Type.String({ description: 'A small image to show in place, of images' })),
  },
  { $id: 'Attachment' },
)
export type Attachment = Static<typeof attachment>

/** A file that has arrived and belongs to no message yet. */
export const upload = object(
  {
    key: attachmentKey,
    name: Type.String({ description: 'As it will be shown: cleaned' }),
    type: Type.String(),
    bytes: Type.Integer(),
  },
  { $id: 'Upload' },
)
export type Upload = Static<typeof upload>

const fileName = object({
  name: Type.String({ minLength: 1, maxLength: 1000, description: 'File name with its ending' }),
})
const description =
  'The body is the file itself, at most 10 MiB (10,485,760 bytes). The type is decided by content and ending. A file that no message names within a day is deleted.'
const errors = [
  'not_found',
  'attachments_disabled',
  'payload_too_large',
  'quota_exceeded',
  'attachment_refused',
  'unsupported_media_type',
] as const

export const attachments = {
  upload: route({
    id: 'attachments.upload',
    method: 'POST',
    path: '/api/messaging/widget/:helpdeskId/attachments',
    auth: 'visitor',
    limit: 'upload',
    upload: true,
    summary: 'Upload a file, to be attached to a message',
    description,
    params: object({ helpdeskId: publicId }),
    query: fileName,
    response: { 201: upload },
    errors: [...errors, 'contact_unknown', 'identity_required'],
  }),
  agentUpload: route({
    id: 'attachments.agentUpload',
    method: 'POST',
    path: '/api/desks/:deskId/attachments',
    auth: 'agent',
    role: 'agent',
    limit: 'upload',
    upload: true,
    summary: 'Upload a file, to be attached to a reply or a note',
    description,
    params: object({ deskId: publicId }),
    query: fileName,
    response: { 201: upload },
    errors: [...errors, 'forbidden'],
  }),
  download: route({
    id: 'attachments.download',
    method: 'GET',
    path: '/api/attachments/:attachmentId/:name',
    auth: 'public',
    limit: 'read',
    download: true,
    summary: 'The file, for whoever has its signed address',
    description:
      'Images that are shown in place come as what they are, everything else as a download. `Range` is honoured.',
    params: object({ attachmentId: id, name: Type.String({ maxLength: 1000 }) }),
    query: object({
      desk: id,
      expires: Type.String({ pattern: '^[0-9]{1,12}$' }),
      signature: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
      variant: optional(oneOf(['preview'])),
    }),
    response: { 200: Type.String({ description: 'The bytes' }) },
    errors: ['not_found'],
  }),
}
