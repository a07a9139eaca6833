import type { Email } from '@helpdesk/core/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agentOnDesk } from '../agents/service.ts'
import type { Db, Queryable, Statement } from '../db/db.ts'
import { databaseKinds } from '../testing.ts'
import { acceptEmail } from './reviewing.ts'
import { letter } from './testing.ts'
import { type MailDesk, replyToOf, startMailDesk } from './testing-desk.ts'

/** A database that takes so many statements of a process, and no more. */
function dyingDb(db: Db, steps: number): Db {
  let left = steps
  const alive = <T extends Queryable>(real: T): T => ({
    ...real,
    run: async (statement: Statement, values: readonly unknown[]) => {
      if (left-- <= 0) throw new Error('The process was killed')
      return real.run(statement, values)
    },
  })
  return { ...alive(db), transaction: (work) => db.transaction((tx) => work(alive(tx))) }
}

describe.each(databaseKinds)('a held e-mail is accepted, on %s,', (kind) => {
  let desk: MailDesk
  let visitors = 0
  const at = (id: string) => `/api/desks/${desk.deskId}/emails/${id}`
  beforeAll(async () => {
    desk = await startMailDesk(kind)
  })
  afterAll(() => desk?.close())

  async function held() {
    const email = `held-${++visitors}@visitor.example`
    const started = await desk.start({ email })
    const mail = (await desk.answer(started.conversationId)).find((one) => one.to.address === email)
    return desk.arrive(letter({ From: 'Vera <other@home.example>', To: replyToOf(mail) }, 'From elsewhere'))
  }
  const accept = (id: string, as: 'note' | 'new') =>
    desk.asOwner({ method: 'POST', url: `${at(id)}/accept`, payload: { as } })

  test.each(['note', 'new'] as const)(
    'as %s by a process that dies after any of its steps, it waits or is written, never one without the other',
    async (as) => {
      const { deps } = desk.handle
      const [owner] = await deps.db.run<{ id: string }>(
        { name: 'owner_id', text: 'select id from helpdesk.agents where email = $1' },
        [desk.owner.email],
      )
      const agent = (await agentOnDesk(deps, desk.record, owner!.id))!
      for (let steps = 0, taken = false; !taken; steps++) {
        const { id, conversationId } = await held()
        const before = await desk.conversations()
        const dying = { ...deps, db: dyingDb(deps.db, steps) }
        await acceptEmail(dying, desk.record, agent, id, as).catch(() => undefined)
        const { state, messageId } = (await desk.asOwner({ url: at(id) })).body as Email
        const begun = (await desk.conversations()) - before
        const notes = (await desk.thread(conversationId!)).messages.filter((one) => one.kind === 'note')
        taken = state === 'taken'
        expect(state).toBe(taken ? 'taken' : 'held')
        expect(messageId !== null).toBe(taken)
        expect([begun, notes.length], `${steps} steps`).toEqual(
          [as === 'new', as === 'note'].map((is) => Number(taken && is)),
        )
        // Never for nothing: whoever decides then finds it as it was.
        if (!taken) expect((await accept(id, as)).status).toBe(200)
        expect(steps).toBeLessThan(30)
      }
    },
  )

  test.each(['note', 'new'] as const)('as %s, which the conversation hears where it waited', async (as) => {
    const { id, conversationId } = await held()
    const log = (after = '') => desk.asOwner({ url: `/api/desks/${desk.deskId}/events${after}` })
    const { cursor } = (await log()).body as { cursor: number }
    expect((await accept(id, as)).status).toBe(200)
    const { events } = (await log(`?after=${cursor}`)).body as { events: object[] }
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'conversation.updated',
        conversation: expect.objectContaining({ id: conversationId }),
      }),
    )
  })
})
