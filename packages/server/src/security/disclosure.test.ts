import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samples } from '../attachments/testing.ts'
import { databaseKinds } from '../testing.ts'
import {
  type Contact,
  people,
  type SecurityDesk,
  type Session,
  startSecurityDesk,
  type Ticket,
} from './testing.ts'

/** Every path at which an answer has something, `[]` for the members of a list. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((member) => fieldsOf(member, `${path}[]`))
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, member]) =>
    fieldsOf(member, path === '' ? name : `${path}.${name}`),
  )
}

const message = [
  'id',
  'conversationId',
  'seq',
  'author.type',
  'author.name',
  'author.self',
  'body',
  'via',
  'createdAt',
  ...['id', 'name', 'type', 'bytes', 'width', 'height', 'url', 'previewUrl'].map(
    (name) => `attachments[].${name}`,
  ),
]
const conversation = [
  'id',
  'number',
  'subject',
  'status',
  'priority',
  'category',
  'category.code',
  'category.name',
  'channel',
  'author.name',
  'author.self',
  'preview',
  'createdAt',
  'lastMessageAt',
  'unreadCount',
  'contactReadSeq',
  'teamReadSeq',
]
const self = ['id', 'name', 'email', 'emailVerified', 'client', 'client.externalId', 'client.name']
const session = [
  'contactId',
  'contactToken',
  'expiresAt',
  'form',
  'conversationNumber',
  ...under('contact', self),
]
const whole = [...conversation, 'olderMessages', ...under('messages[]', message)]

function under(name: string, fields: readonly string[]): string[] {
  return fields.map((field) => `${name}.${field}`)
}

describe.each(databaseKinds)('what visitors are told, on %s', (kind) => {
  let desk: SecurityDesk
  let jan: Session
  let ewa: Session
  let guest: Contact
  let made: Ticket
  let start: number
  let opened: unknown
  const told: Record<string, unknown> = {}
  /** What must never leave the team, whatever it stands in. */
  const secrets = [
    'olga@shop.example',
    'agata@team.example',
    'SECRET note',
    'https://shop.example/checkout?card=1',
    'Mozilla/secret',
    'claimed@evil.example',
    'Claimed Name',
  ]

  beforeAll(async () => {
    desk = await startSecurityDesk(kind)
    await desk.manage('POST', '/categories', { code: 'bug', name: { en: 'Bug' }, helpText: { en: 'Help' } })
    ;[jan, ewa] = [await desk.signIn(people.jan), await desk.signIn(people.ewa)]
    const upload = await desk.as<{ key: string }>(jan, {
      method: 'POST',
      url: desk.widget('attachments?name=a.png'),
      headers: { 'content-type': 'application/octet-stream' },
      payload: samples.png,
    })
    told.upload = upload.body
    start = (await desk.read<{ cursor: number }>(jan, 'events')).body.cursor
    const options = {
      method: 'POST',
      url: desk.widget('tickets'),
      headers: { 'user-agent': 'Mozilla/secret' },
      payload: {
        title: 'T',
        content: 'C',
        category: 'bug',
        attachments: [upload.body.key],
        pageUrl: 'https://shop.example/checkout?card=1',
      },
    } as const
    made = (await desk.as<Ticket>(jan, options)).body
    const at = `/conversations/${made.conversationId}`
    await desk.manage('POST', `${at}/notes`, { message: 'SECRET note' })
    await desk.manage('POST', `${at}/replies`, { message: 'From the team' })
    await desk.manage('PATCH', at, {
      status: 'in_progress',
      priority: 'high',
      category: null,
      assignee: 'me',
    })
    await desk.manage('PATCH', at, { category: 'bug' })
    await desk.manage('POST', `${at}/read`, { seq: 99 })
    const anonymous = await desk.ticket(null, {
      claims: { user_email: 'claimed@evil.example', user_name: 'Claimed Name' },
      pageUrl: 'https://shop.example/checkout?card=1',
    })
    told.started = anonymous
    await desk.post(ewa, 'reply', { conversationId: made.conversationId, message: 'A colleague' })
    const link = await desk.openLink(await desk.linkToken(made.conversationId))
    opened = link.body
    guest = link.body.session
  })
  afterAll(() => desk?.close())

  const list = (name: string, fields: readonly string[], more: readonly string[] = []) => [
    ...under(`${name}[]`, fields),
    ...more,
    name,
  ]

  it('A19: has these fields and no others, for the owner, a colleague and the holder of a link', async () => {
    const allowed: Record<string, readonly string[]> = {
      history: [
        ...list('conversations', whole),
        ...under('contact', self),
        'contact.client',
        'nextCursor',
        'eventSeq',
      ],
      tickets: [...list('tickets', conversation), 'nextCursor', 'eventSeq'],
      [`tickets/${made.number}`]: [...under('ticket', whole), 'eventSeq'],
      [`conversations/${made.conversationId}/messages`]: [...list('messages', message), 'olderMessages'],
      unread: ['unreadCount'],
      'ticket-form': [
        'helpText',
        'emailRequired',
        'attachments',
        ...list('categories', ['code', 'name', 'helpText']),
      ],
      [`events?after=${start}`]: [
        ...under('events[]', [
          'type',
          'seq',
          'at',
          'by',
          ...under('conversation', conversation),
          ...under('message', message),
        ]),
        'cursor',
        'more',
      ],
    }
    for (const [name, who] of Object.entries({ jan, ewa, guest })) {
      for (const [path, fields] of Object.entries(allowed)) {
        const { status, body } = await desk.read<object>(who, path)
        expect([name, path, status]).toEqual([name, path, 200])
        expect([name, path, fieldsOf(body).filter((field) => !fields.includes(field))]).toEqual([
          name,
          path,
          [],
        ])
        told[`${name} ${path}`] = body
      }
    }
    expect(
      fieldsOf(opened).filter((field) => !['helpdeskId', ...under('session', session)].includes(field)),
    ).toEqual([])
    expect(fieldsOf(jan).filter((field) => !session.includes(field))).toEqual([])
    const begun = [
      'contactId',
      'contactToken',
      'conversationId',
      'number',
      ...under('conversation', conversation),
      ...under('message', message),
    ]
    expect(fieldsOf(made).filter((field) => !begun.includes(field))).toEqual([])
    // The test would prove nothing if the events had not come.
    const { events } = told[`ewa events?after=${start}`] as { events: { type: string }[] }
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(['message.created', 'conversation.updated', 'conversation.read']),
    )
  })

  it('A19: has no address, note, claim, page, browser or id of the team in any value', async () => {
    told.settings = (await desk.read(null, 'settings')).body
    const page = await desk.app.inject({ url: `/t/${await desk.linkToken(made.conversationId)}` })
    expect(page.body).toContain('From the team')
    told.page = page.body
    const agents = await desk.handle.deps.db.orm.execute(sql`select id, email from helpdesk.agents`)
    const { rows } = agents as unknown as { rows: { id: string; email: string }[] }
    const all = JSON.stringify(told)
    expect(all).toContain('From the team')
    for (const secret of [...secrets, ...rows.flatMap(({ id, email }) => [id, email])])
      expect([secret, all.includes(secret)]).toEqual([secret, false])
  })

  it('A19: tells a colleague the name of the other users of its client and nothing else about them', () => {
    const ofEwa = JSON.stringify(Object.entries(told).filter(([name]) => name.startsWith('ewa ')))
    expect(ofEwa).toContain('Jan Nowak')
    for (const secret of [
      people.jan.user_email,
      people.jan.user_external_id,
      jan.contactId,
      jan.contactToken,
    ])
      expect([secret, ofEwa.includes(secret)]).toEqual([secret, false])
  })

  it('A11: the secret of a key is in one answer, and nowhere else: no answer, no row, no page', async () => {
    const { secret, id } = desk.here.key
    const owner = await Promise.all(
      ['/secrets', '', '/contacts', '/conversations', '/events?after=0'].map((path) =>
        desk.asOwner({ url: desk.team(path) }),
      ),
    )
    const check = await desk.asOwner({
      method: 'POST',
      url: desk.team('/identity-check'),
      payload: {
        identity: people.jan,
        signature: (await desk.sign(people.jan)).replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      },
    })
    const right = (await desk.sign(people.jan)).split('.').at(-1)!
    expect(JSON.stringify(owner)).toContain(id)
    for (const text of [JSON.stringify([...owner, check]), JSON.stringify(told)]) {
      expect(text).not.toContain(secret)
      // Nor is it told what would have been right.
      expect(text).not.toContain(right)
    }
    const rows = await desk.handle.deps.db.orm.execute(
      sql`select s::text as text from helpdesk.desk_secrets s`,
    )
    expect(JSON.stringify(rows)).not.toContain(secret)
  })
})
