import { describe, expect, test } from 'vitest'
import { exampleCode, webhookExamples } from './webhook-examples.ts'

const url = 'https://desk.example/help/api/email/acme/incoming'
const secret = 'AbC-123_xyz'

describe('examples for a webhook', () => {
  test('each hands e-mails over to the address of the desk', () => {
    for (const example of webhookExamples) {
      expect(exampleCode(example, url, secret)).toContain('desk.example/help/api/email/acme/incoming')
    }
  })

  test('those who take nothing but an address have the secret in it', () => {
    const address = new URL(exampleCode('sendgrid', url, secret))
    expect(address.username).toBe('helpdesk')
    expect(address.password).toBe(secret)
    expect(exampleCode('postmark', url, secret)).toBe(address.href)
    expect(exampleCode('mailgun', url, secret)).toBe(`${address.href}?format=mime`)
  })

  test('a worker keeps the secret out of its code', () => {
    const code = exampleCode('cloudflare', url, secret)
    expect(code).not.toContain(secret)
    expect(() => new Function(code.replace('export default', 'return'))).not.toThrow()
  })

  test('what a shell runs quotes the address and the secret', () => {
    for (const example of ['curl', 'postfix'] as const) {
      const code = exampleCode(example, url, secret)
      expect(code).toContain(`'Authorization: Bearer ${secret}'`)
      expect(code).toContain(`'${url}'`)
    }
  })
})
