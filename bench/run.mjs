// Answers the questions named on the command line, or all of them: node bench/run.mjs [name…]
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const questions = [
  'start-conversation',
  'reply',
  'history',
  'inbox',
  'url-rules',
  'search',
  'identity',
  'widget-bytes',
  'streams',
  'profile',
]
/** Only when asked for: one answers no question, one wants the whole machine for itself, one writes a gigabyte first. */
const onRequest = ['profile', 'streams', 'search']

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !questions.includes(name))
if (unknown.length > 0) {
  console.error(`No such question: ${unknown.join(', ')}. There are ${questions.join(', ')}.`)
  process.exit(1)
}
if (!process.features.typescript || !existsSync(here('../packages/server/dist/index.js'))) {
  console.error('Needs Node 24 (node_modules/.bin/node) and the built packages: run "pnpm build" first.')
  process.exit(1)
}

let failed = false
for (const name of wanted.length > 0 ? wanted : questions.filter((name) => !onRequest.includes(name))) {
  console.log(`\n== ${name} ==`)
  // Each in a process of its own, so that none runs on what another one left behind.
  const { status } = spawnSync(process.execPath, [here(`./${name}.mjs`)], { stdio: 'inherit' })
  failed ||= status !== 0
}
process.exitCode = failed ? 1 : 0
