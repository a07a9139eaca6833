import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { type SmtpBehaviour, type SmtpSink, startSmtpSink } from './smtp.ts'

const mail = [
  'From: Desk <desk@example.com>',
  'To: =?utf-8?Q?Za=C5=BC=C3=B3=C5=82=C4=87?= <visitor@example.com>',
  'Message-ID: <1@example.com>',
  'Subject: =?utf-8?B?0JLRltC00L/QvtCy0ZbQtNGM?=',
  'Content-Type: text/plain; charset=utf-8',
  '',
  '..hello, 8-bit: żółw',
  '.',
].join('\r\n')

const conversation = [
  'EHLO test',
  'MAIL FROM:<desk@example.com>',
  'RCPT TO:<visitor@example.com>',
  'DATA',
  mail,
  'QUIT',
]

async function started(behaviour?: SmtpBehaviour): Promise<SmtpSink> {
  const sink = await startSmtpSink(behaviour === undefined ? {} : { behaviour })
  onTestFinished(() => sink.stop())
  return sink
}

/** Talks SMTP by hand; returns the codes of the replies, and "closed" when the server hung up. */
async function talk(sink: SmtpSink): Promise<string[]> {
  const socket: Socket = connect(sink.port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  const replies = createInterface({ input: socket })[Symbol.asyncIterator]()
  const codes: string[] = []
  for (const line of ['', ...conversation]) {
    if (line !== '') socket.write(`${line}\r\n`)
    const code = await readReply(replies)
    codes.push(code)
    if (code === 'closed' || code >= '4') break
  }
  return codes
}

async function readReply(replies: AsyncIterator<string>): Promise<string> {
  for (;;) {
    const { value, done } = await replies.next()
    if (done) return 'closed'
    if (value[3] !== '-') return value.slice(0, 3)
  }
}

test('a mail sent over a socket arrives, parsed', async () => {
  const sink = await started()
  const waiting = sink.waitForMail((received) => received.envelope.to.includes('visitor@example.com'))
  expect(await talk(sink)).toEqual(['220', '250', '250', '250', '354', '250', '221'])
  const received = await waiting
  expect(received).toMatchObject({
    subject: 'Відповідь',
    messageId: '<1@example.com>',
    from: { name: 'Desk', address: 'desk@example.com' },
    to: [{ name: 'Zażółć', address: 'visitor@example.com' }],
    envelope: { from: 'desk@example.com', to: ['visitor@example.com'] },
    isAcknowledged: true,
  })
  expect(received.text?.trim()).toBe('.hello, 8-bit: żółw')
  expect(await sink.waitForMail()).toBe(received)
  expect(sink.connections).toBe(1)
})

test.each([
  [{ refuse: 421 }, ['421']],
  [{ refuse: 451 }, ['220', '250', '250', '451']],
  [{ refuse: 550 }, ['220', '250', '250', '550']],
  [{ refuse: 451, at: 'data' }, ['220', '250', '250', '250', '354', '451']],
] as [SmtpBehaviour, string[]][])(
  '%j is said to the sender, and no mail is held',
  async (behaviour, codes) => {
    const sink = await started(behaviour)
    expect(await talk(sink)).toEqual(codes)
    expect(sink.mails).toEqual([])
  },
)

test('a dropped connection after the data leaves a mail that was never confirmed', async () => {
  const sink = await started('drop-after-data')
  expect(await talk(sink)).toEqual(['220', '250', '250', '250', '354', 'closed'])
  sink.behave('accept')
  expect((await talk(sink)).at(-2)).toBe('250')
  expect(sink.mails.map((received) => received.isAcknowledged)).toEqual([false, true])
})

test.each(['connect', 'recipient', 'data'] as const)(
  'a server that stalls at %s says nothing, and still stops at once',
  async (stage) => {
    const sink = await startSmtpSink({ behaviour: { stall: stage } })
    const talking = talk(sink)
    await expect(sink.waitForMail(undefined, 200)).rejects.toThrow('Received: nothing')
    await sink.stop()
    expect((await talking).at(-1)).toBe('closed')
    const late = connect(sink.port, '127.0.0.1')
    expect(await once(late, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }])
  },
)
