import { expect, test } from 'vitest'
import { readEnv } from './env.ts'
import { summary } from './summary.ts'

const publicUrl = 'https://desk.example'
const print = (env: Record<string, string>, helpCenterUrl: string | null) =>
  summary(readEnv(env), { publicUrl, helpCenterUrl, setupUrl: null, demoOwner: null }, { color: false })

test('says where the help centre is, once there is one', () => {
  expect(print({}, `${publicUrl}/help/shop`)).toContain('  Help centre  https://desk.example/help/shop\n')
  expect(print({}, null)).not.toContain('Help centre')
})

test('says that the desk of the help centre is not there yet', () => {
  const env = { HELPDESK_HELP_CENTER_DESK: 'shop' }
  expect(print(env, null)).toContain('HELPDESK_HELP_CENTER_DESK: there is no desk shop yet.\n')
  expect(print(env, `${publicUrl}/`)).not.toContain('HELPDESK_HELP_CENTER_DESK')
})

test('says as whom e-mails are sent while nobody has said it', () => {
  const hint = 'E-mails are sent as helpdesk@desk.example: set MAIL_FROM'
  expect(print({ SMTP_URL: 'smtp://mail' }, null)).toContain(hint)
  expect(print({ SMTP_URL: 'smtp://mail', MAIL_FROM: 'a@b.eu' }, null)).not.toContain('set MAIL_FROM')
  expect(print({}, null)).not.toContain('set MAIL_FROM')
})
