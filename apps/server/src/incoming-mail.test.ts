import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { incomingMail } from './incoming-mail.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-tls-'))
  await writeFile(join(folder, 'key.pem'), 'the key')
  await writeFile(join(folder, 'cert.pem'), 'the certificate')
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
    expect(found.incomingMail?.listen?.tls).toEqual({ key: 'the key', cert: 'the certificate' })
    const certFile = join(folder, 'nothing.pem')
    const missing = { domain, listen: { ...listen, tls: { ...tls, certFile } } }
    await expect(incomingMail({ incomingMail: missing, demo: false }, false)).rejects.toMatchObject({
      code: 'EMAILTLS',
      message: `INCOMING_MAIL_TLS_CERT cannot be read: ENOENT ${certFile}`,
    })
  })
})
