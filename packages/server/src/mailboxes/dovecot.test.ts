import tls from 'node:tls'
import type { EmailSettings } from '@helpdesk/core/api'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Dovecot, hasDovecot, startDovecot } from '../../../../test/support/dovecot.ts'
import { startDesk, type TestDesk } from '../testing.ts'
import { type Mailboxes, startMailboxes } from './mailboxes.ts'
import { letter, takenSubjects, testTiming, useMailbox } from './testing.ts'

const hourMs = 3_600_000
const patience = { timeout: 20_000, interval: 20 }

// What our own server of the other tests may have misunderstood, a real one has not.
describe.skipIf(!hasDovecot)('a mailbox of Dovecot', () => {
  let desk: TestDesk
  let server: Dovecot
  let running: Mailboxes | undefined
  const trusted = tls.getCACertificates()

  beforeAll(async () => {
    server = await startDovecot()
    desk = await startDesk('pglite', { allowPrivateMailServers: true })
  })
  afterEach(async () => {
    await running?.close()
    tls.setDefaultCACertificates(trusted)
    for (const table of ['desk_mail', 'emails', 'events'])
      await desk.handle.deps.db.run(
        { name: `test_clear_${table}`, text: `delete from helpdesk.${table}` },
        [],
      )
  })
  afterAll(async () => {
    await desk?.close()
    await server?.stop()
  })

  const start = async () => {
    const time = testTiming()
    running = startMailboxes(desk.handle.deps, time.timing)
    await running.look()
    return time
  }
  const imapView = async () => {
    const { body } = await desk.asOwner({ url: `/api/desks/${desk.deskId}/email-settings` })
    return (body as EmailSettings).imap
  }
  const connected = () =>
    vi.waitFor(async () => expect((await imapView())?.state).toBe('connected'), patience)
  const taken = (subjects: string[]) =>
    vi.waitFor(async () => expect((await takenSubjects(desk)).sort()).toEqual([...subjects].sort()), patience)
  /** An own folder, in which nothing else has come. */
  const useFolder = async (folder: string, change: object = {}) => {
    await server.createFolder(folder)
    await useMailbox(desk, server, { folder, ...change })
  }

  test('begins with what nobody has seen for a day, is told what comes, and marks it as seen', async () => {
    const ago = (hours: number) => new Date(desk.clock.now().getTime() - hours * hourMs)
    await server.createFolder('Start')
    const put = (subject: string, state: object = {}) =>
      server.add(letter(subject), { folder: 'Start', at: desk.clock.now(), ...state })
    await put('Two days ago', { at: ago(48) })
    await put('Seen', { at: ago(1), seen: true })
    await put('23 hours ago', { at: ago(23) })
    await useMailbox(desk, server, { folder: 'Start' })
    await start()
    await connected()
    await taken(['23 hours ago'])
    await put('New')
    await taken(['23 hours ago', 'New'])
    await vi.waitFor(
      async () => expect(await server.seen('Start')).toEqual([false, true, true, true]),
      patience,
    )
  })

  test('gives 100 e-mails of every size in their order, byte for byte', async () => {
    await useFolder('Many')
    await start()
    await connected()
    const bodies = Array.from({ length: 100 }, (_, i) => `${'Zażółć gęślą jaźń. '.repeat(i * 20)}\r\n.\r\n`)
    for (const [i, body] of bodies.entries())
      await server.add(letter(`Letter ${i}`, body), { folder: 'Many' })
    await vi.waitFor(async () => expect(await server.seen('Many')).toEqual(bodies.map(() => true)), {
      ...patience,
      timeout: 60_000,
    })
    expect(await takenSubjects(desk)).toEqual(bodies.map((_, i) => `Letter ${i}`))
    const text = 'select bytes from helpdesk.emails order by xmin::text::bigint'
    const rows = await desk.handle.deps.db.run<{ bytes: number }>({ name: 'test_bytes', text }, [])
    const bytes = bodies.map((body, i) => Buffer.byteLength(letter(`Letter ${i}`, body)))
    expect(rows.map((row) => row.bytes)).toEqual(bytes)
  }, 90_000)

  test('is opened again after its server was away, and gives what came then', async () => {
    await useFolder('Away')
    const { backOffs, tryAgain } = await start()
    await connected()
    await server.add(letter('Before'), { folder: 'Away' })
    await taken(['Before'])
    await server.halt()
    await vi.waitFor(() => expect(backOffs).toHaveLength(1), patience)
    tryAgain()
    await vi.waitFor(() => expect(backOffs).toHaveLength(2), patience)
    expect((await imapView())?.lastError).toMatch(/nothing listens on port/)
    await server.start()
    await server.add(letter('Meanwhile'), { folder: 'Away' })
    tryAgain()
    await taken(['Before', 'Meanwhile'])
  })

  test('that is numbered anew gives nothing twice', async () => {
    await useMailbox(desk, server)
    const { backOffs, tryAgain } = await start()
    await connected()
    await server.add(letter('One'), { at: desk.clock.now() })
    await server.add(letter('Two'), { at: desk.clock.now() })
    await taken(['One', 'Two'])
    await server.renumber()
    await server.add(letter('Three'), { at: desk.clock.now() })
    await vi.waitFor(() => expect(backOffs).toHaveLength(1), patience)
    tryAgain()
    await taken(['One', 'Two', 'Three'])
  })

  test.each(['Übersicht & Anfragen', 'Заявки', 'A "quoted" \\ name'])(
    'may have a folder named %s',
    async (name) => {
      await useFolder(name)
      await start()
      await connected()
      await server.add(letter('Found'), { folder: name })
      await taken(['Found'])
    },
  )

  test.each([
    [{ password: 'wrong' }, /app password/],
    [{ folder: 'Nowhere' }, /name of the folder/],
    [{ security: 'tls' }, /STARTTLS/],
  ])('with %j fails in words', async (change, words) => {
    await useMailbox(desk, server, change)
    const { backOffs } = await start()
    await vi.waitFor(() => expect(backOffs).toHaveLength(1), patience)
    expect((await imapView())?.lastError).toMatch(words)
  })

  test.each(['tls', 'starttls'] as const)(
    'behind %s is read when its certificate is for its name',
    async (security) => {
      const port = security === 'tls' ? server.tlsPort : server.port
      const secure = { host: 'localhost', port, security }
      await useFolder(`Behind ${security}`, secure)
      const { backOffs, tryAgain } = await start()
      await vi.waitFor(() => expect(backOffs).toHaveLength(1), patience)
      expect((await imapView())?.lastError).toMatch(/certificate/)
      tls.setDefaultCACertificates([...trusted, server.authority])
      tryAgain()
      await connected()
      await server.add(letter('Encrypted'), { folder: `Behind ${security}` })
      await taken(['Encrypted'])
      await running?.close()
      // The name is what the certificate is for; where it leads does not make up for it.
      await useMailbox(desk, server, { ...secure, host: '127.0.0.1', folder: `Behind ${security}` })
      const other = await start()
      await vi.waitFor(() => expect(other.backOffs).toHaveLength(1), patience)
      expect((await imapView())?.lastError).toMatch(/certificate/)
    },
  )
})
