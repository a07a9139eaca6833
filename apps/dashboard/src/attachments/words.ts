import { attachmentEndings, limits } from '@helpdesk/core'

/** The texts about files. */
export const words = {
  attach: 'Attach files',
  attachHint: 'Or drop them anywhere on the conversation, or paste them.',
  drop: 'Drop to attach',
  list: 'Attached files',
  remove: (name: string) => `Remove ${name}`,
  cancel: (name: string) => `Cancel ${name}`,
  retry: (name: string) => `Try ${name} again`,
  waiting: 'Waiting…',
  sending: (percent: number) => `${percent} %`,
  progress: (name: string) => `Sending ${name}`,
  ready: (name: string) => `${name} is attached`,
  tooMany: `A message takes ${limits.attachmentsPerMessage} files at most. The others were left out.`,
  problems: {
    empty: 'The file is empty.',
    too_large: 'Larger than 10 MB.',
    type_not_allowed: 'This kind of file is not accepted.',
  } as const,
  refused: {
    attachments_disabled: 'Attachments are turned off on this desk.',
    payload_too_large: 'Larger than 10 MB.',
    attachment_refused: 'This kind of file is not accepted, or the file is not what its name says.',
    unsupported_media_type: 'This kind of file is not accepted.',
    quota_exceeded: 'Too many files in a short time. Try again later.',
  } as const,
  stillSending: 'You can send when all files have arrived.',
  hasFailed: 'Remove the file that cannot be sent, or try it again.',
  download: 'Download',
  open: (name: string, size: string) => `Open ${name}, ${size}`,
  filesOf: 'Files',
  renewFailed: 'The address of this file has expired. Reload the conversation.',
} as const

/** The endings that the file dialog offers. */
export const acceptedEndings: string = Object.keys(attachmentEndings)
  .map((ending) => `.${ending}`)
  .join(',')

/** The size of a file: `512 B`, `24 kB`, `1.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const kilobytes = bytes / 1024
  if (kilobytes < 1000) return `${Math.max(1, Math.round(kilobytes))} kB`
  return `${(kilobytes / 1024).toFixed(1)} MB`
}
