import closeWithGrace from 'close-with-grace'
import { readEnv, type ServerConfig } from './env.ts'
import { summary } from './summary.ts'

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

function configOrFail(): ServerConfig {
  try {
    return readEnv(process.env)
  } catch (error) {
    return fail((error as Error).message)
  }
}

/** The one line that says what to do about a start that did not work. */
function explain(error: NodeJS.ErrnoException & { port?: number }, config: ServerConfig): string {
  const { code = '', message, port } = error
  if (code === 'EDATABASEINUSE' || code === 'EMAILTLS') return message
  const mailPort = config.incomingMail?.listen?.port
  if (port !== undefined && port === mailPort && (code === 'EADDRINUSE' || code === 'EACCES')) {
    return `Port ${port} for e-mail is ${code === 'EACCES' ? 'not allowed' : 'taken'}: set INCOMING_MAIL_PORT.`
  }
  if (code === 'EADDRINUSE') return `Port ${config.port} on ${config.host} is taken: set PORT to another one.`
  if (code === 'EACCES' && message.includes('listen'))
    return `Port ${config.port} needs more rights: set PORT.`
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT') {
    return `The database in DATABASE_URL does not answer: ${message || code}`
  }
  // Wrong password, no such database.
  if (/^(28|3D)/.test(code)) return `The database in DATABASE_URL refused: ${message}`
  return error.stack ?? message
}

const config = configOrFail()
// Loaded after the check: a wrong variable is told at once.
const { createServer } = await import('./server.ts')
const server = await createServer(config).catch((error) => fail(explain(error, config)))

closeWithGrace({ delay: 10_000, logger: server.app.log }, async ({ signal, err }) => {
  if (err) server.app.log.fatal({ err }, 'Stopping because of an error that nobody handled')
  else server.app.log.info({ signal }, 'Stopping')
  await server.close()
})

try {
  await server.listen()
} catch (error) {
  await server.close()
  fail(explain(error as NodeJS.ErrnoException, config))
}
console.log(summary(config, server, { color: process.stdout.isTTY === true && !process.env.NO_COLOR }))
