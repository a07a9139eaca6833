import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path/posix'

/** A file of the repository; the path starts at its root. */
export interface RepositoryFile {
  path: string
  text: string
}

interface Import {
  /** The path from the repository's root for a relative import, else the name as written. */
  target: string
  /** `import type` and `export type`: gone when the code runs. */
  isType: boolean
  isDynamic: boolean
}

interface Subject extends RepositoryFile {
  imports: Import[]
}

interface Rule {
  name: string
  /** One sentence per violation; empty when the file keeps the rule. */
  check(file: Subject, paths: ReadonlySet<string>): string[]
}

/** Tests beside the code, and what they share; of all packages, only the client publishes its testing. */
const isTest = (path: string): boolean =>
  /\.test\.tsx?$|^(packages\/(server|widget)|apps\/[^/]+)\/src\/(.+\/)?testing(-[a-z-]+)?\.tsx?$/.test(path)
const isCode = (path: string): boolean => /\.(tsx?|mjs|js)$/.test(path)

const names = String.raw`(?:[\w$]+\s*,?\s*)?(?:\{[^}]*\}|\*(?:\s+as\s+[\w$]+)?)?\s*from\s*`
const imported = new RegExp(
  String.raw`^[ \t]*(?:import|export)\s+(type\s+)?(?:${names})?['"]([^'"\n]+)['"]`,
  'gm',
)
const importedLate = /(typeof\s+)?\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g

function readImports({ path, text }: RepositoryFile): Import[] {
  const code = text.replace(/^\s*(\/\/|\*).*$/gm, '')
  const read = (match: RegExpMatchArray, isDynamic: boolean): Import => {
    const name = match[2] ?? ''
    const target = name.startsWith('.') ? normalize(join(dirname(path), name)) : name
    return { target, isType: match[1] !== undefined, isDynamic }
  }
  return [
    ...[...code.matchAll(imported)].map((match) => read(match, false)),
    ...[...code.matchAll(importedLate)].map((match) => read(match, true)),
  ]
}

/** A rule about what the files of a folder import. Tests are free. */
function importRule(name: string, folder: string, isForbidden: (to: Import, from: string) => boolean): Rule {
  return {
    name,
    check: (file) =>
      !file.path.startsWith(folder) || isTest(file.path)
        ? []
        : file.imports.filter((to) => isForbidden(to, file.path)).map((to) => `imports ${to.target}`),
  }
}

const packageFolder = (path: string): string => path.split('/').slice(0, 2).join('/')
const isRelative = (to: Import): boolean => /^(packages|apps|test|bench|examples|\.\.)\//.test(to.target)
const isPackage = (to: Import, name: string): boolean =>
  to.target === name || to.target.startsWith(`${name}/`)
const isClientTesting = (path: string): boolean => /^packages\/client\/src\/testing[./]/.test(path)

/** Folders of the server that serve all nouns and are none themselves. */
const foundations = new Set(['adapters', 'db', 'http', 'idempotency', 'jobs', 'pages', 'realtime'])

/** The folder of a noun and the room in it: `conversations/service.ts` is the service of conversations. */
function roomOf(path: string): { noun: string; room: string } | undefined {
  const match = /^packages\/server\/src\/([^/]+)\/(?:.*[/-])?(routes|service|store|tables)\.ts$/.exec(path)
  return match?.[1] && match[2] ? { noun: match[1], room: match[2] } : undefined
}

/** A rule about the rooms inside the nouns of the server. Types may be shared: they call nothing. */
function roomRule(
  name: string,
  isForbidden: (
    from: { noun: string; room: string | undefined },
    to: Import,
    paths: ReadonlySet<string>,
  ) => boolean,
): Rule {
  return {
    name,
    check(file, paths) {
      const noun = /^packages\/server\/src\/([^/]+)\//.exec(file.path)?.[1]
      if (noun === undefined || isTest(file.path)) return []
      const from = { noun, room: roomOf(file.path)?.room }
      return file.imports
        .filter((to) => !to.isType && isForbidden(from, to, paths))
        .map((to) => `imports ${to.target}`)
    },
  }
}

/** "Who may import whom", and the conventions of file names and sizes. */
export const rules: readonly Rule[] = [
  importRule(
    'a relative import stays inside its package',
    '',
    (to, from) =>
      /^(packages|apps)\/[^/]+\/src\//.test(from) &&
      isRelative(to) &&
      packageFolder(to.target) !== packageFolder(from),
  ),
  importRule('only tests load what is for tests', '', (to) => isTest(to.target)),
  importRule('a package does not import an app', 'packages/', (to) =>
    /^@helpdesk\/(app-|dashboard)/.test(to.target),
  ),
  importRule(
    'core imports nothing, and typebox only in its api',
    'packages/core/src/',
    (to, from) => !isRelative(to) && !(from.startsWith('packages/core/src/api/') && isPackage(to, 'typebox')),
  ),
  importRule(
    'the rules of core do not load the contract',
    'packages/core/src/',
    (to, from) =>
      !from.startsWith('packages/core/src/api/') &&
      !to.isType &&
      to.target.startsWith('packages/core/src/api/'),
  ),
  {
    name: 'core gets its clock and its randomness passed in',
    check: (file) =>
      file.path.startsWith('packages/core/src/') && !isTest(file.path)
        ? (file.text.match(
            /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bgetRandomValues\(|\brandomUUID\(/g,
          ) ?? [])
        : [],
  },
  importRule(
    'client imports core, and of its api only types, except for testing',
    'packages/client/src/',
    (to, from) => {
      if (isRelative(to) || to.target === '@helpdesk/core') return false
      if (isClientTesting(from)) return !isPackage(to, '@helpdesk/core') && !isPackage(to, 'msw')
      return !(to.target === '@helpdesk/core/api' && to.isType)
    },
  ),
  importRule(
    'the client itself does not load what is for testing',
    'packages/client/src/',
    (to, from) => !isClientTesting(from) && !to.isType && isClientTesting(to.target),
  ),
  importRule(
    'widget imports client, core and preact',
    'packages/widget/src/',
    (to) =>
      !isRelative(to) &&
      !['@helpdesk/client', '@helpdesk/core'].includes(to.target) &&
      !(to.target === '@helpdesk/core/api' && to.isType) &&
      !isPackage(to, 'preact'),
  ),
  importRule(
    'the eager shell of the widget loads neither the app nor preact',
    'packages/widget/src/',
    (to, from) => {
      if (from.startsWith('packages/widget/src/app/') || to.isType) return false
      if (to.isDynamic && from === 'packages/widget/src/index.ts') return false
      return to.target.startsWith('packages/widget/src/app/') || isPackage(to, 'preact')
    },
  ),
  importRule(
    'server imports no code of client or widget',
    'packages/server/src/',
    (to) => isPackage(to, '@helpdesk/client') || isPackage(to, '@helpdesk/widget'),
  ),
  roomRule(
    'routes do not touch tables',
    (from, to) =>
      from.room === 'routes' &&
      (roomOf(to.target)?.room === 'tables' ||
        to.target === 'packages/server/src/db/schema.ts' ||
        isPackage(to, 'drizzle-orm')),
  ),
  roomRule(
    'routes go through the service where there is one',
    (from, to, paths) =>
      from.room === 'routes' &&
      roomOf(to.target)?.room === 'store' &&
      roomOf(to.target)?.noun === from.noun &&
      paths.has(`packages/server/src/${from.noun}/service.ts`),
  ),
  roomRule(
    'a store does not call a service',
    (from, to) => from.room === 'store' && roomOf(to.target)?.room === 'service',
  ),
  roomRule('a noun does not call the store of another noun', (from, to) => {
    const room = roomOf(to.target)
    if (room?.room !== 'store' || room.noun === from.noun) return false
    return !foundations.has(from.noun) && !foundations.has(room.noun)
  }),
  {
    name: 'a file is named after what it is about',
    check: ({ path }) =>
      isCode(path) && /(^|\/)(utils?|helpers?|common|types|constants)(\/|\.[a-z.]+$)/.test(path)
        ? ['has a name that says nothing']
        : [],
  },
  {
    name: 'exports have names',
    check: ({ path, text }) =>
      isCode(path) &&
      !/\.config\.(ts|mjs)$/.test(path) &&
      /^\s*export default\b|^\s*export\s*\{[^}]*\bas default\b/m.test(text)
        ? ['has a default export']
        : [],
  },
  {
    name: 'a source file has at most 300 lines',
    check({ path, text }) {
      const lines = text.trimEnd().split('\n').length
      const isExempt = !isCode(path) || isTest(path) || /^.*\bgenerated\b/i.test(text)
      return isExempt || lines <= 300 ? [] : [`has ${lines} lines`]
    },
  },
  {
    name: 'nothing points outside the repository',
    check: ({ text }) =>
      // Put together from parts, or these lines would be the first to break the rule.
      [new RegExp(`${String.raw`\.\./`}shared(?![\\w.-])`), new RegExp(`/${'work'}/(main|shared)\\b`)]
        .filter((pattern) => pattern.test(text))
        .map((pattern) => `mentions ${pattern.source}`),
  },
]

/** Every broken rule as `file: rule: detail`. */
export function findViolations(files: readonly RepositoryFile[]): string[] {
  const paths = new Set(files.map((file) => file.path))
  return files.flatMap((file) => {
    const subject = { ...file, imports: isCode(file.path) ? readImports(file) : [] }
    return rules.flatMap((rule) =>
      rule.check(subject, paths).map((detail) => `${file.path}: ${rule.name}: ${detail}`),
    )
  })
}

const skipped = new Set(['node_modules', 'dist', '.git', '.turbo', '.cache', 'coverage', 'data'])
const isText = (name: string): boolean =>
  /\.(tsx?|mjs|js|json|ya?ml|md|css|html|sql|sh|svg|txt)$|^(run|Dockerfile|LICENSE|\.gitignore)$/.test(name)

/** The lockfile, and what tsup and Vite write beside their settings while they start. */
const isPassing = (name: string): boolean => /^pnpm-lock\.yaml$|\.(bundled_|timestamp-)/.test(name)

/** The text files of the repository as they lie on the disk, without what is installed or built. */
export async function readRepository(root: string, folder = ''): Promise<RepositoryFile[]> {
  const files: RepositoryFile[] = []
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !skipped.has(entry.name)) files.push(...(await readRepository(root, path)))
    if (!entry.isFile() || !isText(entry.name) || isPassing(entry.name)) continue
    files.push({ path, text: await readFile(join(root, path), 'utf8') })
  }
  return files
}
