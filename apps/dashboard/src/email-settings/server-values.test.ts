import { describe, expect, test } from 'vitest'
import {
  checkServer,
  emptyServer,
  type KeptServer,
  keepsPassword,
  readServer,
  withSecurity,
  writeServer,
} from './server-values.ts'

const kept: KeptServer = {
  host: 'smtp.example.com',
  port: 587,
  security: 'starttls',
  user: 'support@example.com',
  hasPassword: true,
}
const values = readServer(kept)

describe('a server', () => {
  test('is sent without a password as long as none is typed', () => {
    expect(writeServer(values)).toEqual({
      host: 'smtp.example.com',
      port: 587,
      security: 'starttls',
      user: 'support@example.com',
    })
    expect(writeServer({ ...values, password: 'new' })).toMatchObject({ password: 'new' })
  })

  test('without a user has no password either', () => {
    const { user, ...rest } = writeServer({ ...values, user: ' ', password: 'left over' })
    expect(user).toBeNull()
    expect(rest).not.toHaveProperty('password')
  })

  test.each([
    ['smtp', 465, 587, 25],
    ['imap', 993, 143, 143],
  ] as const)('of %s listens on the port of its encryption', (protocol, tls, starttls, none) => {
    const server = emptyServer(protocol)
    expect(withSecurity(protocol, server, 'tls').port).toBe(tls)
    expect(withSecurity(protocol, server, 'starttls').port).toBe(starttls)
    expect(withSecurity(protocol, server, 'none').port).toBe(none)
  })

  test('keeps a port that somebody chose', () => {
    expect(withSecurity('smtp', { ...values, port: 2525 }, 'tls')).toMatchObject({
      port: 2525,
      security: 'tls',
    })
  })
})

describe('a kept password', () => {
  test('is for the server and the user it was given for', () => {
    expect(keepsPassword({ ...values, host: 'SMTP.example.com ' }, kept)).toBe(true)
    expect(keepsPassword({ ...values, host: 'smtp.example.org' }, kept)).toBe(false)
    expect(keepsPassword({ ...values, user: 'other@example.com' }, kept)).toBe(false)
    expect(keepsPassword(values, { ...kept, hasPassword: false })).toBe(false)
    expect(keepsPassword(values, null)).toBe(false)
  })

  test('is asked for again otherwise', () => {
    expect(checkServer('smtp', values, kept)).toEqual({})
    expect(checkServer('smtp', { ...values, host: 'smtp.example.org' }, kept)).toEqual({
      'smtp/password': expect.stringContaining('another server or user'),
    })
    expect(checkServer('smtp', { ...values, host: 'smtp.example.org', password: 'x' }, kept)).toEqual({})
  })
})

describe('what is wrong with a server', () => {
  test('is said at its field', () => {
    const empty = { ...emptyServer('imap'), port: Number.NaN, folder: ' ' }
    expect(Object.keys(checkServer('imap', empty, null))).toEqual([
      'imap/host',
      'imap/port',
      'imap/user',
      'imap/folder',
    ])
    expect(checkServer('smtp', null, kept)).toEqual({})
  })

  test.each(['https://smtp.example.com', 'smtp.example.com:587', 'me@example.com', 'two words'])(
    '%s is no name of a server',
    (host) => {
      expect(checkServer('smtp', { ...values, host, password: 'x' }, kept)).toHaveProperty(['smtp/host'])
    },
  )
})
