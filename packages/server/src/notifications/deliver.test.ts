import { beforeEach, describe, expect, test } from 'vitest'
import { describeOnDatabases } from './testing.ts'
import { change, loggedOf, seedAgent, write } from './testing-desk.ts'
import { deliver, minute, scene } from './testing-scene.ts'

describeOnDatabases('notifications', (database, _url) => {
  beforeEach(() => change(database(), 'delete from helpdesk.notifications'))
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
      {
        state: 'sent',
        reason: null,
        first_seq: first,
        last_seq: second,
        sent_to: at.email,
        attempts: 1,
        lease_until: null,
      },
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
    expect(at.mail.sent[1]?.references).toEqual([
      ...(at.mail.sent[0]?.references ?? []),
      at.mail.sent[0]?.messageId,
    ])
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
      lastError: null,
      at: at.clock.now().toISOString(),
      notificationId: expect.any(String),
    })
  })

  test('every agent is told but those who have seen it, in an e-mail with the contact’s words', async () => {
    const at = await scene(database())
    const other = await seedAgent(database(), at.desk.deskId, at.clock.now(), {
      email: 'Ewa@ACME.example',
      name: 'Ewa',
    })
    const seq = await at.ask('Is it in stock?', [at.toAgent, { ...at.toAgent, id: other }])
    await change(database(), 'insert into helpdesk.conversation_reads values ($1, $2, $3, $4, $5)', [
      at.desk.deskId,
      at.conversationId,
      at.desk.agentId,
      seq,
      at.clock.now(),
    ])
    at.clock.advance(minute)
    expect((await deliver(at)).sort()).toEqual(['sent', 'skipped'])
    expect(at.mail.sent).toMatchObject([{ to: { name: 'Ewa', address: 'ewa@acme.example' } }])
    expect(at.mail.sent[0]?.text).toContain('Is it in stock?')
    const told = { audience: 'agents', data: { firstSeq: seq, lastSeq: seq, inThread: false } }
    expect(await loggedOf(database(), at.desk.deskId)).toMatchObject([told, told])
  })

  test('an agent hears of contacts only, a contact of agents only, and nobody of notes', async () => {
    const at = await scene(database())
    await at.reply('to the contact')
    await at.ask('to the agent')
    await write(database(), at, {
      by: at.toAgent,
      body: 'secret note',
      at: at.clock.now(),
      kind: 'note',
      notify: [at.toContact],
    })
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
    await write(database(), at, {
      by: at.toAgent,
      body: 'note',
      at: at.clock.now(),
      kind: 'note',
      notify: [at.toContact],
    })
    at.clock.advance(minute)
    expect(await deliver(at)).toEqual(['skipped'])
    expect(await at.states()).toMatchObject([{ reason: 'nothing_to_send' }])
  })

  test.each([
    ['no_email', 'update helpdesk.contacts set email = null where id = $1', 'contact'],
    ['no_email', `update helpdesk.contacts set email = 'a@x.example, b@x.example' where id = $1`, 'contact'],
    ['no_email', `update helpdesk.contacts set email = 'support@acme.example' where id = $1`, 'contact'],
    ['conversation_gone', 'delete from helpdesk.contacts where id = $1', 'contact'],
    ['notifications_off', `update helpdesk.agents set notify = '{"widget":"none"}' where id = $1`, 'agent'],
    ['not_yours', `update helpdesk.agents set notify = '{"widget":"mine"}' where id = $1`, 'agent'],
    ['opted_out', 'update helpdesk.contacts set email_opted_out = true where id = $1', 'contact'],
    [
      'bounced',
      `update helpdesk.contacts set email_bounce = jsonb_build_object('at', 'x', 'detail', 'x', 'address', upper(email)) where id = $1`,
      'contact',
    ],
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

describe('the service', () => {
  test('is what other nouns import', async () => {
    expect(Object.keys(await import('./service.ts')).sort()).toEqual([
      'createLanes',
      'deliverDue',
      'deliverNotification',
      'emailStateOf',
      'emailStates',
      'noteBounce',
      'setWantsEmails',
      'startSweeper',
    ])
  })
})
