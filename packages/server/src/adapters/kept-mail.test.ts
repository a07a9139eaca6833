import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createClock } from '../../../../test/support/clock.ts'
import { describeOnDatabases } from '../notifications/testing.ts'
import {
  deleteKeptMails,
  getKeptMail,
  keepMail,
  keepWritten,
  listKeptMails,
  listWholeKeptMails,
} from './kept-mail.ts'
import type { Mail } from './mail.ts'

const mail = (subject: string): Mail => ({
  from: { name: 'Acme', address: 'support@acme.example' },
  to: { name: 'Żółw', address: 'jan@kowalski.example' },
  subject,
  text: 'Dzień dobry\n"quoted" \\ back',
  html: '<p>Dzień dobry</p>',
  messageId: '<hd.1@acme.example>',
  references: ['<hd.conversation.1@acme.example>'],
  headers: { 'Auto-Submitted': 'auto-generated' },
})

describeOnDatabases('kept mail', (database) => {
  test('is listed newest first and read as it was sent; the newest 200 stay', async () => {
    const clock = createClock()
    const adapter = keepMail(database(), { now: clock.now, newId: randomUUID })
    for (let i = 1; i <= 205; i++) {
      clock.advance(1_000)
      await adapter.send(mail(`number ${i}`))
    }
    const kept = await listKeptMails(database())
    expect(kept).toHaveLength(200)
    expect(kept[0]).toEqual({
      id: expect.any(String),
      from: { name: 'Acme', address: 'support@acme.example' },
      to: { name: 'Żółw', address: 'jan@kowalski.example' },
      subject: 'number 205',
      begin: 'Dzień dobry\n"quoted" \\ back',
      messageId: '<hd.1@acme.example>',
      references: ['<hd.conversation.1@acme.example>'],
      createdAt: clock.now(),
      takenInAs: null,
    })
    expect(kept.at(-1)?.subject).toBe('number 6')
    expect(await getKeptMail(database(), kept[0]?.id ?? '')).toEqual({
      id: kept[0]?.id,
      mail: mail('number 205'),
      createdAt: clock.now(),
      takenInAs: null,
    })
    expect(await listWholeKeptMails(database())).toHaveLength(200)
  })

  test('stands beside what was written to the desk, until all is forgotten', async () => {
    const clock = createClock()
    const takenInAs = { deskId: randomUUID(), emailId: randomUUID() }
    const written = { ...mail('Re: number 205'), inReplyTo: '<hd.1@acme.example>' }
    clock.advance(1_000_000)
    const id = await keepWritten(database(), { now: clock.now, newId: randomUUID }, written, takenInAs)
    expect(await getKeptMail(database(), id)).toEqual({
      id,
      mail: written,
      createdAt: clock.now(),
      takenInAs,
    })
    expect((await listKeptMails(database()))[0]).toMatchObject({
      id,
      takenInAs,
      references: ['<hd.conversation.1@acme.example>', '<hd.1@acme.example>'],
    })
    await deleteKeptMails(database())
    expect(await listKeptMails(database())).toEqual([])
  })

  test('that does not exist is null, whatever its id looks like', async () => {
    for (const id of [randomUUID(), 'x', '', "' or true --"])
      expect(await getKeptMail(database(), id)).toBeNull()
  })
})
