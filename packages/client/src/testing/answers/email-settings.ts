import { type FieldError, normalizeEmail } from '@helpdesk/core'
import type { Api, Body } from '@helpdesk/core/api'
import type { Answers } from '../ask.ts'
import { connecting, type DeskMailRecord, dkimKey, toEmailSettings, tryServer } from '../desk-mail.ts'
import type { World } from '../records.ts'
import { refusal } from '../schema.ts'

type Change = Body<Api['emailSettings']['update']>
type SmtpInput = NonNullable<Change['smtp']>
type ImapInput = NonNullable<Change['imap']>

/** How a desk sends and receives e-mail. */
export const emailSettings: Answers['emailSettings'] = {
  get: ({ world, desk, base }) => toEmailSettings(world, desk, base),
  update({ world, desk, base, body }) {
    desk.mail = changed(world, desk.mail, body)
    return toEmailSettings(world, desk, base)
  },
  testSmtp({ world, desk, body }) {
    const tried = body.smtp ? smtpOf(desk.mail, body.smtp) : desk.mail.smtp
    if (tried) return tryServer(tried)
    const detail = world.installationMail.kept
      ? 'There is no mail server: the e-mail was kept, not sent'
      : null
    return { ok: true, steps: [{ step: 'send', ok: true, detail }] }
  },
  testImap({ world, desk, body }) {
    const tried = body.imap ? imapOf(world, desk.mail, body.imap) : desk.mail.imap
    if (!tried) throw refusal([{ pointer: '/body/imap', detail: 'is required' }])
    return tryServer(tried)
  },
  makeDkimKey({ world, desk, base }) {
    desk.mail.dkim = dkimKey(world, desk.mail)
    return toEmailSettings(world, desk, base)
  },
  replaceWebhookSecret({ world, desk, base }) {
    desk.mail.webhookSecret = world.newSecret()
    return toEmailSettings(world, desk, base)
  },
}

function changed(world: World, mail: DeskMailRecord, change: Change): DeskMailRecord {
  const { sender = {}, smtp, replyAddress, imap, dkim } = change
  const address = (text: string | null) => (text === null ? null : normalizeEmail(text))
  if (replyAddress?.includes('+')) {
    throw refusal([
      { pointer: '/body/replyAddress', detail: 'must have no plus: the token stands after one' },
    ])
  }
  return {
    ...mail,
    sender: {
      name: sender.name === undefined ? mail.sender.name : sender.name?.trim() || null,
      address: sender.address === undefined ? mail.sender.address : address(sender.address),
    },
    smtp: smtp === undefined ? mail.smtp : smtp && smtpOf(mail, smtp),
    replyAddress: replyAddress === undefined ? mail.replyAddress : address(replyAddress),
    imap: imap === undefined ? mail.imap : imap && imapOf(world, mail, imap),
    dkim: dkim === null ? null : mail.dkim,
  }
}

function smtpOf(mail: DeskMailRecord, { password, ...rest }: SmtpInput) {
  return { ...rest, password: passwordOf('smtp', rest, mail.smtp, password) }
}

function imapOf(world: World, mail: DeskMailRecord, { password, folder = 'INBOX', ...rest }: ImapInput) {
  return { ...rest, folder, ...connecting(world), password: passwordOf('imap', rest, mail.imap, password) }
}

/** Without a new one the password that is kept, but never for another account than the one it was given for. */
function passwordOf(
  name: 'smtp' | 'imap',
  { host, user }: SmtpInput,
  kept: { host: string; user: string | null; password: string | null } | null,
  password?: string,
): string | null {
  if (!user && name === 'imap') {
    throw refusal([{ pointer: '/body/imap/user', detail: 'is missing: a mailbox belongs to a user' }])
  }
  if (!user) return null
  if (password) return password
  if (kept?.host === host && kept.user === user && kept.password !== null) return kept.password
  const detail =
    kept === null
      ? 'is missing: it belongs to the user'
      : 'must be given again: the one that is kept belongs to another server or user'
  throw refusal([{ pointer: `/body/${name}/password`, detail } satisfies FieldError])
}
