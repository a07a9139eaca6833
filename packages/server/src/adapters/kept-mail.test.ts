import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createClock } from '../../../../test/support/clock.ts'
import { describeOnDatabases } from '../notifications/testing.ts'
import { getKeptMail, keepMail, listKeptMails } from './kept-mail.ts'
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
      to: { name: 'Żółw', address: 'jan@kowalski.example' },
      subject: 'number 205',
      createdAt: clock.now(),
    })
    expect(kept.at(-1)?.subject).toBe('number 6')
    expect(await getKeptMail(database(), kept[0]?.id ?? '')).toEqual({
      id: kept[0]?.id,
      mail: mail('number 205'),
      createdAt: clock.now(),
    })
  })

  test('that does not exist is null, whatever its id looks like', async () => {
    for (const id of [randomUUID(), 'x', '', "' or true --"])
      expect(await getKeptMail(database(), id)).toBeNull()
  })
})
