import { beforeEach, expect, test } from 'vitest'
import { describeOnDatabases } from './testing.ts'
import { change } from './testing-desk.ts'
import { deliver, minute, scene } from './testing-scene.ts'

type Scene = Awaited<ReturnType<typeof scene>>

describeOnDatabases('the thread of an e-mail', (database) => {
  beforeEach(() => change(database(), 'delete from helpdesk.notifications'))

  /** An e-mail that somebody has sent into the conversation, as it is kept beside its message. */
  const arrived = async (
    at: Scene,
    mail: { header: string; subject: string; match?: string; state?: string; author?: string },
  ) => {
    const seq = await at.ask('By e-mail', [])
    const { header, subject, match = 'reply_address', state = 'taken' } = mail
    await change(
      database(),
      `insert into helpdesk.emails (desk_id, id, fingerprint, source, envelope, message_id_header, subject, state, match,
        conversation_id, message_id, bytes, received_at, updated_at)
      select desk_id, gen_random_uuid(), gen_random_uuid()::text, 'dev', '{"from":null,"to":[]}', $4, $5, $6, $7,
        conversation_id, id, 1, $8, $8
      from helpdesk.messages where desk_id = $1 and conversation_id = $2 and seq = $3`,
      [at.deskId, at.conversationId, seq, header, subject, state, match, at.clock.now()],
    )
    if (mail.author)
      await change(
        database(),
        'update helpdesk.messages set author_id = $3 where conversation_id = $1 and seq = $2',
        [at.conversationId, seq, mail.author],
      )
  }
  const answer = async (at: Scene) => {
    await at.reply()
    at.clock.advance(minute)
    await deliver(at)
    return at.mail.sent.at(-1)
  }

  const prove = (at: Scene, verified: boolean) =>
    change(database(), 'update helpdesk.contacts set email_verified = $2 where id = $1', [
      at.contactId,
      verified,
    ])

  test('goes on where its reader wrote last, under the subject that the reader has', async () => {
    const at = await scene(database(), { title: 'Printer on fire' })
    const first = await answer(at)
    expect(first?.subject).toMatch(/^\[Acme & Sons\] Printer on fire \(/)
    await arrived(at, { header: '<one@mail.example>', subject: `AW: ${first?.subject}` })
    at.clock.advance(1_000)
    await arrived(at, { header: '<two@mail.example>', subject: 'Re: And the lamp' })
    const second = await answer(at)
    expect(second?.subject).toBe('Re: And the lamp')
    expect(second?.inReplyTo).toBe('<two@mail.example>')
    expect(second?.references).toEqual([...(first?.references ?? []), first?.messageId, '<two@mail.example>'])
  })

  test('has our own last e-mails in it, not all of them', async () => {
    const at = await scene(database())
    for (let i = 0; i < 7; i++) await answer(at)
    const ids = at.mail.sent.map(({ messageId }) => messageId)
    expect(at.mail.sent[6]?.references?.slice(1)).toEqual(ids.slice(2, 6))
    expect(new Set(at.mail.sent.slice(1).map(({ subject }) => subject)).size).toBe(1)
    expect(at.mail.sent[1]?.subject).toBe(`Re: ${at.mail.sent[0]?.subject}`)
  })

  test('keeps its subject when the address is proved, and when title and template change', async () => {
    const at = await scene(database(), { verified: false, title: 'Printer on fire' })
    const first = await answer(at)
    expect(first?.subject).toMatch(/^\[Acme & Sons\] Your request \(/)
    await prove(at, true)
    expect((await answer(at))?.subject).toBe(`Re: ${first?.subject}`)
    await change(database(), `update helpdesk.conversations set subject = 'Printer' where id = $1`, [
      at.conversationId,
    ])
    await change(
      database(),
      `insert into helpdesk.email_templates values ($1, 'reply', 'en', 'Another subject', 'Hello', now())`,
      [at.deskId],
    )
    expect((await answer(at))?.subject).toBe(`Re: ${first?.subject}`)
  })

  test('A27: a title that a proved address was told is not told when it is proved no more', async () => {
    const at = await scene(database(), { title: 'BUY pills' })
    expect((await answer(at))?.subject).toContain('BUY pills')
    await prove(at, false)
    expect(JSON.stringify(await answer(at))).not.toContain('pills')
  })

  test('A27: an unproved address gets no subject that somebody wrote', async () => {
    const at = await scene(database(), { verified: false, title: 'BUY pills' })
    await arrived(at, { header: '<one@mail.example>', subject: 'BUY pills' })
    const mail = await answer(at)
    expect(mail?.inReplyTo).toBe('<one@mail.example>')
    expect(mail?.subject).toMatch(/^Re: \[Acme & Sons\] Your request \(/)
    expect(JSON.stringify(mail)).not.toContain('pills')
  })

  test.each([
    ['names a number that anybody could know', { match: 'number' }],
    ['was held', { state: 'held' }],
    ['a colleague sent', { author: '01900000-0000-7000-8000-0000000000aa' }],
  ])('is not led by the subject of an e-mail that %s', async (_, mail) => {
    const at = await scene(database(), { title: 'Printer on fire' })
    await arrived(at, { header: '<one@mail.example>', subject: 'Something else', ...mail })
    expect((await answer(at))?.subject).toMatch(/\[Acme & Sons\] Printer on fire \(/)
  })

  test.each([
    '<one@mail.example>\r\nBcc: evil@x.example',
    '<one@mail.example> <two@x.example>',
    'one@mail.example',
    `<${'a'.repeat(2_000)}@x.example>`,
    '<\u0000@x.example>'.replace('\u0000', '\u0007'),
  ])('A26: leaves out a Message-ID that is none: %j', async (header) => {
    const at = await scene(database())
    await arrived(at, { header, subject: 'Re: x\r\nBcc: evil@x.example' })
    const mail = await answer(at)
    expect(mail?.references).toHaveLength(1)
    expect(mail?.inReplyTo).toBe(mail?.references?.[0])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(mail?.subject).not.toMatch(/[\u0000-\u001f]/)
  })

  test('an address that was left behind gives nothing to the new one', async () => {
    const at = await scene(database())
    await answer(at)
    await change(database(), `update helpdesk.contacts set email = 'new@kowalski.example' where id = $1`, [
      at.contactId,
    ])
    expect((await answer(at))?.references).toHaveLength(1)
  })
})
