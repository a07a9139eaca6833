import { cleanLine, cutText } from './contacts.ts'
import { limits } from './limits.ts'

/** The image types that are shown in place; SVG is not one of them, because it can hold scripts. */
export const inlineImageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'] as const

/** The file endings that may be attached, each with its media type; HTML and programs are not among them. */
export const attachmentEndings = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  heic: 'image/heic',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  txt: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  md: 'text/markdown',
  xml: 'application/xml',
  json: 'application/json',
  har: 'application/json',
  rtf: 'application/rtf',
  zip: 'application/zip',
  gz: 'application/gzip',
  '7z': 'application/x-7z-compressed',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  eml: 'message/rfc822',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  weba: 'audio/webm',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
} as const

/** Every media type that may be attached. */
export const attachmentTypes: readonly string[] = /* @__PURE__ */ Object.values(attachmentEndings)

/** Why an attachment is refused. */
export type AttachmentError = 'empty' | 'too_large' | 'type_not_allowed'

/** A media type without its parameters, in lower case: `Text/Plain; charset=utf-8` is `text/plain`. */
export function mediaType(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** Whether a file of this media type is shown in place rather than offered for download. */
export function isInlineImage(type: string): boolean {
  return (inlineImageTypes as readonly string[]).includes(mediaType(type))
}

/**
 * The media type that a file's ending stands for, `null` when it is not on the list: browsers often send none
 * or a wrong one.
 */
export function mediaTypeOf(fileName: string): string | null {
  const ending = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase()
  const known: Readonly<Record<string, string>> = attachmentEndings
  return fileName.includes('.') && Object.hasOwn(known, ending) ? (known[ending] ?? null) : null
}

/**
 * Checks a file before it is kept: 1 byte to 10 MiB inclusive, of a type on the list.
 * @returns `null` when it may be attached
 */
export function checkAttachment(file: { bytes: number; type: string }): AttachmentError | null {
  if (file.bytes < 1) return 'empty'
  if (!(file.bytes <= limits.attachmentBytes)) return 'too_large'
  return attachmentTypes.includes(mediaType(file.type)) ? null : 'type_not_allowed'
}

/**
 * The image type that a file's first bytes (16 are enough) show it to be, whatever it is called; `null` for
 * anything that is not shown in place.
 */
export function imageTypeOf(bytes: Uint8Array): (typeof inlineImageTypes)[number] | null {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (text(0, 3) === '\xff\xd8\xff') return 'image/jpeg'
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'image/gif'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp'
  if (text(4, 12) === 'ftypavif' || text(4, 12) === 'ftypavis') return 'image/avif'
  return null
}

/**
 * A file name that is safe to show, send and store on any system: no folders, no control, bidi or zero-width
 * characters, none of `<>:"|?*`, no dot in front, no reserved device name, at most 120 characters with the
 * ending kept, `file` when nothing is left.
 */
export function cleanFileName(value: string): string {
  const base = value.split(/[/\\]/).at(-1) ?? ''
  const trimmed = trimDots(
    cleanLine(base)
      .replace(/[<>:"|?*]/g, '_')
      .normalize('NFC'),
  )
  const name = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(trimmed) ? `_${trimmed}` : trimmed
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : ''
  const stem = cutText(name.slice(0, name.length - ending.length), limits.fileName - ending.length)
  return trimDots(stem + ending) || 'file'
}

/** Without dots and spaces at the ends: a leading dot hides a file, a trailing one is lost on Windows. */
function trimDots(name: string): string {
  let from = 0
  let to = name.length
  while (from < to && ' .'.includes(name.charAt(from))) from++
  while (to > from && ' .'.includes(name.charAt(to - 1))) to--
  return name.slice(from, to)
}
