import { beforeEach, describe, expect, test, vi } from 'vitest'
import { connect } from '../db/db.ts'
import { deliverDue } from './service.ts'
import { describeOnDatabases } from './testing.ts'
import { change, loggedOf, seedDesk, testProcess } from './testing-desk.ts'
import { deliver, minute, scene } from './testing-scene.ts'

describeOnDatabases('the sweep', (database, url) => {
  beforeEach(() => change(database(), 'delete from helpdesk.notifications'))
  describe('A27: an address that nobody has proved', () => {
    const unproved = { email: 'Victim@Elsewhere.example', verified: false }

    test('hears from one conversation in 10 minutes and three a day, on all desks; the rest joins or is skipped', async () => {
      const scenes = []
      for (let i = 0; i < 6; i++) {
        scenes.push(
          await scene(database(), {
            ...unproved,
            pageUrl: 'https://evil.example/',
            name: 'Click evil.example',
          }),
        )
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
      expect(all.map((row) => row.state).sort()).toEqual(
        [...Array(3).fill('sent'), ...Array(3).fill('skipped')].sort(),
      )
      expect(all.filter((row) => row.state === 'skipped').every((row) => row.reason === 'rate_limited')).toBe(
        true,
      )
      expect(
        all.filter((row) => row.state === 'sent').every((row) => row.sent_to === 'victim@elsewhere.example'),
      ).toBe(true)
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
      const email = 'third@elsewhere.example'
      const first = await scene(database(), { email, verified: false })
      await first.reply('elsewhere')
      first.clock.advance(minute)
      expect(await deliver(first)).toEqual(['sent'])
      const at = await scene(database(), { email, verified: false })
      await at.reply('two')
      at.clock.advance(minute)
      expect(await deliver(at)).toEqual(['scheduled'])
      const [put] = await at.states()
      expect(put).toMatchObject({ state: 'scheduled', attempts: 0 })
      await at.reply('three')
      at.clock.advance(10 * minute)
      expect(await deliver(at)).toEqual(['sent'])
      expect(at.mail.sent[0]?.text).toMatch(/two[\s\S]*three/)
    })

    test('gets every further answer of a conversation at its time: somebody there reads and writes', async () => {
      const at = await scene(database(), { email: 'fourth@elsewhere.example', verified: false })
      for (let i = 0; i < 5; i++) {
        await at.reply(`answer ${i}`)
        at.clock.advance(minute)
        await deliver(at)
      }
      expect(at.mail.sent).toHaveLength(5)
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

  describe('F5: competing processes', () => {
    test('send 1,000 notifications exactly once each (fewer on PGlite, which has one connection)', async () => {
      const db = database()
      const count = db.kind === 'postgres' ? 1_000 : 60
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
      const own = connectionString === undefined ? db : await connect({ connectionString })
      const processes = [testProcess(db, clock), testProcess(own, clock)]
      const loop = async ({ deps }: (typeof processes)[number]) => {
        let total = 0
        for (let done = -1; done !== 0; total += done) done = await deliverDue(deps, { limit: count / 5 })
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
        const run = (text: string, values: unknown[]) =>
          tx.run({ name: `writer_${text.length}`, text }, values)
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
})
