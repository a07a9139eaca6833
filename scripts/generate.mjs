// Writes what is generated from the source: docs/reference/openapi.json and the server's migrations.
// With --check nothing is written; what is out of date is named and the exit status is 1.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const isCheck = process.argv.includes('--check')
const stale = []

function run(command, args, cwd) {
  // No terminal: a question of drizzle-kit (was this column renamed?) ends in an error instead of waiting for ever.
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: 'pipe',
    input: '',
  })
  if (status !== 0) {
    console.error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`)
    process.exit(1)
  }
}

async function generateOpenApi() {
  // From the built package, so that the document says what the published code does.
  run(join(root, 'node_modules/.bin/turbo'), ['run', 'build', '--filter=@helpdesk/core'], root)
  const { toOpenApi } = await import(new URL('../packages/core/dist/api/index.js', import.meta.url).href)
  const { version } = JSON.parse(readFileSync(join(root, 'packages/core/package.json'), 'utf8'))
  const text = `${JSON.stringify(toOpenApi(version), null, 2)}\n`
  const path = join(root, 'docs/reference/openapi.json')
  const isCurrent = existsSync(path) && readFileSync(path, 'utf8') === text
  if (isCurrent) return
  if (isCheck) return stale.push(relative(root, path))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  console.log(`wrote ${relative(root, path)}`)
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(folder, path), readFileSync(path, 'utf8')])
}

function generateMigrations() {
  const server = join(root, 'packages/server')
  const folder = join(server, 'migrations')
  // Inside the package, because drizzle-kit takes its folder relative to where it runs.
  const copy = join(server, 'node_modules/.cache/migrations')
  rmSync(copy, { recursive: true, force: true })
  cpSync(folder, copy, { recursive: true })
  const options = ['--dialect=postgresql', '--schema=./src/db/schema.ts', `--out=./${relative(server, copy)}`]
  run(join(server, 'node_modules/.bin/drizzle-kit'), ['generate', ...options], server)
  const before = new Map(listFiles(folder))
  const changed = listFiles(copy).filter(([path, text]) => before.get(path) !== text)
  for (const [path, text] of changed) {
    const target = join(folder, path)
    if (isCheck) stale.push(relative(root, target))
    else {
      writeFileSync(target, text)
      console.log(`wrote ${relative(root, target)}`)
    }
  }
  rmSync(copy, { recursive: true, force: true })
}

await generateOpenApi()
generateMigrations()
for (const path of stale)
  console.error(`${path} is out of date: run "pnpm generate" and commit what it writes.`)
if (stale.length === 0) console.log(isCheck ? 'everything generated is up to date' : 'done')
process.exitCode = stale.length > 0 ? 1 : 0
