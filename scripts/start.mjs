/** What `pnpm start` runs: builds what changed since the last time, then runs the reference deployment as a demo. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const main = new URL('../apps/server/dist/main.js', import.meta.url)

if (Number(process.versions.node.split('.', 1)[0]) < 22) {
  console.error(
    `Node ${process.versions.node} is too old. Run it as \`npx pnpm@12 start\`: that brings the right one.`,
  )
  process.exit(1)
}

await build()
if (!existsSync(main)) fail('The build left no apps/server/dist/main.js.')

process.env.HELPDESK_DEMO ??= '1'
process.env.LOG_LEVEL ||= 'warn'
process.chdir(root)
// In this very process: signals reach the server without a middleman that could lose one or send it twice.
await import(main.href)

/** Runs the build with its output kept back; it is shown when something goes wrong. */
async function build() {
  const stop = showProgress('Building (the first time takes a minute)')
  const turbo = spawn(
    process.execPath,
    [
      fileURLToPath(new URL('../node_modules/turbo/bin/turbo', import.meta.url)),
      'run',
      'build',
      '--filter=@helpdesk/app-server...',
      '--output-logs=errors-only',
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', HELPDESK_SKIP_TYPES: '1' },
    },
  )
  let output = ''
  for (const stream of [turbo.stdout, turbo.stderr]) stream.on('data', (chunk) => (output += chunk))
  const forward = (signal) => turbo.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, forward)
  const code = await new Promise((resolve) => {
    turbo.once('error', (error) => {
      output += error.message
      resolve(1)
    })
    turbo.once('close', resolve)
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, forward)
  stop()
  if (code !== 0) fail(`${output}\nThe build failed.`)
}

/** A line that shows that something goes on, on a terminal with the seconds. @returns what ends it */
function showProgress(text) {
  if (!process.stdout.isTTY) {
    console.log(`${text} …`)
    return () => undefined
  }
  const started = Date.now()
  const draw = () => process.stdout.write(`\r  ${text} … ${Math.round((Date.now() - started) / 1000)} s `)
  draw()
  const timer = setInterval(draw, 1000)
  return () => {
    clearInterval(timer)
    process.stdout.write('\r\u001b[K')
  }
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
