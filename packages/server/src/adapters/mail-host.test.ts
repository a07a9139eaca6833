import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { connectToAny, isPublicAddress, MailHostError, mailServerAddresses } from './mail-host.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((done) => server.close(done))
})

describe('A54: an address that leads inside', () => {
  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
    'localhost',
    '',
  ])('%j is not public', (address) => expect(isPublicAddress(address)).toBe(false))

  test.each(['8.8.8.8', '172.32.0.1', '172.15.255.255', '100.128.0.1', '2606:4700::1111', '2a00:1450::5'])(
    '%j is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )
})

describe('the addresses of a mail server', () => {
  const of = (addresses: string[], allowPrivate = false) =>
    mailServerAddresses('mail.shop.example', { allowPrivate, resolve: async () => addresses })

  test('are those of the public network only, unless others are allowed', async () => {
    expect(await of(['10.0.0.1', '8.8.8.8', '::1'])).toEqual(['8.8.8.8'])
    expect(await of(['10.0.0.1', '8.8.8.8'], true)).toEqual(['10.0.0.1', '8.8.8.8'])
    await expect(of(['10.0.0.1', '::ffff:10.0.0.1'])).rejects.toMatchObject({ reason: 'private' })
    await expect(of([])).rejects.toMatchObject({ reason: 'unknown' })
  })

  test.each(['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '0177.0.0.1'])(
    'of %j are refused however they are spelled',
    async (host) => {
      const refusal = await mailServerAddresses(host, { allowPrivate: false }).catch(
        (error: unknown) => error,
      )
      expect(refusal).toBeInstanceOf(MailHostError)
    },
  )
})

test('the next address is tried when one does not answer, and the last error is told', async () => {
  const server = createServer((socket) => socket.end())
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  const socket = await connectToAny(['127.0.0.2', '127.0.0.1'], port, 5_000)
  expect(socket.remoteAddress).toBe('127.0.0.1')
  socket.destroy()
  await expect(connectToAny(['127.0.0.1'], 1, 5_000)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
