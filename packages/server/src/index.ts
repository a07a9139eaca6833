export { type ClamdOptions, clamdScanner, type ScanFile, type ScannedFile } from './adapters/antivirus.ts'
export { diskFiles } from './adapters/disk-files.ts'
export type { ByteRange, FilesAdapter } from './adapters/files.ts'
export { keepMail, listKeptMails } from './adapters/kept-mail.ts'
export { type Mail, type MailAdapter, MailError } from './adapters/mail.ts'
export { type S3FilesOptions, s3Files } from './adapters/s3-files.ts'
export { smtpMail } from './adapters/smtp-mail.ts'
export { createOwner } from './agents/first-owner.ts'
export type { Quota } from './attachments/quota.ts'
export type { DatabaseOptions } from './db/db.ts'
export type { Deps } from './deps.ts'
export { createDesk } from './desks/service.ts'
export type {
  Config,
  HelpdeskHandle,
  HelpdeskOptions,
  HostAgent,
  Quotas,
  RateLimit,
  RateLimits,
} from './options.ts'
export { devMailPages } from './pages/dev-mail.ts'
export { helpdesk } from './plugin.ts'
export { version } from './version.ts'
