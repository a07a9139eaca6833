import closeWithGrace from 'close-with-grace'
import { readEnv, type ServerConfig } from './env.ts'
import { createServer } from './server.ts'
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
function explain(error: NodeJS.ErrnoException, config: ServerConfig): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${config.port} on ${config.host} is taken: set PORT to another one.`
  if (error.code === 'EACCES' && config.port < 1024) return `Port ${config.port} needs more rights: set PORT.`
  if (error.code === 'ECONNREFUSED') return `The database in DATABASE_URL does not answer: ${error.message}`
  return error.stack ?? error.message
}

const config = configOrFail()
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
