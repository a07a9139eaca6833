import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'

const program = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find((path) =>
  existsSync(path),
)

/** Whether this machine has a Dovecot whose settings these are; 2.4 wrote them anew. */
export const hasDovecot =
  program !== undefined && /^2\.3\./.test(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout)

/** A Dovecot with one user, in a temporary folder. */
export interface Dovecot {
  port: number
  /** The same server behind TLS. */
  tlsPort: number
  user: string
  password: string
  /** Who signed the certificate, which is for `localhost`; PEM. */
  authority: string
  /** Puts an e-mail into a folder, as one that came then. @returns its number */
  add(raw: string | Buffer, state?: { seen?: boolean; at?: Date; folder?: string }): Promise<number>
  /** Which of the e-mails of a folder are marked as seen, oldest first. */
  seen(folder?: string): Promise<boolean[]>
  createFolder(folder: string): Promise<void>
  /** Numbers all e-mails anew, as after a folder was restored from a copy; ends all conversations. */
  renumber(): Promise<void>
  /** Ends the server and all conversations; `start` has it on the same ports again. */
  halt(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

const user = 'support@shop.example'
const password = 'dovecot secret'

/** Starts Dovecot on free loopback ports. @throws when this machine has none: see `hasDovecot` */
export async function startDovecot(): Promise<Dovecot> {
  if (!program) throw new Error('There is no Dovecot on this machine')
  const folder = await mkdtemp(join(tmpdir(), 'helpdesk-dovecot-'))
  const [port, tlsPort] = await Promise.all([freePort(), freePort()])
  const authority = await writeCertificate(folder)
  await writeSettings(folder, port, tlsPort)
  let server: ChildProcess | undefined
  const start = async () => {
    server = spawn(program, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' })
    await listening(port, server, join(folder, 'log'))
  }
  const halt = async () => {
    if (server?.exitCode !== null) return
    server.kill()
    await once(server, 'exit')
  }
  await start()
  const inFolder = async <T>(name: string, work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const auth = { user, pass: password }
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      doSTARTTLS: false,
      auth,
      logger: false,
    })
    // A connection that is reset after its work is done is no news.
    client.on('error', () => undefined)
    await client.connect()
    try {
      if (name) await client.mailboxOpen(name)
      return await work(client)
    } finally {
      await client.logout()
    }
  }
  const validity = () => inFolder('INBOX', async ({ mailbox }) => (mailbox ? mailbox.uidValidity : undefined))
  return {
    port,
    tlsPort,
    user,
    password,
    authority,
    add: (raw, { seen = false, at = new Date(), folder: name = 'INBOX' } = {}) =>
      inFolder('', async (client) => {
        const kept = await client.append(name, Buffer.from(raw), seen ? ['\\Seen'] : [], at)
        const uid = kept ? kept.uid : undefined
        if (uid === undefined) throw new Error('Dovecot did not keep the e-mail')
        return uid
      }),
    seen: (name = 'INBOX') =>
      inFolder(name, async (client) => {
        const all = await client.fetchAll('1:*', { flags: true })
        return all.map(({ flags }) => flags?.has('\\Seen') ?? false)
      }),
    createFolder: (name) => inFolder('', async (client) => void (await client.mailboxCreate(name))),
    async renumber() {
      const before = await validity()
      await halt()
      // The list of validities stays, so that the next one is a new one.
      for (const name of ['dovecot-uidlist', 'dovecot.index', 'dovecot.index.log', 'dovecot.index.cache'])
        await rm(join(folder, 'mail', user, name), { force: true })
      await start()
      if ((await validity()) === before) throw new Error('Dovecot kept its numbers')
    },
    halt,
    start,
    async stop() {
      await halt()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Dovecot refuses to keep mails as root. */
const nobody = 65_534

async function writeSettings(folder: string, port: number, tlsPort: number): Promise<void> {
  const isRoot = process.getuid?.() === 0
  const mail = join(folder, 'mail')
  await mkdir(mail)
  await writeFile(join(folder, 'users'), `${user}:{PLAIN}${password}::::::\n`, { mode: 0o644 })
  if (isRoot) {
    execFileSync('chmod', ['755', folder])
    await chown(mail, nobody, nobody)
  }
  const [uid, gid] = isRoot ? [nobody, nobody] : [process.getuid?.(), process.getgid?.()]
  const me = isRoot ? '' : execFileSync('id', ['-un'], { encoding: 'utf8' }).trim()
  const asMe = `default_internal_user = ${me}\ndefault_login_user = ${me}\ndefault_internal_group = ${me}\n`
  const caged = ['anvil', 'imap-login', 'stats', 'imap-hibernate'].map(
    (one) => `service ${one} {\n  chroot =\n}\n`,
  )
  await writeFile(
    join(folder, 'dovecot.conf'),
    `base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/server.pem
ssl_key = <${folder}/server.key
disable_plaintext_auth = no
mail_location = maildir:${mail}/%u
first_valid_uid = 1
${isRoot ? '' : asMe + caged.join('')}service imap-login {
  process_min_avail = 1
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
mail_max_userip_connections = 50
passdb {
  driver = passwd-file
  args = scheme=PLAIN ${folder}/users
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${mail}/%u
}
`,
  )
}

/** A certificate for `localhost` and who signed it. @returns the latter */
async function writeCertificate(folder: string): Promise<string> {
  const at = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '2']
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
    '-subj',
    '/CN=Test authority',
  )
  openssl(
    'req',
    ...key.slice(0, 3),
    '-keyout',
    at('server.key'),
    '-out',
    at('server.csr'),
    '-subj',
    '/CN=localhost',
  )
  await writeFile(at('server.ext'), 'subjectAltName=DNS:localhost\n')
  const signed = [
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-extfile',
    at('server.ext'),
  ]
  openssl('x509', '-req', '-in', at('server.csr'), '-out', at('server.pem'), '-days', '2', ...signed)
  return readFile(at('ca.pem'), 'utf8')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Resolves when something listens there. @throws with the server's log when it ends instead */
async function listening(port: number, server: ChildProcess, log: string): Promise<void> {
  while (server.exitCode === null) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await Promise.race([
      once(socket, 'data').then(
        () => true,
        () => false,
      ),
      once(server, 'exit').then(() => false),
    ])
    socket.destroy()
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`Dovecot ended: ${await readFile(log, 'utf8').catch(() => 'without a word')}`)
}
