import type { EmailSettings } from '@helpdesk/core/api'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type ImapServer, startImapServer } from '../../../../test/support/imap.ts'
import type { Deps } from '../deps.ts'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'
import { type Mailboxes, mailboxLeaseMs, startMailboxes } from './mailboxes.ts'
import { letter, takenSubjects, testTiming, useMailbox } from './testing.ts'

const hourMs = 3_600_000
const patience = { timeout: 20_000, interval: 20 }

describe.each(databaseKinds)('a mailbox, on %s', (kind) => {
  let desk: TestDesk
  let server: ImapServer
  const running: Mailboxes[] = []

  beforeAll(async () => {
    desk = await startDesk(kind, { allowPrivateMailServers: true })
  })
  beforeEach(async () => {
    server = await startImapServer()
  })
  afterEach(async () => {
    for (const mailboxes of running.splice(0)) await mailboxes.close()
    await server.stop()
    for (const table of ['desk_mail', 'emails', 'events'])
      await desk.handle.deps.db.orm.execute(sql.raw(`delete from helpdesk.${table}`))
  })
  afterAll(() => desk?.close())

  /** A process that reads mailboxes. */
  const start = async (change: Partial<Deps> = {}) => {
    const time = testTiming()
    const mailboxes = startMailboxes({ ...desk.handle.deps, ...change }, time.timing)
    running.push(mailboxes)
    await mailboxes.look()
    return { ...time, mailboxes }
  }
  const imapView = async () => {
    const { body } = await desk.asOwner({ url: `/api/desks/${desk.deskId}/email-settings` })
    return (body as EmailSettings).imap
  }
  const add = (subject: string, state: { seen?: boolean; ago?: number } = {}) =>
    server.add(letter(subject), {
      ...(state.seen ? { seen: true } : {}),
      at: new Date(desk.clock.now().getTime() - (state.ago ?? 0)),
    })
  const connected = () =>
    vi.waitFor(async () => expect((await imapView())?.state).toBe('connected'), patience)
  const taken = (subjects: string[]) =>
    vi.waitFor(async () => expect((await takenSubjects(desk)).sort()).toEqual([...subjects].sort()), patience)

  test('is read as soon as something comes, which stays there and is marked as seen', async () => {
    await useMailbox(desk, server)
    await start()
    await connected()
    await server.waitForIdle()
    add('First')
    await server.waitForSeen(1)
    await server.waitForIdle()
    add('Second')
    await server.waitForSeen(2)
    expect(await takenSubjects(desk)).toEqual(['First', 'Second'])
    expect(server.messages).toHaveLength(2)
    expect(server.connections).toBe(1)
    expect(await imapView()).toMatchObject({ lastError: null, lastMailAt: desk.clock.now().toISOString() })
  })

  test('begins with what comes from now on, and with what came within a day and nobody has seen', async () => {
    add('Years ago', { ago: 9_000 * hourMs })
    add('Unseen two days ago', { ago: 48 * hourMs })
    add('Seen an hour ago', { ago: hourMs, seen: true })
    add('Unseen 23 hours ago', { ago: 23 * hourMs })
    add('Unseen an hour ago', { ago: hourMs })
    await useMailbox(desk, server)
    await start()
    await connected()
    await server.waitForIdle()
    add('New')
    await taken(['Unseen 23 hours ago', 'Unseen an hour ago', 'New'])
    const seen = () => server.messages.map(({ flags }) => flags.has('\\Seen'))
    await vi.waitFor(() => expect(seen()).toEqual([false, false, true, true, true, true]), patience)
  })

  test('begins there also where the server does not number what is to come', async () => {
    server.faults.noUidNext = true
    add('Years ago', { ago: 9_000 * hourMs })
    add('Seen an hour ago', { ago: hourMs, seen: true })
    await useMailbox(desk, server)
    await start()
    await connected()
    await server.waitForIdle()
    add('New')
    await taken(['New'])
  })

  test('gives 200 e-mails at once, each of them once', async () => {
    await useMailbox(desk, server)
    await start()
    await connected()
    await server.waitForIdle()
    const subjects = Array.from({ length: 200 }, (_, i) => `Letter ${i}`)
    for (const subject of subjects) add(subject)
    await server.waitForSeen(200, 60_000)
    expect(await takenSubjects(desk)).toEqual(subjects)
    expect(server.connections).toBe(1)
  }, 90_000)

  test('whose server hangs up in the middle of an e-mail is opened again, with growing pauses', async () => {
    await useMailbox(desk, server)
    const { backOffs, tryAgain } = await start()
    await connected()
    await server.waitForIdle()
    server.faults.dropFetches = 3
    add('One')
    for (let failure = 1; failure <= 3; failure++) {
      await vi.waitFor(() => expect(backOffs).toHaveLength(failure), patience)
      expect(await takenSubjects(desk)).toEqual([])
      expect((await imapView())?.state).toBe('failing')
      tryAgain()
    }
    add('Two')
    await server.waitForSeen(2)
    expect(await takenSubjects(desk)).toEqual(['One', 'Two'])
    expect(await imapView()).toMatchObject({ state: 'connected', lastError: null })
    for (const [i, pause] of backOffs.entries()) {
      expect(pause).toBeGreaterThanOrEqual(5_000 * 2 ** i * 0.75)
      expect(pause).toBeLessThanOrEqual(5_000 * 2 ** i * 1.25)
    }
  })

  test('that is numbered anew gives what it has not given yet, and nothing twice', async () => {
    await useMailbox(desk, server)
    const { backOffs, tryAgain } = await start()
    await connected()
    for (const subject of ['One', 'Two', 'Three']) add(subject)
    await server.waitForSeen(3)
    server.renumber()
    add('While nobody looked')
    await vi.waitFor(() => expect(backOffs).toHaveLength(1), patience)
    tryAgain()
    await server.waitForSeen(4)
    await server.waitForIdle()
    add('After')
    await server.waitForSeen(5)
    expect(await takenSubjects(desk)).toEqual(['One', 'Two', 'Three', 'While nobody looked', 'After'])
  })

  test('gives an e-mail once although the process ended before it could note it', async () => {
    await useMailbox(desk, server)
    const first = await start()
    await connected()
    add('One')
    await server.waitForSeen(1)
    await first.mailboxes.close()
    const rewind = `update helpdesk.desk_mail set mailbox = jsonb_set(mailbox, '{lastUid}', '0')`
    await desk.handle.deps.db.run({ name: 'test_rewind', text: rewind }, [])
    await start()
    add('Two')
    await server.waitForSeen(2)
    expect(await takenSubjects(desk)).toEqual(['One', 'Two'])
  })

  test('keeps an e-mail that could not be kept here, and gives it later', async () => {
    await useMailbox(desk, server)
    let isAway = true
    const { jobs } = desk.handle.deps
    const enqueue: typeof jobs.enqueue = async (...given) => {
      if (isAway) throw new Error('connect ECONNREFUSED 10.1.2.3:5432')
      return jobs.enqueue(...given)
    }
    const { backOffs, tryAgain } = await start({ jobs: { ...jobs, enqueue } })
    await connected()
    add('One')
    await vi.waitFor(() => expect(backOffs).toHaveLength(1), patience)
    expect((await imapView())?.lastError).toBe('E-mails cannot be kept at the moment; they are fetched later')
    expect(server.messages[0]?.flags.has('\\Seen')).toBe(false)
    isAway = false
    tryAgain()
    await server.waitForSeen(1)
    expect(await takenSubjects(desk)).toEqual(['One'])
  })

  test('is read by one process, and by another after the first has not been heard of for a minute', async () => {
    await useMailbox(desk, server)
    await start()
    await connected()
    await server.waitForIdle()
    const second = await start()
    desk.clock.advance(mailboxLeaseMs - 1)
    await second.mailboxes.look()
    expect(server.connections).toBe(1)
    desk.clock.advance(1)
    await second.mailboxes.look()
    await vi.waitFor(() => expect(server.signIns).toBe(2), patience)
    await vi.waitFor(() => expect(second.isWaiting()).toBe(true), patience)
    // The first one, which knows nothing of it, hears of the e-mail as well.
    add('Once')
    await server.waitForSeen(1)
    await vi.waitFor(() => expect(server.open()).toBe(1), patience)
    expect(await takenSubjects(desk)).toEqual(['Once'])
  })

  test('is left to others at once by a process that closes', async () => {
    await useMailbox(desk, server)
    const first = await start()
    await connected()
    await first.mailboxes.close()
    await vi.waitFor(() => expect(server.open()).toBe(0), patience)
    const second = await start()
    await vi.waitFor(() => expect(second.isWaiting()).toBe(true), patience)
    expect(server.signIns).toBe(2)
  })

  test('whose password was changed says so and waits a quarter of an hour; the new one is tried at once', async () => {
    await useMailbox(desk, server)
    const { backOffs, tryAgain } = await start()
    await connected()
    server.password = 'new secret'
    server.drop()
    await vi.waitFor(() => expect(backOffs).toHaveLength(1), patience)
    expect((await imapView())?.state).toBe('failing')
    // The connection was lost first; the password shows when it is opened again.
    tryAgain()
    await vi.waitFor(() => expect(backOffs).toHaveLength(2), patience)
    expect(backOffs[1]).toBeGreaterThan(11 * 60_000)
    expect((await imapView())?.lastError).toMatch(/Invalid credentials.*app password/)
    await useMailbox(desk, server)
    await connected()
    expect((await imapView())?.lastError).toBe(null)
    add('One')
    await server.waitForSeen(1)
  })

  test.each(['silentIdle', 'noIdle'] as const)('is looked into now and then also with %s', async (fault) => {
    server.faults[fault] = true
    await useMailbox(desk, server)
    const { poll, isWaiting } = await start()
    await connected()
    await vi.waitFor(() => expect(isWaiting()).toBe(true), patience)
    add('Unannounced')
    poll()
    await server.waitForSeen(1)
    expect(await takenSubjects(desk)).toEqual(['Unannounced'])
  })

  test('leaves an e-mail of more than 25 MiB where it is, and says so', async () => {
    await useMailbox(desk, server)
    await start()
    await connected()
    await server.waitForIdle()
    server.add(Buffer.concat([Buffer.from(letter('Huge')), Buffer.alloc(26 * 1024 * 1024, 'a')]))
    add('Small')
    await taken(['Small'])
    expect(await imapView()).toMatchObject({
      state: 'connected',
      lastError: expect.stringMatching(/larger than 25 MiB/),
    })
    const seen = () => server.messages.map(({ flags }) => flags.has('\\Seen'))
    await vi.waitFor(() => expect(seen()).toEqual([false, true]), patience)
  })

  test('of another folder begins there anew, and none is read once it is forgotten', async () => {
    await useMailbox(desk, server, { folder: 'Nowhere' })
    const { backOffs } = await start()
    await vi.waitFor(() => expect(backOffs).toHaveLength(1), patience)
    expect((await imapView())?.lastError).toMatch(/Unknown Mailbox: Nowhere.*name of the folder/)
    await useMailbox(desk, server, { folder: 'INBOX' })
    await connected()
    const url = `/api/desks/${desk.deskId}/email-settings`
    await desk.asOwner({ method: 'PATCH', url, payload: { imap: null } })
    await vi.waitFor(() => expect(server.open()).toBe(0), patience)
    expect(await imapView()).toBe(null)
  })

  test('that connects or fails is news for the team and not for visitors', async () => {
    await useMailbox(desk, server, { password: 'wrong' })
    const { backOffs } = await start()
    await vi.waitFor(() => expect(backOffs).toHaveLength(1), patience)
    const text = `select type, audience from helpdesk.events order by seq`
    const events = await desk.handle.deps.db.run({ name: 'test_events', text }, [])
    // The change of the settings, and the state.
    expect(events).toEqual([
      { type: 'desk.updated', audience: 'agents' },
      { type: 'desk.updated', audience: 'agents' },
    ])
  })

  test('inside the network is not connected to unless the operator allows it', async () => {
    await useMailbox(desk, server)
    const { config } = desk.handle.deps
    const { backOffs } = await start({ config: { ...config, allowPrivateMailServers: false } })
    await vi.waitFor(() => expect(backOffs).toHaveLength(1), patience)
    expect((await imapView())?.lastError).toMatch(/private network/)
    expect(server.connections).toBe(0)
  })
})
