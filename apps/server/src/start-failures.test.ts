import { expect, test } from 'vitest'
import { readEnv } from './env.ts'
import { explain, explainListening } from './start-failures.ts'

const config = readEnv({
  HOST: 'host.example',
  PORT: '3000',
  INCOMING_MAIL_DOMAIN: 'in.example.com',
  INCOMING_MAIL_PORT: '25',
  INCOMING_MAIL_HOST: 'mail.example',
})
const failure = (code: string, message = code) => Object.assign(new Error(message), { code })
const listening = (code: string) =>
  Object.assign(new Error('helpdesk: option', { cause: failure(code) }), { code: 'EMAILLISTEN' })

test.each([
  ['EADDRINUSE', 'Port 25 for e-mail is taken: set INCOMING_MAIL_PORT to another one.'],
  ['EACCES', 'Port 25 for e-mail needs more rights: set INCOMING_MAIL_PORT.'],
  ['ENOTFOUND', 'INCOMING_MAIL_HOST is no address of this machine: mail.example'],
  ['EADDRNOTAVAIL', 'INCOMING_MAIL_HOST is no address of this machine: mail.example'],
])('a port for e-mail that cannot be opened (%s) is not taken for anything else', (code, words) => {
  expect(explain(listening(code), config)).toBe(words)
})

test.each([
  [failure('EADDRINUSE'), 'Port 3000 on host.example is taken: set PORT to another one.'],
  [failure('EACCES', 'listen EACCES'), 'Port 3000 needs more rights: set PORT.'],
  [failure('ENOTFOUND'), 'HOST is no address of this machine: host.example'],
])('a server that cannot listen says what to set: %s', (error, words) => {
  expect(explainListening(error, config)).toBe(words)
})

test.each([
  [failure('ENOTFOUND', 'getaddrinfo db'), 'The database in DATABASE_URL does not answer: getaddrinfo db'],
  [failure('ECONNREFUSED', ''), 'The database in DATABASE_URL does not answer: ECONNREFUSED'],
  [failure('28P01', 'wrong password'), 'The database in DATABASE_URL refused: wrong password'],
  [failure('EMAILTLS', 'INCOMING_MAIL_TLS_KEY cannot be read'), 'INCOMING_MAIL_TLS_KEY cannot be read'],
])('what keeps a server from starting is told in one line: %s', (error, words) => {
  expect(explain(error, config)).toBe(words)
})

test('what nobody expected is told with its stack', () => {
  expect(explain(new Error('Strange'), config)).toMatch(/^Error: Strange\n +at /)
})
