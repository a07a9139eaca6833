import { randomFillSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { keepMail } from './adapters/kept-mail.ts'
import { createOwner, setupNeeded } from './agents/first-owner.ts'
import { agentRoutes } from './agents/routes.ts'
import { agentArticleRoutes } from './articles/agent-routes.ts'
import { articleRoutes } from './articles/routes.ts'
import { createPreviews } from './attachments/previews.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { startAttachmentSweeper } from './attachments/sweep.ts'
import { categoryRoutes } from './categories/routes.ts'
import { collectionRoutes } from './collections/routes.ts'
import { tellOldAddress } from './contacts/address-change.ts'
import { sendEmailLink } from './contacts/email-links.ts'
import { contactRoutes } from './contacts/routes.ts'
import { agentConversationRoutes } from './conversations/agent-routes.ts'
import { conversationRoutes } from './conversations/routes.ts'
import { connect, type Db } from './db/db.ts'
import { migrate } from './db/migrate.ts'
import type { Deps } from './deps.ts'
import { createDeskCache } from './desks/cache.ts'
import { deskRoutes } from './desks/routes.ts'
import { emailSettingsRoutes } from './email-settings/routes.ts'
import { createDeskMails } from './email-settings/service.ts'
import { emailTemplateRoutes } from './email-templates/routes.ts'
import { emailRoutes } from './emails/routes.ts'
import { startTaking, takeEmail } from './emails/service.ts'
import { eventRoutes } from './events/routes.ts'
import { sendPreflight } from './http/cors.ts'
import { healthRoutes } from './http/health.ts'
import { redactedLogs } from './http/log.ts'
import type { MountContext } from './http/mount.ts'
import { notFoundRoutes, problemErrors } from './http/problem.ts'
import { createRateLimiter } from './http/rate-limit.ts'
import { randomSource, uuidv7 } from './ids.ts'
import { startHousekeeping } from './jobs/housekeeping.ts'
import { createJobs } from './jobs/jobs.ts'
import { startMailListener } from './mailboxes/listener.ts'
import { startMailboxes } from './mailboxes/mailboxes.ts'
import { incomingMailRoutes } from './mailboxes/routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { createLanes, deliverDue, deliverNotification, startSweeper } from './notifications/service.ts'
import { type HelpdeskOptions, readOptions } from './options.ts'
import { apiDocs } from './pages/api-docs.ts'
import { helpCenterPages } from './pages/help-center.ts'
import { hostedPages } from './pages/hosted.ts'
import { dashboardFiles, packageFolder, widgetFiles } from './pages/static-files.ts'
import { unsubscribePages } from './pages/unsubscribe.ts'
import { createRealtime } from './realtime/realtime.ts'
import { createKeyCache } from './secrets/keys.ts'
import { secretRoutes } from './secrets/routes.ts'
import { openVault } from './secrets/vault.ts'
import { ticketRoutes } from './tickets/routes.ts'
import { version } from './version.ts'

const bodyLimit = 256 * 1024
const sweepIntervalMs = 15_000

/**
 * The support desk as a Fastify plugin.
 *
 * ```ts
 * await app.register(helpdesk, { prefix: '/helpdesk', publicUrl: 'https://shop.example/helpdesk', database: { pool } })
 * ```
 *
 * It is not wrapped by `fastify-plugin`: hooks, parsers, error handler and validators stay inside its prefix.
 * @throws TypeError that names the option, when one is wrong
 */
export async function helpdesk(app: FastifyInstance, options: HelpdeskOptions): Promise<void> {
  const config = readOptions(options)
  const db = await connect(options.database)
  await migrate(db)
  const deps = await compose(app, options, config, db)

  if (config.owner) await createOwner(deps, config.owner)
  const context: MountContext = { app, deps, rateLimit: createRateLimiter(config.rateLimits) }
  useJsonOnly(app)
  problemErrors(app)
  redactedLogs(app)
  app.options('/api/messaging/*', (_request, reply) => sendPreflight(reply))
  healthRoutes(app, deps)
  deskRoutes(context)
  agentRoutes(context)
  contactRoutes(context)
  conversationRoutes(context)
  agentConversationRoutes(context)
  ticketRoutes(context)
  articleRoutes(context)
  agentArticleRoutes(context)
  collectionRoutes(context)
  categoryRoutes(context)
  secretRoutes(context)
  emailSettingsRoutes(context)
  incomingMailRoutes(context)
  attachmentRoutes(context)
  emailTemplateRoutes(context)
  notificationRoutes(context)
  emailRoutes(context)
  eventRoutes(context)
  apiDocs(app, version)
  hostedPages(context)
  unsubscribePages(context)
  helpCenterPages(context)
  notFoundRoutes(app)
  const mailPort = await listenForMail(context)
  await widgetFiles(app)
  const dashboard = dashboardRoot(options)
  if (dashboard) await dashboardFiles(app, dashboard)
  await options.onReady?.({ deps, mailPort, deliverDue: () => deliverDue(deps, { limit: 1000 }) })
  // A host that chose the token shows the link itself.
  if (options.setupToken === undefined && (await setupNeeded(deps))) {
    app.log.warn(`No owner yet: ${config.publicUrl}/dashboard/#/setup?token=${config.setupToken}`)
  }
}

/** Builds what services work with, and sees that all of it ends with the app. */
async function compose(
  app: FastifyInstance,
  options: HelpdeskOptions,
  config: ReturnType<typeof readOptions>,
  db: Db,
): Promise<Deps> {
  const now = options.now ?? (() => new Date())
  const randomBytes = randomSource(randomFillSync)
  const newId = () => uuidv7(now(), randomBytes(16))
  const log = app.log
  const mail = options.mail ?? keepMail(db, { now, newId })
  const realtime = createRealtime({ db, database: options.database, log, now, limits: config.streams })
  const desks = createDeskCache()
  const keys = createKeyCache()
  const deskMails = createDeskMails()
  realtime.bus.subscribe((message) => {
    if (message.type === 'missed') deskMails.forget()
    if (message.type !== 'desk') return
    deskMails.forget(message.deskId)
    desks.forget(message.deskId)
    keys.forget(message.deskId)
  })
  // A timer that is due may ring before everything is put together.
  const composed = Promise.withResolvers<Deps>()
  const lanes = createLanes(log)
  const jobs = await createJobs({
    db,
    log,
    worker: config.worker,
    handlers: {
      'notifications.deliver': async ({ deskId, id }) => {
        const deps = await composed.promise
        await lanes.run(deskId, () => deliverNotification(deps, deskId, id))
      },
      'contacts.address-changed': async (job) => tellOldAddress(await composed.promise, job),
      'contacts.email-link': async (job) => sendEmailLink(await composed.promise, job),
      'emails.take': async ({ deskId, id }) => takeEmail(await composed.promise, deskId, id),
    },
  })
  const deps: Deps = {
    db,
    now,
    newId,
    randomBytes,
    bus: realtime.bus,
    presence: realtime.presence,
    hub: realtime.hub,
    jobs,
    mail,
    deskMails,
    vault: await openVault(db, config.secretKey, now()),
    keys,
    files: options.files ?? null,
    scanFile: options.scanFile ?? null,
    uploads: { inFlight: new Map(), previews: createPreviews(log) },
    desks,
    log,
    config,
  }
  composed.resolve(deps)
  const sweeper = config.worker ? startSweeper(deps, sweepIntervalMs) : null
  const endHousekeeping = config.worker ? startHousekeeping(deps) : null
  const endTaking = config.worker ? startTaking(deps) : null
  const mailboxes = config.worker ? startMailboxes(deps) : null
  const { files } = deps
  const attachmentSweeper = config.worker && files ? startAttachmentSweeper({ ...deps, files }) : null
  // Streams first: an open one would keep the server from closing.
  app.addHook('preClose', async () => realtime.close())
  app.addHook('onClose', async () => {
    await mailboxes?.close()
    await sweeper?.stop()
    await attachmentSweeper?.stop()
    await endHousekeeping?.()
    await endTaking?.()
    await Promise.all([jobs.close(), lanes.close()])
    await deskMails.close()
    await mail.close?.()
    await options.files?.close?.()
    await db.close()
  })
  return deps
}

/** Opens the SMTP server for incoming e-mail, when the options say so; it closes before the database does. */
async function listenForMail({ app, deps, rateLimit }: MountContext): Promise<number | null> {
  const { incomingMail } = deps.config
  if (!incomingMail?.listen) return null
  const { domain, listen } = incomingMail
  const listener = await startMailListener(deps, { ...listen, domain }, rateLimit)
  app.addHook('preClose', () => listener.close())
  return listener.port
}

/** The API speaks JSON only, whatever parsers the host has. */
function useJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit }, parse)
}

function dashboardRoot(options: HelpdeskOptions): string | null {
  if (options.dashboard === false) return null
  if (options.dashboard) return options.dashboard.root
  const folder = packageFolder('@helpdesk/dashboard')
  const root = folder && join(folder, 'dist')
  return root && existsSync(join(root, 'index.html')) ? root : null
}
