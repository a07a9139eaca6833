import { describe, expect, test, vi } from 'vitest'
import { MailError } from '../adapters/mail.ts'
import { connect, type Db } from '../db/db.ts'
import { deliverDue, deliverNotification, emailStates } from './service.ts'
import { describeOnDatabases } from './testing.ts'
import {
  change,
  loggedOf,
  notificationsOf,
  seedAgent,
  seedConversation,
  seedDesk,
  testProcess,
  write,
} from './testing-desk.ts'

const minute = 60_000

/** A desk on which a contact has a conversation and the agent answers; the e-mail about it is due in a minute. */
async function scene(db: Db, contact: Parameters<typeof seedConversation>[3] = {}) {
  const process = testProcess(db)
  const { clock } = process
  const desk = await seedDesk(db, clock.now())
  const place = await seedConversation(db, desk.deskId, clock.now(), contact)
  const toContact = { type: 'contact', id: place.contactId } as const
  const toAgent = { type: 'agent', id: desk.agentId } as const
  const reply = (body = 'Dzień dobry!') =>
    write(db, place, { by: toAgent, body, at: clock.now(), notify: [toContact] })
  const ask = (body = 'Is it in stock?', notify = [toAgent as typeof toAgent]) =>
    write(db, place, { by: toContact, body, at: clock.now(), notify })
  const states = () => notificationsOf(db, place.conversationId)
  const stateOf = async (seq: number) =>
    (await emailStates(db, desk.deskId, [{ conversationId: place.conversationId, seq }])).get(
      `${place.conversationId}:${seq}`,
    ) ?? null
  return { ...process, ...place, desk, toContact, toAgent, reply, ask, states, stateOf }
}

/** Delivers this conversation's notifications only, so that tests on one database do not meet. */
async function deliver(of: Awaited<ReturnType<typeof scene>>) {
  const results: string[] = []
  for (const { desk_id, id } of await of.states()) results.push(await deliverNotification(of.deps, desk_id, id))
  return results
}

const refused = () => {
  throw new MailError('451 try later', { permanent: false })
}
const dropped = () => {
  throw new MailError('connection lost', { permanent: false, uncertain: true })
}

describeOnDatabases('delivering', (database) => {
  test('an e-mail goes 60 seconds after the first message, with the ones that followed, and is logged once', async () => {
    const at = await scene(database())
    const first = await at.reply('First words')
    at.clock.advance(50_000)
    const second = await at.reply('Second words')
    expect(await deliver(at)).toEqual(['not_due'])
    expect(at.mail.sent).toEqual([])

    at.clock.advance(10_000)
    expect(await deliver(at)).toEqual(['sent'])
    const [mail] = at.mail.sent
    expect(mail?.to.address).toBe(at.email)
    expect(mail?.text).toMatch(/First words[\s\S]*Second words/)
    expect(await at.states()).toMatchObject([
      { state: 'sent', reason: null, first_seq: first, last_seq: second, sent_to: at.email, attempts: 1, lease_until: null },
    ])
    expect(await loggedOf(database(), at.desk.deskId)).toMatchObject([
      {
        seq: second + 1,
        audience: 'agents',
        conversation_id: at.conversationId,
        data: { firstSeq: first, lastSeq: second },
      },
    ])
    expect(at.published).toEqual([{ type: 'events', deskId: at.desk.deskId }])

    at.clock.advance(60 * minute)
    expect(await deliver(at)).toEqual(['not_due'])
    expect(at.mail.sent).toHaveLength(1)
  })

  test('what comes after the e-mail makes the next one', async () => {
    const at = await scene(database())
    const first = await at.reply('one')
    at.clock.advance(minute)
    await deliver(at)
    const second = await at.reply('two')
    expect(await at.states()).toMatchObject([
      { state: 'sent', first_seq: first, last_seq: first },
      { state: 'scheduled', first_seq: second, last_seq: null },
    ])
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['not_due', 'sent'])
    expect(at.mail.sent[1]?.text).not.toContain('one')
    expect(at.mail.sent[1]?.messageId).not.toBe(at.mail.sent[0]?.messageId)
    expect(at.mail.sent[1]?.references).toEqual(at.mail.sent[0]?.references)
  })

  test('messages that the contact has read meanwhile are left out; if none is left the e-mail is skipped', async () => {
    const at = await scene(database())
    const first = await at.reply('seen already')
    const second = await at.reply('not yet seen')
    const read = 'update helpdesk.conversations set contact_read_seq = $2 where id = $1'
    await change(database(), read, [at.conversationId, first])
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['sent'])
    expect(at.mail.sent[0]?.text).toContain('not yet seen')
    expect(at.mail.sent[0]?.text).not.toContain('seen already')
    expect(await at.stateOf(first)).toMatchObject({ state: 'skipped', reason: 'read' })
    expect(await at.stateOf(second)).toMatchObject({ state: 'sent', reason: null })

    const third = await at.reply('read at once')
    await change(database(), read, [at.conversationId, third])
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['not_due', 'skipped'])
    expect(at.mail.sent).toHaveLength(1)
    expect(await at.stateOf(third)).toEqual({
      state: 'skipped',
      reason: 'read',
      at: at.clock.now().toISOString(),
    })
  })

  test('every agent is told but those who have seen it, in an e-mail with the contact’s words', async () => {
    const at = await scene(database())
    const other = await seedAgent(database(), at.desk.deskId, at.clock.now(), { email: 'Ewa@ACME.example', name: 'Ewa' })
    const seq = await at.ask('Is it in stock?', [at.toAgent, { ...at.toAgent, id: other }])
    await change(
      database(),
      'insert into helpdesk.conversation_reads values ($1, $2, $3, $4, $5)',
      [at.desk.deskId, at.conversationId, at.desk.agentId, seq, at.clock.now()],
    )
    at.clock.advance(minute)
    expect((await deliver(at)).sort()).toEqual(['sent', 'skipped'])
    expect(at.mail.sent).toMatchObject([{ to: { name: 'Ewa', address: 'ewa@acme.example' } }])
    expect(at.mail.sent[0]?.text).toContain('Is it in stock?')
    expect(await loggedOf(database(), at.desk.deskId)).toEqual([])
  })

  test('an agent hears of contacts only, a contact of agents only, and nobody of notes', async () => {
    const at = await scene(database())
    await at.reply('to the contact')
    await at.ask('to the agent')
    await write(database(), at, { by: at.toAgent, body: 'secret note', at: at.clock.now(), kind: 'note', notify: [at.toContact] })
    await at.reply('more to the contact')
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['sent', 'sent'])
    const toContact = at.mail.sent.find((mail) => mail.to.address === at.email)
    const toAgent = at.mail.sent.find((mail) => mail.to.address !== at.email)
    expect(toContact?.text).toMatch(/to the contact[\s\S]*more to the contact/)
    expect(toContact?.text).not.toMatch(/to the agent|secret note/)
    expect(toAgent?.text).toContain('to the agent')
    expect(toAgent?.text).not.toMatch(/to the contact|secret note/)
  })

  test('the e-mail about a note alone is never sent', async () => {
    const at = await scene(database())
    await write(database(), at, { by: at.toAgent, body: 'note', at: at.clock.now(), kind: 'note', notify: [at.toContact] })
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['skipped'])
    expect(await at.states()).toMatchObject([{ reason: 'nothing_to_send' }])
  })

  test.each([
    ['no_email', 'update helpdesk.contacts set email = null where id = $1', 'contact'],
    ['no_email', `update helpdesk.contacts set email = 'a@x.example, b@x.example' where id = $1`, 'contact'],
    ['conversation_gone', 'delete from helpdesk.contacts where id = $1', 'contact'],
    ['notifications_off', 'update helpdesk.agents set notifications = false where id = $1', 'agent'],
    ['conversation_gone', 'delete from helpdesk.desk_agents where agent_id = $1', 'agent'],
    ['conversation_gone', 'delete from helpdesk.conversations where id = $1', 'conversation'],
  ] as const)('without an e-mail it is skipped and says why: %s', async (reason, sql, of) => {
    const at = await scene(database())
    await (of === 'agent' ? at.ask() : at.reply())
    const id = { contact: at.contactId, agent: at.desk.agentId, conversation: at.conversationId }[of]
    await change(database(), sql, [id])
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['skipped'])
    expect(await at.states()).toMatchObject([{ state: 'skipped', reason }])
    expect(at.mail.sent).toEqual([])
  })

  test('F4: a transient failure is tried again with back-off, and succeeds', async () => {
    const at = await scene(database())
    const seq = await at.reply()
    at.clock.advance(minute)
    at.mail.onSend(refused)
    expect(await deliver(at)).toEqual(['scheduled'])
    const due = new Date(at.clock.now().getTime() + 30_000)
    const [row] = await at.states()
    expect(row).toMatchObject({ state: 'scheduled', due_at: due, attempts: 1, last_seq: null, last_error: '451 try later' })
    expect(at.enqueued).toEqual([{ id: row?.id, startAfter: due }])
    expect(await at.stateOf(seq)).toEqual({ state: 'scheduled', reason: null, at: due.toISOString() })
    expect(await loggedOf(database(), at.desk.deskId)).toHaveLength(1)

    at.clock.advance(29_999)
    expect(await deliver(at)).toEqual(['not_due'])
    at.clock.advance(1)
    at.mail.onSend(() => undefined)
    expect(await deliver(at)).toEqual(['sent'])
    expect(await at.states()).toMatchObject([{ state: 'sent', attempts: 2, last_error: null }])
  })

  test('F4: after the last try it has failed, and says so', async () => {
    const at = await scene(database())
    const seq = await at.reply()
    at.clock.advance(minute)
    at.mail.onSend(refused)
    const results: string[] = []
    for (let tries = 0; tries < 12; tries++) {
      results.push(...(await deliver(at)))
      at.clock.advance(24 * 60 * minute)
    }
    expect(results).toEqual([...Array(8).fill('scheduled'), 'failed', ...Array(3).fill('not_due')])
    expect(await at.states()).toMatchObject([{ state: 'failed', reason: 'undeliverable', last_error: '451 try later' }])
    expect(await at.stateOf(seq)).toMatchObject({ state: 'failed', reason: 'undeliverable' })
  })

  test('F4: a mail that is refused for good fails at once', async () => {
    const at = await scene(database())
    await at.reply()
    at.clock.advance(minute)
    at.mail.onSend(() => {
      throw new MailError('550 no\r\nsuch user', { permanent: true })
    })
    expect(await deliver(at)).toEqual(['failed'])
    expect(await at.states()).toMatchObject([
      { state: 'failed', reason: 'undeliverable', last_error: '550 no such user', sent_to: null },
    ])
  })

  test('a message that is written while the mail server is away goes with the next try', async () => {
    const at = await scene(database())
    await at.reply('before')
    at.clock.advance(minute)
    let second = 0
    at.mail.onSend(async () => {
      // While the first mail is on its way, so that it makes a notification of its own.
      second = await at.reply('meanwhile')
      refused()
    })
    expect(await deliver(at)).toEqual(['scheduled'])
    expect(await at.states()).toMatchObject([{ state: 'scheduled', last_seq: null, attempts: 1 }])
    at.clock.advance(30_000)
    at.mail.onSend(() => undefined)
    expect(await deliver(at)).toEqual(['sent'])
    expect(at.mail.sent[0]?.text).toMatch(/before[\s\S]*meanwhile/)
    expect(await at.states()).toMatchObject([{ state: 'sent', last_seq: second }])
  })

  test('F4: a connection lost after the mail leads to one repeat, the same mail, and no third', async () => {
    const at = await scene(database())
    const tried: string[] = []
    const first = await at.reply('once')
    at.clock.advance(minute)
    at.mail.onSend((mail) => {
      tried.push(`${mail.messageId} ${mail.text}`)
      dropped()
    })
    expect(await deliver(at)).toEqual(['scheduled'])
    expect(await at.stateOf(first)).toEqual({
      state: 'scheduled',
      reason: null,
      at: new Date(at.clock.now().getTime() + 30_000).toISOString(),
    })
    await at.reply('later words make a mail of their own')
    expect(await deliver(at)).toEqual(['not_due', 'not_due'])
    at.clock.advance(30_000)
    expect(await deliver(at)).toEqual(['failed', 'not_due'])
    expect(tried).toHaveLength(2)
    expect(tried[1]).toBe(tried[0])
    expect((await at.states())[0]?.last_error).toMatch(/not known whether it arrived/)
  })

  test('F4: a repeat that meets a refusal is still the same mail and is tried again', async () => {
    const at = await scene(database())
    const first = await at.reply('once')
    at.clock.advance(minute)
    at.mail.onSend(dropped)
    await deliver(at)
    at.clock.advance(30_000)
    at.mail.onSend(refused)
    expect(await deliver(at)).toEqual(['scheduled'])
    expect(await at.states()).toMatchObject([{ state: 'sending', last_seq: first, attempts: 2 }])
    at.clock.advance(120_000)
    at.mail.onSend(() => undefined)
    expect(await deliver(at)).toEqual(['sent'])
    expect(await at.states()).toMatchObject([{ state: 'sent', lease_until: null }])
  })

  test('F6: what a dead process left is repeated after 60 seconds with the same Message-ID', async () => {
    const at = await scene(database())
    await at.reply()
    at.clock.advance(minute)
    const dead = testProcess(database(), at.clock)
    let arrived = ''
    const hanging = new Promise<void>((resolve) => {
      dead.mail.onSend((mail) => {
        arrived = mail.messageId
        resolve()
        // The mail has left; the process never comes back to say so.
        return new Promise(() => undefined)
      })
    })
    const [row] = await at.states()
    void deliverNotification(dead.deps, at.desk.deskId, row?.id ?? '')
    await hanging
    expect(await at.states()).toMatchObject([{ state: 'sending' }])
    at.clock.advance(minute - 1)
    expect(await deliver(at)).toEqual(['not_due'])
    at.clock.advance(1)
    expect(await deliver(at)).toEqual(['sent'])
    expect(at.mail.sent.map((mail) => mail.messageId)).toEqual([arrived])
  })

  test('F6: a process that comes back after its lease does not undo what another has done', async () => {
    const at = await scene(database())
    await at.reply()
    at.clock.advance(minute)
    const slow = testProcess(database(), at.clock)
    let wake = (): void => undefined
    const sending = new Promise<void>((resolve) => {
      slow.mail.onSend(() => {
        resolve()
        return new Promise((_, reject) => {
          wake = () => reject(new MailError('550 no', { permanent: true }))
        })
      })
    })
    const [row] = await at.states()
    const late = deliverNotification(slow.deps, at.desk.deskId, row?.id ?? '')
    await sending
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['sent'])
    wake()
    expect(await late).toBe('not_due')
    expect(await at.states()).toMatchObject([{ state: 'sent', attempts: 2 }])
    expect(await loggedOf(database(), at.desk.deskId)).toHaveLength(1)
  })

  test('a notification whose tries end without any answer is given up in the end', async () => {
    const at = await scene(database())
    await at.reply()
    await change(database(), 'update helpdesk.notifications set attempts = 9 where conversation_id = $1', [
      at.conversationId,
    ])
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['failed'])
    expect(at.mail.sent).toEqual([])
  })

  test('a mail that cannot be written counts as a failed try', async () => {
    const at = await scene(database())
    await at.reply()
    await change(
      database(),
      `update helpdesk.desks set settings = settings - 'name' where desk_id = $1`,
      [at.desk.deskId],
    )
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['scheduled'])
  })

  test('the outcome is not lost when the database is away for a moment after the mail', async () => {
    const at = await scene(database())
    await at.reply()
    at.clock.advance(minute)
    let isAway = true
    const run: Db['run'] = (statement, values) => {
      if (isAway && statement.name === 'notification_settle') {
        isAway = false
        return Promise.reject(new Error('Connection terminated'))
      }
      return database().run(statement, values)
    }
    const [row] = await at.states()
    const deps = { ...at.deps, db: { ...database(), run } }
    expect(await deliverNotification(deps, at.desk.deskId, row?.id ?? '')).toBe('sent')
    expect(isAway).toBe(false)
    expect(at.mail.sent).toHaveLength(1)
  })

  test('more messages than an e-mail holds: the newest 50, and a word about the others', async () => {
    const at = await scene(database())
    for (let i = 1; i <= 52; i++) await at.reply(`message number ${i}.`)
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['sent'])
    const text = at.mail.sent[0]?.text ?? ''
    expect(text).toContain('Earlier messages are in the conversation.')
    expect(text).not.toMatch(/message number [12]\./)
    expect(text).toMatch(/message number 3\.[\s\S]*message number 52\./)
  })
})

describeOnDatabases('A27: an address that nobody has proved', (database) => {
  const unproved = { email: 'Victim@Elsewhere.example', verified: false }

  test('gets one mail in 10 minutes and three a day, over all conversations and desks; the rest joins or is skipped', async () => {
    const scenes = []
    for (let i = 0; i < 6; i++) {
      scenes.push(await scene(database(), { ...unproved, pageUrl: 'https://evil.example/', name: 'Click evil.example' }))
    }
    const { clock } = scenes[0]!
    const process = testProcess(database(), clock)
    for (const at of scenes) await at.reply(`words of the agent`)
    const sentAt: number[] = []
    const start = clock.now().getTime()
    process.mail.onSend(() => void sentAt.push((clock.now().getTime() - start) / minute))
    for (let i = 0; i < 60; i++) {
      clock.advance(minute)
      await deliverDue(process.deps)
    }
    expect(sentAt).toEqual([1, 11, 21])
    const all = (await Promise.all(scenes.map((at) => at.states()))).flat()
    expect(all.map((row) => row.state).sort()).toEqual([...Array(3).fill('sent'), ...Array(3).fill('skipped')].sort())
    expect(all.filter((row) => row.state === 'skipped').every((row) => row.reason === 'rate_limited')).toBe(true)
    expect(all.filter((row) => row.state === 'sent').every((row) => row.sent_to === 'victim@elsewhere.example')).toBe(true)
    for (const mail of process.mail.sent) {
      expect(`${mail.subject}${mail.text}${mail.html}${mail.to.name}${mail.from.name}`).not.toMatch(/evil/)
    }

    clock.advance(24 * 60 * minute)
    await scenes[0]!.reply('the next day')
    clock.advance(minute)
    await deliverDue(process.deps)
    expect(sentAt).toHaveLength(4)
  })

  test('is not written to twice by processes that look at the same moment', async () => {
    const email = 'other@elsewhere.example'
    const scenes = []
    for (let i = 0; i < 20; i++) scenes.push(await scene(database(), { email, verified: false }))
    for (const at of scenes) await at.reply()
    const { clock } = scenes[0]!
    clock.advance(minute)
    const processes = [testProcess(database(), clock), testProcess(database(), clock)]
    await Promise.all(processes.map(({ deps }) => deliverDue(deps)))
    expect(processes.flatMap(({ mail }) => mail.sent)).toHaveLength(1)
  })

  test('gets what was put off joined with what followed, and no try is lost by waiting', async () => {
    const at = await scene(database(), { email: 'third@elsewhere.example', verified: false })
    await at.reply('one')
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['sent'])
    await at.reply('two')
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['not_due', 'scheduled'])
    const due = new Date(at.clock.now().getTime() + 9 * minute)
    expect((await at.states())[1]).toMatchObject({ state: 'scheduled', due_at: due, attempts: 0 })
    await at.reply('three')
    at.clock.advance(9 * minute)
    expect(await deliver(at)).toEqual(['not_due', 'sent'])
    expect(at.mail.sent[1]?.text).toMatch(/two[\s\S]*three/)
  })

  test('a proved address has no such share', async () => {
    const at = await scene(database(), { email: 'proved@elsewhere.example', verified: true })
    for (let i = 0; i < 5; i++) {
      await at.reply()
      at.clock.advance(minute)
      await deliver(at)
    }
    expect(at.mail.sent).toHaveLength(5)
  })
})

describeOnDatabases('F5: competing processes', (database, url) => {
  test('send 1,000 notifications exactly once each (fewer on PGlite, which has one connection)', async () => {
    const db = database()
    const count = db.kind === 'postgres' ? 1_000 : 200
    const { clock } = testProcess(db)
    const desk = await seedDesk(db, clock.now())
    await change(
      db,
      `with made as (select gen_random_uuid() as id, gen_random_uuid() as contact, n from generate_series(1, $4::int) n),
      c as (insert into helpdesk.conversations (desk_id, id, number, contact_id, status, priority, channel, preview,
          last_author, contact_seq, contact_read_seq, team_read_seq, created_at, last_message_at, last_message_seq)
        select $1, id, 'N-' || n, contact, 'waiting', 'normal', 'widget', '', 'agent', 0, 0, 0, $2, $2, n from made),
      k as (insert into helpdesk.contacts (desk_id, id, email, email_verified, created_at)
        select $1, contact, 'contact' || n || '@x.example', true, $2 from made),
      m as (insert into helpdesk.messages (desk_id, conversation_id, seq, id, kind, author_type, author_id, body, created_at)
        select $1, id, n, gen_random_uuid(), 'reply', 'agent', $3, 'Hello', $2 from made),
      d as (update helpdesk.desk_counters set event_seq = $4 where desk_id = $1)
      insert into helpdesk.notifications (desk_id, id, conversation_id, recipient_type, recipient_id, state, first_seq,
          due_at, created_at, updated_at)
        select $1, gen_random_uuid(), id, 'contact', contact, 'scheduled', n, $2, $2, $2 from made`,
      [desk.deskId, clock.now(), desk.agentId, count],
    )
    const connectionString = url()
    const own = connectionString === undefined ? db : connect({ connectionString })
    const processes = [testProcess(db, clock), testProcess(own, clock)]
    const loop = async ({ deps }: (typeof processes)[number]) => {
      let total = 0
      for (let done = -1; done !== 0; total += done) done = await deliverDue(deps, { limit: 150 })
      return total
    }
    const totals = await Promise.all(processes.map(loop))
    const sent = processes.flatMap(({ mail }) => mail.sent)
    expect(sent).toHaveLength(count)
    expect(new Set(sent.map((mail) => mail.to.address)).size).toBe(count)
    expect(totals[0]! + totals[1]!).toBe(count)
    expect(Math.min(...totals)).toBeGreaterThan(count / 10)
    const logged = await loggedOf(db, desk.deskId)
    expect(logged.map((event) => event.seq)).toEqual(Array.from({ length: count }, (_, i) => count + 1 + i))
    if (own !== db) await own.close()
  })

  test('leave out no message that is being written while they claim', async ({ skip }) => {
    const db = database()
    if (db.kind === 'pglite') skip('PGlite lets one wait for the other by itself')
    const at = await scene(db)
    await at.reply('before')
    at.clock.advance(minute)
    const delivering = await db.transaction(async (tx) => {
      const run = (text: string, values: unknown[]) => tx.run({ name: `writer_${text.length}`, text }, values)
      await run('select from helpdesk.conversations where id = $1 for update', [at.conversationId])
      const claiming = deliver(at)
      await vi.waitFor(async () => {
        const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%maybe_sent%'`
        expect(await change(db, waiting)).toHaveLength(1)
      })
      await run(
        `insert into helpdesk.messages values ($1, $2, 2, gen_random_uuid(), 'reply', 'agent', $3, 'meanwhile', null, $4)`,
        [at.desk.deskId, at.conversationId, at.desk.agentId, at.clock.now()],
      )
      await run('update helpdesk.desk_counters set event_seq = 2 where desk_id = $1', [at.desk.deskId])
      await run('update helpdesk.conversations set last_message_seq = 2 where id = $1', [at.conversationId])
      // The waiting notification still stands in the index, so the writer adds none.
      return { claiming }
    })
    expect(await delivering.claiming).toEqual(['sent'])
    expect(at.mail.sent[0]?.text).toMatch(/before[\s\S]*meanwhile/)
    expect(await at.states()).toMatchObject([{ first_seq: 1, last_seq: 2 }])
  })
})

describe('the service', () => {
  test('is what other nouns import', async () => {
    expect(Object.keys(await import('./service.ts')).sort()).toEqual([
      'deliverDue',
      'deliverNotification',
      'emailStateOf',
      'emailStates',
      'startSweeper',
    ])
  })
})
