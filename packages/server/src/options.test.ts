import tlsOptions from 'smtp-server/lib/tls-options.js'
import { expect, test } from 'vitest'
import { type HelpdeskOptions, readOptions } from './options.ts'

// The package's own for `localhost`, which no client has reason to trust.
const { key, cert } = tlsOptions({}) as { key: string; cert: string }
const database = { connectionString: 'postgres://desk@127.0.0.1/desk' }
const publicUrl = 'https://shop.example/support'
const read = (options: object) => readOptions({ database, publicUrl, ...options } as HelpdeskOptions)
const domain = 'in.shop.example'

test('what is left out has its default', () => {
  const config = read({ incomingMail: { domain: 'In.Shop.Example', listen: { port: 0 } } })
  expect(config.mailFrom).toEqual({ address: 'helpdesk@shop.example' })
  expect(config.incomingMail).toEqual({ domain, listen: { port: 0, host: '127.0.0.1', tls: null } })
  expect(read({ incomingMail: { domain } }).incomingMail).toEqual({ domain, listen: null })
  expect(read({}).incomingMail).toBeNull()
  expect(read({ mailFrom: { address: 'helpdesk@localhost' } }).mailFrom.address).toBe('helpdesk@localhost')
})

test.each<[string, object]>([
  ['database', { database: undefined }],
  ['publicUrl', { publicUrl: '/support' }],
  ['publicUrl', { publicUrl: 'ftp://shop.example' }],
  ['secretKey', { secretKey: 'secret' }],
  ['files', { files: {} }],
  ['mail', { mail: 'smtp://mail' }],
  ['mailFrom.address', { mailFrom: { address: 'Support <support@shop.example>' } }],
  ['mailFrom.address', { mailFrom: {} }],
  ['incomingMail.domain', { incomingMail: {} }],
  ['incomingMail.domain', { incomingMail: { domain: 'in.shop.example ' } }],
  ['incomingMail.domain', { incomingMail: { domain: 'in shop.example' } }],
  ['incomingMail.domain', { incomingMail: { domain: 'a@in.shop.example' } }],
  ['incomingMail.listen.port', { incomingMail: { domain, listen: {} } }],
  ['incomingMail.listen.port', { incomingMail: { domain, listen: { port: '25' } } }],
  ['incomingMail.listen.port', { incomingMail: { domain, listen: { port: 65_536 } } }],
  ['incomingMail.listen.tls', { incomingMail: { domain, listen: { port: 25, tls: { key: 'x', cert } } } }],
  ['incomingMail.listen.tls', { incomingMail: { domain, listen: { port: 25, tls: { key, cert: '' } } } }],
])('a wrong option is refused by its name: %s %j', (name, options) => {
  const refusal = () => read(options)
  expect(refusal).toThrow(TypeError)
  expect(refusal).toThrow(`helpdesk: option \`${name}\` `)
})
