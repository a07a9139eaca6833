import type { FastifyBaseLogger } from 'fastify'
import type { ScanFile } from './adapters/antivirus.ts'
import type { FilesAdapter } from './adapters/files.ts'
import type { MailAdapter } from './adapters/mail.ts'
import type { Uploads } from './attachments/receiving.ts'
import type { Db } from './db/db.ts'
import type { DeskCache } from './desks/service.ts'
import type { DeskMails } from './email-settings/service.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Config } from './options.ts'
import type { Bus } from './realtime/bus.ts'
import type { Hub } from './realtime/hub.ts'
import type { Presence } from './realtime/presence.ts'
import type { KeyCache } from './secrets/keys.ts'
import type { Vault } from './secrets/vault.ts'

/** Everything a service may touch. Time, ids and randomness come in here, so that no test sleeps or guesses. */
export interface Deps {
  readonly db: Db
  readonly now: () => Date
  /** A new UUIDv7. */
  readonly newId: () => string
  readonly randomBytes: (size: number) => Uint8Array
  readonly bus: Bus
  readonly presence: Presence
  readonly hub: Hub
  readonly jobs: Jobs
  /** The installation's way of sending; a desk may have its own: `deskMailOf`. */
  readonly mail: MailAdapter
  readonly deskMails: DeskMails
  readonly vault: Vault
  readonly keys: KeyCache
  /** null when the host keeps no files: nothing can be attached then. */
  readonly files: FilesAdapter | null
  readonly scanFile: ScanFile | null
  readonly uploads: Uploads
  readonly desks: DeskCache
  readonly log: FastifyBaseLogger
  readonly config: Config
}
