import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import {
  access,
  chmod,
  constants,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

/** No calls home, no first-run pages; and no sandbox, which needs rights that root in a container lacks. */
const flags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  '--no-first-run',
  '--no-sandbox',
]

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
]

const user = process.getuid?.() ?? 0
const cacheInClone = fileURLToPath(new URL('../../node_modules/.cache/helpdesk', import.meta.url))
const cacheInTemp = join(tmpdir(), `helpdesk-chromium-${user}`)

/**
 * Starts a real, headless Chromium; the caller closes it. On 64-bit Intel Linux it comes from npm with its own libraries and
 * fonts, so that pictures are alike everywhere; elsewhere an installed Chrome is used. `CHROMIUM_PATH` names another.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const args = [...flags, ...(options.args ?? [])]
  return await chromium.launch({ ...options, ...(await findChromium()), args })
}

async function findChromium(): Promise<LaunchOptions> {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, which does not exist`)
    return { executablePath: given }
  }
  if (process.platform === 'linux' && process.arch === 'x64') return await packedChromium()
  const path = installed.find((candidate) => existsSync(candidate))
  return path === undefined ? { channel: 'chrome' } : { executablePath: path }
}

async function packedChromium(): Promise<LaunchOptions> {
  const folder = await unpack()
  const libraries = [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return {
    executablePath: join(folder, 'chromium'),
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

/** Unpacks the browser once per version. Whoever comes first moves a finished folder into place. */
async function unpack(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8'))
  for (const parent of [cacheInClone, cacheInTemp]) {
    const folder = join(parent, `chromium-${version}`)
    // A name in the shared temporary folder can be taken by anybody: only our own is run.
    const isTrusted = parent === cacheInClone || (await isOurs(parent))
    if (isTrusted && (await isRunnable(join(folder, 'chromium')))) return folder
  }
  const parent = await writableCache()
  const folder = join(parent, `chromium-${version}`)
  await removeUnfinished(parent)
  const staging = await mkdtemp(join(parent, 'unpacking-'))
  try {
    await unpackInto(staging, entry)
    await rename(staging, folder)
  } catch (error) {
    // Another run was faster: its folder is as good as ours.
    if (!(await isRunnable(join(folder, 'chromium')))) throw error
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
  return folder
}

async function unpackInto(staging: string, entry: string): Promise<void> {
  // The package unpacks into the folder for temporary files, and its libraries only where it takes itself to be on
  // Lambda. It also changes the environment: therefore in a process of its own.
  const script = `await (await import(${JSON.stringify(pathToFileURL(entry).href)})).default.executablePath()`
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', NODE_OPTIONS: '' },
  })
  await writeFile(
    join(staging, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir></fontconfig>
`,
  )
  for (const path of [staging, join(staging, 'chromium')]) await chmod(path, 0o755)
}

async function writableCache(): Promise<string> {
  for (const folder of [cacheInClone, cacheInTemp]) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o755 })
      await access(folder, constants.W_OK)
      if (folder === cacheInClone || (await isOurs(folder))) return folder
    } catch {
      // Read-only.
    }
  }
  throw new Error(`Neither ${cacheInClone} nor ${cacheInTemp} can be written to`)
}

async function isOurs(folder: string): Promise<boolean> {
  const entry = await lstat(folder).catch(() => undefined)
  return entry?.isDirectory() === true && entry.uid === user
}

async function isRunnable(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** What a run left that was killed while it unpacked. */
async function removeUnfinished(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith('unpacking-')) continue
    const path = join(parent, name)
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? 0)
    if (age > 600_000) await rm(path, { recursive: true, force: true })
  }
}
