import { beforeEach, expect, test } from 'vitest'
import { MailError } from '../adapters/mail.ts'
import type { Db } from '../db/db.ts'
import { deliverNotification } from './service.ts'
import { describeOnDatabases } from './testing.ts'
import { change, loggedOf, testProcess } from './testing-desk.ts'
import { deliver, dropped, minute, refused, scene } from './testing-scene.ts'

describeOnDatabases('a try that does not work', (database, _url) => {
  beforeEach(() => change(database(), 'delete from helpdesk.notifications'))
  test('F4: a transient failure is tried again with back-off, and succeeds', async () => {
    const at = await scene(database())
    const seq = await at.reply()
    at.clock.advance(minute)
    at.mail.onSend(refused)
    expect(await deliver(at)).toEqual(['scheduled'])
    const due = new Date(at.clock.now().getTime() + 30_000)
    const [row] = await at.states()
    expect(row).toMatchObject({
      state: 'scheduled',
      due_at: due,
      attempts: 1,
      last_seq: null,
      last_error: '451 try later',
    })
    expect(at.enqueued).toEqual([{ id: row?.id, startAfter: due }])
    expect(await at.stateOf(seq)).toEqual({
      state: 'scheduled',
      reason: null,
      lastError: '451 try later',
      at: due.toISOString(),
      notificationId: row?.id,
    })
    expect(await loggedOf(database(), at.desk.deskId)).toHaveLength(1)

    at.clock.advance(29_999)
    expect(await deliver(at)).toEqual(['not_due'])
    at.clock.advance(1)
    at.mail.onSend(() => undefined)
    expect(await deliver(at)).toEqual(['sent'])
    expect(await at.states()).toMatchObject([{ state: 'sent', attempts: 2, last_error: null }])
    expect(await at.stateOf(seq)).toMatchObject({ state: 'sent', lastError: null })
  })

  test('F4: after the last try it has failed, and says so', async () => {
    const at = await scene(database())
    const seq = await at.reply()
    at.clock.advance(minute)
    at.mail.onSend(refused)
    const results: string[] = []
    for (let tries = 0; tries < 15; tries++) {
      results.push(...(await deliver(at)))
      at.clock.advance(24 * 60 * minute)
    }
    expect(results).toEqual([...Array(12).fill('scheduled'), 'failed', 'not_due', 'not_due'])
    expect(await at.states()).toMatchObject([
      { state: 'failed', reason: 'undeliverable', last_error: '451 try later' },
    ])
    expect(await at.stateOf(seq)).toMatchObject({
      state: 'failed',
      reason: 'undeliverable',
      lastError: '451 try later',
    })
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

  test('a mailbox that is not there is marked, and gets no further e-mails', async () => {
    const at = await scene(database())
    await at.reply()
    at.clock.advance(minute)
    at.mail.onSend(() => {
      throw new MailError('550 5.1.1 no such user', { permanent: true, noMailbox: true })
    })
    expect(await deliver(at)).toEqual(['failed'])
    expect(await at.states()).toMatchObject([{ state: 'failed', reason: 'bounced', sent_to: null }])
    at.mail.onSend(() => undefined)
    await at.reply()
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['not_due', 'skipped'])
    expect(await at.states()).toMatchObject([{ state: 'failed' }, { state: 'skipped', reason: 'bounced' }])
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
    expect(await at.stateOf(first)).toMatchObject({
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

  /** Another process is about to send the e-mail of a scene; `fail` ends that, late. */
  async function sendingSlowly(at: Awaited<ReturnType<typeof scene>>, error: MailError) {
    const slow = testProcess(database(), at.clock)
    let fail = (): void => undefined
    const sending = new Promise<void>((resolve) => {
      slow.mail.onSend(() => {
        resolve()
        return new Promise((_, reject) => {
          fail = () => reject(error)
        })
      })
    })
    const [row] = await at.states()
    const ended = deliverNotification(slow.deps, at.desk.deskId, row?.id ?? '')
    await sending
    return { ended, fail: () => fail() }
  }

  test('F6: a process that comes back after its lease does not undo what another has done', async () => {
    const at = await scene(database())
    await at.reply()
    at.clock.advance(minute)
    const late = await sendingSlowly(at, new MailError('550 no', { permanent: true }))
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['sent'])
    late.fail()
    expect(await late.ended).toBe('not_due')
    expect(await at.states()).toMatchObject([{ state: 'sent', attempts: 2 }])
    expect(await loggedOf(database(), at.desk.deskId)).toHaveLength(1)
  })

  test('F6: a process that comes back after its lease takes no e-mail away that others are owed', async () => {
    const at = await scene(database())
    await at.reply('before')
    at.clock.advance(minute)
    const late = await sendingSlowly(at, new MailError('451 later', { permanent: false }))
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['sent'])
    await at.reply('afterwards')
    late.fail()
    expect(await late.ended).toBe('not_due')
    expect(await at.states()).toMatchObject([{ state: 'sent' }, { state: 'scheduled' }])
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['not_due', 'sent'])
    expect(at.mail.sent[1]?.text).toContain('afterwards')
  })

  test('a notification whose tries end without any answer is given up in the end', async () => {
    const at = await scene(database())
    await at.reply()
    await change(database(), 'update helpdesk.notifications set attempts = 13 where conversation_id = $1', [
      at.conversationId,
    ])
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['failed'])
    expect(at.mail.sent).toEqual([])
  })

  test('a mail that cannot be written counts as a failed try', async () => {
    const at = await scene(database())
    await at.reply()
    await change(database(), `update helpdesk.desks set settings = settings - 'name' where desk_id = $1`, [
      at.desk.deskId,
    ])
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
})
