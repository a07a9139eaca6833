import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'
import { tidyUp } from './housekeeping.ts'

describe.each(databaseKinds)('tidying up, on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind)
  })
  afterAll(() => desk?.close())

  const count = async (table: 'idempotency_keys' | 'contact_sessions') => {
    const rows = await desk.handle.deps.db.orm.execute(sql.raw(`select 1 from helpdesk.${table}`))
    return (rows as unknown as { rows: unknown[] }).rows.length
  }

  it('forgets keys after two days and sessions once they have ended, and nothing before', async () => {
    const { contactId, conversationId } = await desk.start({ message: 'One' })
    await desk.call({
      method: 'POST',
      url: `/api/messaging/widget/${desk.deskId}/message`,
      headers: { 'idempotency-key': 'repeat-me-1' },
      payload: { email: 'vera@visitor.example', message: 'Two' },
    })
    const link = await desk.asOwner({
      url: `/api/desks/${desk.deskId}/conversations/${conversationId}/public-link`,
    })
    const token = (link.body as { url: string }).url.split('/t/')[1]
    const opened = await desk.call({
      method: 'POST',
      url: '/api/messaging/public-ticket',
      payload: { token },
    })
    expect((opened.body as { session: { contactId: string } }).session.contactId).toBe(contactId)
    await tidyUp(desk.handle.deps)
    expect([await count('idempotency_keys'), await count('contact_sessions')]).toEqual([1, 1])
    desk.clock.advance(3_601_000)
    await tidyUp(desk.handle.deps)
    expect([await count('idempotency_keys'), await count('contact_sessions')]).toEqual([1, 0])
    desk.clock.advance(2 * 86_400_000)
    await tidyUp(desk.handle.deps)
    expect(await count('idempotency_keys')).toBe(0)
  })
})
