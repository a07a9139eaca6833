import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tlsOptions from 'smtp-server/lib/tls-options.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { incomingMail } from './incoming-mail.ts'

// The package's own for `localhost`, which no client has reason to trust.
const { key, cert } = tlsOptions({}) as { key: string; cert: string }
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-tls-'))
  await writeFile(join(folder, 'key.pem'), key)
  await writeFile(join(folder, 'cert.pem'), cert)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const domain = 'in.example.com'
const listen = { host: '0.0.0.0', port: 25, tls: null }

describe('how e-mails come in', () => {
  test('is what the variables say', async () => {
    expect(await incomingMail({ incomingMail: { domain, listen: null }, demo: true }, true)).toEqual({
      incomingMail: { domain },
    })
    expect(await incomingMail({ incomingMail: { domain, listen }, demo: false }, false)).toEqual({
      incomingMail: { domain, listen: { host: '0.0.0.0', port: 25 } },
    })
  })

  test('is by the mail reader of a demo that keeps its e-mails, and by nothing otherwise', async () => {
    expect(await incomingMail({ incomingMail: null, demo: true }, true)).toEqual({
      incomingMail: { domain: 'mail.localhost' },
    })
    expect(await incomingMail({ incomingMail: null, demo: true }, false)).toEqual({})
    expect(await incomingMail({ incomingMail: null, demo: false }, true)).toEqual({})
  })

  test('has the key and the certificate of the files, and names the one that cannot be read', async () => {
    const tls = { keyFile: join(folder, 'key.pem'), certFile: join(folder, 'cert.pem') }
    const found = await incomingMail(
      { incomingMail: { domain, listen: { ...listen, tls } }, demo: false },
      false,
    )
    expect(found.incomingMail?.listen?.tls).toEqual({ key, cert })
    const certFile = join(folder, 'nothing.pem')
    const missing = { domain, listen: { ...listen, tls: { ...tls, certFile } } }
    await expect(incomingMail({ incomingMail: missing, demo: false }, false)).rejects.toMatchObject({
      code: 'EMAILTLS',
      message: `INCOMING_MAIL_TLS_CERT cannot be read: ENOENT ${certFile}`,
    })
  })
  test('is refused with a key or a certificate that cannot be used, and with two that are not a pair', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    await writeFile(join(folder, 'other.pem'), privateKey)
    await writeFile(join(folder, 'text.pem'), 'no PEM')
    const start = (keyFile: string, certFile: string) => {
      const tls = { keyFile: join(folder, keyFile), certFile: join(folder, certFile) }
      return incomingMail({ incomingMail: { domain, listen: { ...listen, tls } }, demo: false }, false)
    }
    await writeFile(join(folder, 'empty.pem'), '')
    const noPem = (variable: string, file: string) =>
      `${variable} is no PEM that can be used without a password: ${join(folder, file)}`
    for (const [keyFile, certFile, message] of [
      ['text.pem', 'cert.pem', noPem('INCOMING_MAIL_TLS_KEY', 'text.pem')],
      ['key.pem', 'text.pem', noPem('INCOMING_MAIL_TLS_CERT', 'text.pem')],
      ['key.pem', 'empty.pem', noPem('INCOMING_MAIL_TLS_CERT', 'empty.pem')],
      ['other.pem', 'cert.pem', 'INCOMING_MAIL_TLS_KEY is not the key of INCOMING_MAIL_TLS_CERT'],
    ] as const)
      await expect(start(keyFile, certFile)).rejects.toMatchObject({ code: 'EMAILTLS', message })
  })
})
