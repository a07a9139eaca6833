import closeWithGrace from 'close-with-grace'
import { readEnv, type ServerConfig } from './env.ts'
import { explain, explainListening } from './start-failures.ts'
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
  fail(explainListening(error as NodeJS.ErrnoException, config))
}
console.log(summary(config, server, { color: process.stdout.isTTY === true && !process.env.NO_COLOR }))
