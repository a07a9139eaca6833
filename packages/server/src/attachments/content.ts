import { HelpdeskError, imageTypeOf, isInlineImage, mediaTypeOf } from '@helpdesk/core'

/** So much of a file is looked at before any of it is kept: enough for its type, and an image's size. */
export const headBytes = 128 * 1024

const zipped = ['application/zip']
const office = [...zipped, 'application/x-cfb']
const text = ['application/xml', 'text/calendar', 'text/vcard', 'text/vtt']

/** What the bytes may be taken for, beside the type that the ending stands for. */
const alsoFoundAs: Readonly<Record<string, readonly string[]>> = {
  'image/heic': ['image/heif', 'image/heic-sequence', 'image/heif-sequence'],
  'image/svg+xml': text,
  'application/xml': text,
  'text/plain': text,
  'text/csv': text,
  'text/markdown': text,
  'application/json': text,
  'message/rfc822': text,
  'application/rtf': [],
  'application/msword': ['application/x-cfb', 'application/rtf', 'application/xml'],
  'application/vnd.ms-excel': ['application/x-cfb', 'application/xml'],
  'application/vnd.ms-powerpoint': ['application/x-cfb', 'application/xml'],
  // With a password on them, the newer ones are in the older container.
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': office,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': office,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': office,
  'application/vnd.oasis.opendocument.text': zipped,
  'application/vnd.oasis.opendocument.spreadsheet': zipped,
  'application/vnd.oasis.opendocument.presentation': zipped,
  'audio/mp4': ['audio/x-m4a', 'video/mp4'],
  'audio/ogg': ['audio/ogg; codecs=opus', 'video/ogg', 'application/ogg'],
  'audio/webm': ['video/webm', 'video/matroska'],
  'video/webm': ['video/matroska'],
  'video/mp4': ['video/x-m4v', 'video/quicktime', 'audio/mp4', 'audio/x-m4a', 'video/3gpp'],
  'video/quicktime': ['video/mp4'],
}

/** Types that have no first bytes of their own: whatever is text may be one of them. */
const textTypes = new Set([
  'image/svg+xml',
  'application/xml',
  'text/plain',
  'text/csv',
  'text/markdown',
  'application/json',
  'message/rfc822',
])

/**
 * The media type of a file by its content and its name: an image is what its first bytes say, of anything else the
 * content must not speak against the ending.
 * @param head the first bytes, as many as there are up to `headBytes`
 * @throws HelpdeskError attachment_refused
 */
export async function typeOfFile(name: string, head: Uint8Array): Promise<string> {
  const named = mediaTypeOf(name)
  if (named === null) throw refused('Files of this kind cannot be attached')
  const image = imageTypeOf(head)
  const isPicture = isInlineImage(named) || named === 'image/heic'
  // A JPEG that is called .png is an everyday thing; a picture that is called .pdf is not.
  if (image !== null) return isPicture ? image : mismatch()
  const found = await detect(head)
  if (isPicture) return isOf('image/heic', found) ? 'image/heic' : mismatch()
  if (found === null) return textTypes.has(named) && isText(head) ? named : mismatch()
  if (!isOf(named, found)) return mismatch()
  return found === 'application/xml' && textTypes.has(named) && !isText(head) ? mismatch() : named
}

const isOf = (type: string, found: string | null) =>
  found !== null && (found === type || alsoFoundAs[type]?.includes(found) === true)

/** What the first bytes are known for; null for text and for what nobody knows. */
async function detect(head: Uint8Array): Promise<string | null> {
  // Loaded with the first upload: a process that serves none need not have it.
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  if (found) return found.mime
  // The start of a large archive is not a whole one.
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4 ? 'application/zip' : null
}

/** Text has no NUL, except in UTF-16, which says so in front. */
function isText(head: Uint8Array): boolean {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  return isUtf16 || !head.includes(0)
}

const refused = (detail: string) => new HelpdeskError('attachment_refused', { detail })

function mismatch(): never {
  throw refused('The content of the file is not what its name says')
}
