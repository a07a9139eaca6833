// Packs every published package as it would go to the registry and checks the tarball.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name) => join(root, 'node_modules/.bin', name)

/** The pnpm that runs this script, or one from the registry. */
function runPnpm(args, cwd) {
  const self = process.env.npm_execpath ?? ''
  const [command, ...first] = !self.includes('pnpm')
    ? ['npx', '-y', 'pnpm@12']
    : /\.[cm]?js$/.test(self)
      ? [process.execPath, self]
      : [self]
  execFileSync(command, [...first, ...args], { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Runs a checker; returns its output when it objects. */
function objections(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' })
  return status === 0 ? [] : [`${stdout}${stderr}`.trim()]
}

/** Loads the package as somebody does who has installed none of its optional peers. */
function importWithoutOptionals(folder, { main, peerDependenciesMeta = {} }) {
  if (!main) return []
  const program = `
    import { registerHooks } from 'node:module'
    const missing = ${JSON.stringify(Object.keys(peerDependenciesMeta))}
    registerHooks({
      resolve(name, context, next) {
        const optional = missing.find((one) => name === one || name.startsWith(one + '/'))
        if (!optional) return next(name, context)
        throw new Error('needs the optional ' + optional + ' at once, in ' + context.parentURL)
      },
    })
    await import(${JSON.stringify(pathToFileURL(join(folder, main)).href)})`
  return objections(process.execPath, ['--input-type=module', '--eval', program])
}

function pack(folder, work) {
  runPnpm(['pack', '--pack-destination', work], folder)
  const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'))
  execFileSync('tar', ['-xzf', join(work, tarball), '-C', work])
  return { tarball: join(work, tarball), content: join(work, 'package') }
}

function findProblems(folder, work) {
  const { tarball, content } = pack(folder, work)
  const manifest = JSON.parse(readFileSync(join(content, 'package.json'), 'utf8'))
  const problems = []
  const result = { name: manifest.name, version: manifest.version, problems, files: countFiles(content) }
  if (!existsSync(join(content, 'dist'))) {
    problems.push('has no dist: build it first ("pnpm build")')
    return result
  }
  for (const name of ['preinstall', 'install', 'postinstall']) {
    if (manifest.scripts?.[name]) problems.push(`has an install script: ${name}`)
  }
  if (!existsSync(join(content, 'LICENSE'))) problems.push('has no LICENSE')
  const unresolved = /"[^"]+": "(workspace|catalog):[^"]*"/.exec(JSON.stringify(manifest, null, 1))
  if (unresolved) problems.push(`carries a range only this repository understands: ${unresolved[0]}`)
  for (const range of ['dependencies', 'peerDependencies', 'optionalDependencies']) {
    const unpublished = Object.keys(manifest[range] ?? {}).find((name) => name.startsWith('@helpdesk/app-'))
    if (unpublished) problems.push(`needs ${unpublished}, which is not published`)
  }
  problems.push(...importWithoutOptionals(folder, manifest))
  problems.push(...objections(bin('publint'), ['run', tarball, '--strict']))
  if (manifest.types) {
    // Entries such as "./cdn/*" are files for a script tag: nothing imports them, so they have no types.
    const entries = Object.entries(manifest.exports)
      .filter(([, target]) => target.types)
      .map(([entry]) => entry)
    problems.push(
      ...objections(bin('attw'), [
        tarball,
        '--profile',
        'esm-only',
        '--no-emoji',
        '--format',
        'ascii',
        '--entrypoints',
        ...entries,
      ]),
    )
  }
  return result
}

function countFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .length
}

const folders = globSync(['packages/*/package.json', 'apps/dashboard/package.json'], { cwd: root })
  .map((path) => join(root, path, '..'))
  .filter((folder) => !JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).private)
  .sort()

let failed = folders.length === 0
for (const folder of folders) {
  const work = mkdtempSync(join(tmpdir(), 'helpdesk-pack-'))
  try {
    const { name, version, problems, files } = findProblems(folder, work)
    console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}@${version}, ${files} files`)
    for (const problem of problems) console.error(problem.replace(/^/gm, '     '))
    failed ||= problems.length > 0
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
process.exitCode = failed ? 1 : 0
