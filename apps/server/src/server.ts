import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { createServer as createNetServer } from 'node:net'
import { dirname, join } from 'node:path'
import {
  clamdScanner,
  devMailPages,
  diskFiles,
  type HelpdeskHandle,
  helpdesk,
  type MailAdapter,
  s3Files,
  smtpMail,
} from '@helpdesk/server'
import Fastify, { type FastifyBaseLogger, type FastifyHttpOptions, type FastifyInstance } from 'fastify'
import { type OpenedDatabase, openDatabase } from './database.ts'
import { addDemo, type DemoOwner, prepareDemo } from './demo.ts'
import type { ServerConfig } from './env.ts'
import { helpCenterAddress } from './help-center.ts'
import { incomingMail } from './incoming-mail.ts'
import { indexPage } from './index-page.ts'
import { sendLost } from './lost-page.ts'
import { readOrMakeSecretKey } from './secret-key.ts'
import { cutSlowBodies } from './slow-bodies.ts'

/** What a test or an embedding program puts in place of the usual. */
export interface ServerOverrides {
  now?: () => Date
  mail?: MailAdapter
  logger?: FastifyBaseLogger
  /** Somebody took the embedded database's lock away. Default: the process ends at once, before it can do harm. */
  onDatabaseLost?: () => void
}

/** The reference deployment, ready to listen. */
export interface HelpdeskServer {
  app: FastifyInstance
  handle: HelpdeskHandle
  /** Where browsers reach it, without a slash at the end. */
  publicUrl: string
  /** Where the help centre is, null while there is no desk that could have one. */
  helpCenterUrl: string | null
  /** The one-time link for making the first owner, null when there is one. */
  setupUrl: string | null
  /** Who may sign in to the demo, null without one. */
  demoOwner: DemoOwner | null
  /** Starts to serve. @returns the address it listens on */
  listen(): Promise<string>
  /** Lets running requests finish, ends streams and background work, and closes what it opened; once. */
  close(): Promise<void>
}

/** How long everything but a file or an e-mail may take to arrive. */
const bodyMs = 30_000

/** Requests that do not end within this are cut off when the server closes. */
const drainMs = 8_000

/**
 * Composes Fastify, the helpdesk plugin, a database and mail, as the configuration says.
 * @throws Error when the database cannot be opened
 */
export async function createServer(
  config: ServerConfig,
  overrides: ServerOverrides = {},
): Promise<HelpdeskServer> {
  const port = config.port === 0 ? await freePort(config.host) : config.port
  const publicUrl = config.publicUrl ?? `http://${browserHost(config.host)}:${port}`
  const app = Fastify(fastifyOptions(config, overrides))
  cutSlowBodies(app, bodyMs)
  const onLost = () => {
    app.log.fatal('Another process took the embedded database')
    process.exit(1)
  }
  const database = await openDatabase(config, overrides.onDatabaseLost ?? onLost)
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= closeAll(app, database)
    return closed
  }
  try {
    const setupToken = randomBytes(24).toString('base64url')
    const { handle, demoOwner } = await compose(app, config, overrides, { database, publicUrl, setupToken })
    // With an owner just made there is nothing to ask.
    const isSetUp = config.demo || config.owner !== null
    const needed = !isSetUp && (await app.inject('/api/setup')).json<{ needed: boolean }>().needed
    return {
      app,
      handle,
      publicUrl,
      helpCenterUrl: await helpCenterAddress(handle.deps, config, publicUrl),
      setupUrl: needed ? `${publicUrl}/dashboard/#/setup?token=${setupToken}` : null,
      demoOwner,
      listen: () => app.listen({ host: config.host, port }),
      close,
    }
  } catch (error) {
    await close().catch(() => undefined)
    throw error
  }
}

async function compose(
  app: FastifyInstance,
  config: ServerConfig,
  overrides: ServerOverrides,
  parts: { database: OpenedDatabase; publicUrl: string; setupToken: string },
): Promise<{ handle: HelpdeskHandle; demoOwner: DemoOwner | null }> {
  const clock = { now: overrides.now ?? (() => new Date()) }
  const mail = overrides.mail ?? (config.smtpUrl === null ? undefined : smtpMail({ url: config.smtpUrl }))
  const { promise, resolve } = Promise.withResolvers<HelpdeskHandle>()
  const { files, clamd } = config
  let demoOwner: DemoOwner | null = null
  await app.register(helpdesk, {
    database: parts.database.options,
    publicUrl: parts.publicUrl,
    setupToken: parts.setupToken,
    dashboard: dashboardFiles(),
    now: () => clock.now(),
    secretKey: config.secretKey ?? (await readOrMakeSecretKey(config.dataDir)),
    files: 's3' in files ? s3Files(files.s3) : diskFiles(files),
    ...(clamd ? { scanFile: clamdScanner(clamd) } : {}),
    ...(config.helpCenterDesk === null ? {} : { helpCenterDesk: config.helpCenterDesk }),
    ...(mail ? { mail } : {}),
    ...(await incomingMail(config, mail === undefined)),
    allowPrivateMailServers: config.allowPrivateMailServers,
    ...(config.mailFrom ? { mailFrom: config.mailFrom } : {}),
    // The demo makes its owner together with its desk.
    ...(config.owner && !config.demo ? { owner: config.owner } : {}),
    onReady: async (ready) => {
      if (config.demo) demoOwner = await prepareDemo(ready.deps, config)
      resolve(ready)
    },
  })
  const handle = await promise
  if (config.helpCenterDesk === null) indexPage(app, { demo: config.demo })
  app.setNotFoundHandler(sendLost)
  if (config.demo) devMailPages(app, { deps: handle.deps })
  if (config.demo && demoOwner) await addDemo(app, demoOwner, clock, config.dataDir)
  await app.ready()
  return { handle, demoOwner }
}

function fastifyOptions(config: ServerConfig, overrides: ServerOverrides): FastifyHttpOptions<Server> {
  const hops = config.trustProxy
  return {
    ...(overrides.logger
      ? { loggerInstance: overrides.logger }
      : { logger: { level: config.logLevel, serializers: { req: requestForLog } } }),
    // So many proxies of the operator's own are in front; what stands further left in the headers is hearsay.
    trustProxy: hops === 0 ? false : (_address: string, hop: number) => hop < hops,
    // An address that is no text, or longer than any of ours, is one that is not there.
    frameworkErrors: (_error, request, reply) => sendLost(request, reply),
    bodyLimit: 256 * 1024,
    // How long a migration takes, the database decides; Fastify would give up after 10 s.
    pluginTimeout: 0,
    // A slow client gets 10 s for its headers and 10 minutes for a file or an e-mail; Node looks every 5 s.
    requestTimeout: 600_000,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 5_000 },
    // Silence on a connection. Streams say something every 15 s.
    connectionTimeout: 120_000,
  }
}

/**
 * Without the query and what follows `/t/`, which may be secrets. The plugin logs its own requests with secrets cut out,
 * but what is no address of its is logged here.
 */
const requestForLog = (request: { method: string; url: string; ip: string }) => ({
  method: request.method,
  url: request.url.split('?', 1)[0]?.replace(/(\/(?:t|%74)\/).*$/i, '$1[redacted]'),
  remoteAddress: request.ip,
})

async function closeAll(app: FastifyInstance, database: OpenedDatabase): Promise<void> {
  const impatience = setTimeout(() => app.server.closeAllConnections(), drainMs)
  try {
    await app.close()
  } finally {
    clearTimeout(impatience)
    await database.close()
  }
}

/** The name under which a browser on this machine reaches an address to listen on. */
function browserHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** Links need the port before the server listens, so it is chosen first. */
function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createNetServer()
    probe.once('error', reject)
    probe.listen(0, host, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** The built dashboard. It is this app's dependency and not the plugin's, so the plugin cannot find it by itself. */
function dashboardFiles(): { root: string } | false {
  const manifest = createRequire(import.meta.url).resolve('@helpdesk/dashboard/package.json')
  const root = join(dirname(manifest), 'dist')
  return existsSync(join(root, 'index.html')) && { root }
}
