import { afterEach, describe, expect, test } from 'vitest'
import type { Mail, MailAdapter } from '../adapters/mail.ts'
import { createDeskMails, type DeskMails } from './desk-mails.ts'

const mail: Mail = {
  from: { name: '', address: 'support@shop.example' },
  to: { name: '', address: 'vera@visitor.example' },
  ...{ subject: 'Hello', text: 'Hello', html: '', messageId: '<1@shop.example>', headers: {} },
}
const minuteMs = 60_000

describe('what desks send with', () => {
  let time = 0
  let mails: DeskMails = createDeskMails(() => time)
  afterEach(async () => {
    await mails.close()
    time = 0
    mails = createDeskMails(() => time)
  })

  /** Says what was done with it; a mail is sent as soon as the test says so. */
  const provider = () => {
    const log: string[] = []
    const sending: (() => void)[] = []
    const open = (): MailAdapter => {
      log.push('open')
      const send = (how: string) => () => {
        log.push(how)
        return new Promise<void>((resolve) => sending.push(resolve))
      }
      return {
        send: send('send'),
        signing: ({ selector }) => ({ send: send(`send ${selector}`) }),
        close: async () => void log.push('close'),
      }
    }
    return { log, open, sent: () => sending.splice(0).map((resolve) => resolve()) }
  }

  test('is remembered for five seconds, or until it is forgotten', () => {
    const known = {
      adapter: { send: async () => {} },
      sender: { name: null, address: 'a@b.example' },
      replyMailbox: null,
    }
    mails.set('one', known)
    mails.set('two', known)
    time = 4_999
    expect(mails.get('one')).toBe(known)
    mails.forget('one')
    expect([mails.get('one'), mails.get('two')]).toEqual([undefined, known])
    time = 5_000
    expect(mails.get('two')).toBeUndefined()
    mails.set('two', known)
    mails.forget()
    expect(mails.get('two')).toBeUndefined()
  })

  test('is opened with the first mail and stays open for the next', async () => {
    const { log, open, sent } = provider()
    const adapter = mails.adapterOf('desk', 'v1', open)
    expect(mails.adapterOf('desk', 'v1', open)).toBe(adapter)
    expect(log).toEqual([])
    const both = [
      adapter.send(mail),
      adapter.signing!({ domain: 'x', selector: 'hd1', privateKey: '' }).send(mail),
    ]
    await Promise.resolve()
    sent()
    await Promise.all(both)
    expect(log).toEqual(['open', 'send', 'send hd1'])
  })

  test('of before ends when the mail that it carries is sent', async () => {
    const { log, open, sent } = provider()
    const sending = mails.adapterOf('desk', 'v1', open).send(mail)
    mails.adapterOf('desk', 'v2', open)
    expect(log).toEqual(['open', 'send'])
    sent()
    await sending
    expect(log).toEqual(['open', 'send', 'close'])
  })

  test('of before still sends for who took it, and ends after that', async () => {
    const { log, open, sent } = provider()
    const old = mails.adapterOf('desk', 'v1', open)
    mails.adapterOf('desk', 'v2', open)
    const sending = old.send(mail)
    sent()
    await sending
    expect(log).toEqual(['open', 'send', 'close'])
  })

  test('is closed after five minutes without a mail, and not while one is sent', async () => {
    const [busy, idle] = [provider(), provider()]
    const sending = mails.adapterOf('busy', 'v1', busy.open).send(mail)
    const done = mails.adapterOf('idle', 'v1', idle.open).send(mail)
    idle.sent()
    await done
    time = 5 * minuteMs - 1
    await mails.closeIdle()
    expect(idle.log).toEqual(['open', 'send'])
    time = 5 * minuteMs
    await mails.closeIdle()
    expect([idle.log.at(-1), busy.log.at(-1)]).toEqual(['close', 'send'])
    busy.sent()
    await sending
    await mails.close()
    expect(busy.log.at(-1)).toBe('close')
  })

  test('that fails is told, and the next mail goes on', async () => {
    let calls = 0
    const adapter = mails.adapterOf('desk', 'v1', () => ({
      send: async () => {
        calls += 1
        if (calls === 1) throw new Error('refused')
      },
    }))
    await expect(adapter.send(mail)).rejects.toThrow('refused')
    await adapter.send(mail)
    expect(calls).toBe(2)
  })
})
