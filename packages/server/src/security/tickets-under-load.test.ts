import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samples } from '../attachments/testing.ts'
import { databaseKinds } from '../testing.ts'
import {
  type Answer,
  type OneTicket,
  people,
  type Refusal,
  type SecurityDesk,
  startSecurityDesk,
  type Ticket,
  type Tickets,
} from './testing.ts'

type Category = { id: string; code: string }
type Form = { categories: { code: string; name: string }[] }

describe.each(databaseKinds)('tickets when many come at once, on %s', (kind) => {
  let desk: SecurityDesk
  beforeAll(async () => {
    desk = await startSecurityDesk(kind)
  })
  afterAll(() => desk?.close())

  const many = <T>(count: number, work: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, index) => work(index)))
  const create = (payload: object, headers: Record<string, string> = {}) =>
    desk.call({ method: 'POST', url: desk.widget('tickets'), payload, headers }) as unknown as Promise<
      Answer<Ticket & Refusal>
    >
  const form = { title: 'T', content: 'C', email: 'vera@visitor.example' }
  const upload = async () => {
    const { body } = await desk.call({
      method: 'POST',
      url: desk.widget('attachments?name=a.png'),
      headers: { 'content-type': 'application/octet-stream' },
      payload: samples.png,
    })
    return (body as { key: string }).key
  }
  const sequences = (tickets: Ticket[]) =>
    tickets.map(({ number }) => Number(/\d+$/.exec(number)?.[0])).sort((a, b) => a - b)
  const range = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index)
  const count = async (table: string) => {
    const result = await desk.handle.deps.db.orm.execute(
      sql.raw(`select count(*)::int as n from helpdesk.${table}`),
    )
    return (result as unknown as { rows: { n: number }[] }).rows[0]!.n
  }

  it('have numbers without a gap: 200 of them, a quarter refused in between', async () => {
    const before = await desk.ticket(null)
    const [first] = sequences([before])
    const refused = { ...form, attachments: [`00000000-0000-7000-8000-000000000000.${'A'.repeat(43)}`] }
    const [made, wrong] = await Promise.all([
      many(200, (index) => desk.ticket(null, { title: `No ${index}` })),
      many(50, () => create(refused)),
    ])
    expect(new Set(wrong.map(({ status }) => status))).toEqual(new Set([400]))
    expect(sequences(made)).toEqual(range(first! + 1, 200))
    expect(sequences([await desk.ticket(null)])).toEqual([first! + 201])
  })

  it('never collide when the pattern changes, and old numbers go on leading to their tickets', async () => {
    await desk.setDesk({ numberPattern: 'A{seq}' })
    const session = await desk.signIn(people.jan)
    const old = await many(12, () => desk.ticket(session))
    // The new pattern makes numbers of the old form: A11, A12 … are taken already.
    await desk.setDesk({ numberPattern: 'A1{seq}' })
    const [key] = [await upload()]
    const made = [
      ...(await many(5, () => desk.ticket(session))),
      await desk.ticket(session, { attachments: [key] }),
    ]
    await desk.setDesk({ numberPattern: 'a{seq:2}' })
    const cased = await many(5, () => desk.ticket(session))
    const all = [...old, ...made, ...cased]
    expect(new Set(all.map(({ number }) => number.toLowerCase())).size).toBe(all.length)
    for (const { number, conversationId } of all) {
      for (const spelling of [number, `%23${number.toLowerCase()}`, `%20%23%20${number.toUpperCase()}%20`]) {
        const { body } = await desk.read<OneTicket>(session, `tickets/${spelling}`)
        expect([spelling, body.ticket?.id]).toEqual([spelling, conversationId])
      }
    }
    await desk.setDesk({ numberPattern: '{yy}{ww}-{seq}' })
  })

  it('repeated with their key are made once, at once and later; with another body they are refused', async () => {
    const [conversations, contacts] = [await count('conversations'), await count('contacts')]
    const key = { 'idempotency-key': 'ticket-key-0001' }
    const answers = await many(10, () => create(form, key))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    const again = await create(form, key)
    const all = [...answers, again].map(
      ({ body }) => `${body.number} ${body.contactId} ${body.contactToken} ${body.message.id}`,
    )
    expect(new Set(all).size).toBe(1)
    expect([await count('conversations'), await count('contacts')]).toEqual([conversations + 1, contacts + 1])
    expect((await desk.read(again.body, `tickets/${again.body.number}`)).status).toBe(200)
    for (const other of [{ title: 'Other' }, { priority: 'urgent' }, { name: 'X' }]) {
      const { status, body } = await create({ ...form, ...other }, key)
      expect([status, body.code]).toEqual([409, 'idempotency_key_reused'])
    }
    // The key of one contact is no key of another.
    const session = await desk.signIn(people.jan)
    const own = await create({ title: 'T', content: 'C' }, { ...key, ...desk.bearer(session) })
    expect([own.status, own.body.contactId]).toEqual([201, session.contactId])
  })

  it('repeated with their key are the same with files as well, which are theirs already', async () => {
    const key = { 'idempotency-key': 'ticket-key-0002' }
    const payload = { ...form, attachments: [await upload()] }
    const first = await create(payload, key)
    expect([first.status, first.body.message.attachments.length]).toEqual([201, 1])
    expect((await create(payload, key)).body).toEqual(first.body)
  })

  it('keep a category that was renamed or removed, and its code can be given again', async () => {
    const made = await desk.manage<Category>('POST', '/categories', { code: 'bug', name: { en: 'Bug' } })
    const session = await desk.signIn(people.jan)
    const old = await desk.ticket(session, { category: 'BUG' })
    expect(old.conversation.category).toEqual({ code: 'bug', name: 'Bug' })
    await desk.manage('PATCH', `/categories/${made.id}`, { code: 'defect', name: { en: 'Defect' } })
    const { category } = (await desk.read<OneTicket>(session, `tickets/${old.number}`)).body.ticket
    expect(category).toEqual({ code: 'defect', name: 'Defect' })
    expect((await create({ ...form, category: 'bug' })).status).toBe(400)
    await desk.manage('DELETE', `/categories/${made.id}`)
    const next = await desk.manage<Category>('POST', '/categories', { code: 'Defect', name: { en: 'New' } })
    expect(next.id).not.toBe(made.id)
    const list = (await desk.read<Tickets>(session, 'tickets')).body.tickets
    expect(list.find(({ id }) => id === old.conversationId)?.category?.name).toBe('Defect')
    const offered = (await desk.read<Form>(null, 'ticket-form')).body.categories
    expect(offered.filter(({ code }) => code.toLowerCase() === 'defect')).toMatchObject([{ name: 'New' }])
  })

  it('have categories of which each code is there once, whoever asks at the same moment', async () => {
    const ask = (code: string) =>
      desk.asOwner({ method: 'POST', url: desk.team('/categories'), payload: { code, name: { en: code } } })
    const answers = await many(10, (index) => ask(index % 2 === 0 ? 'same' : 'SAME'))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
    const [one, two] = [await ask('one'), await ask('two')].map(({ body }) => (body as Category).id)
    const rename = (id: string | undefined) =>
      desk.asOwner({ method: 'PATCH', url: desk.team(`/categories/${id}`), payload: { code: 'three' } })
    const renamed = await Promise.all([rename(one), rename(two)])
    expect(renamed.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('have at most 100 categories, whoever asks at the same moment', async () => {
    const ask = (index: number) =>
      desk.asOwner({
        method: 'POST',
        url: desk.team('/categories'),
        payload: { code: `n-${index}`, name: { en: 'N' } },
      })
    const answers = await many(110, ask)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]))
    const { categories } = await desk.manage<{ categories: Category[] }>('GET', '/categories')
    expect(categories).toHaveLength(100)
    expect(new Set(categories.map(({ code }) => code.toLowerCase())).size).toBe(100)
  })

  it('take each file once, whoever names it at the same moment', async () => {
    const attachments = [await upload()]
    const answers = await many(8, () => create({ ...form, attachments }))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(400)])
  })
})
