import { type FieldError, HelpdeskError, normalizeEmail } from '@helpdesk/core'
import type { Api, Body } from '@helpdesk/core/api'
import type { Answers } from '../ask.ts'
import {
  connecting,
  type DeskMailRecord,
  dkimKey,
  senderDomain,
  toEmailSettings,
  tryServer,
} from '../desk-mail.ts'
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
  testSmtp({ world, desk, agent, body }) {
    const tried = body.smtp ? smtpOf(desk.mail, body.smtp) : desk.mail.smtp
    if (tried) return tryServer(tried, agent.email)
    if (world.installationMail.kept) throw new HelpdeskError('unavailable')
    return { ok: true, steps: [{ step: 'send', ok: true, detail: `250 2.0.0 Ok, to ${agent.email}` }] }
  },
  testImap({ world, desk, agent, body }) {
    const tried = body.imap ? imapOf(world, desk.mail, body.imap) : desk.mail.imap
    if (!tried) throw refusal([{ pointer: '/body/imap', detail: 'is required' }])
    return tryServer(tried, agent.email)
  },
  makeDkimKey({ world, desk, base }) {
    desk.mail.dkim = dkimKey(world, senderDomain(world, desk.mail))
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

/** Without a new one the password that is kept, but never for another server than the one it was given for. */
function passwordOf(
  name: 'smtp' | 'imap',
  { host, user }: SmtpInput,
  kept: { host: string; password: string | null } | null,
  password?: string,
): string | null {
  if (user === null) return null
  if (password) return password
  if (kept?.password && kept.host === host) return kept.password
  const detail = kept?.password ? 'is required again for another server' : 'is required'
  throw refusal([{ pointer: `/body/${name}/password`, detail } satisfies FieldError])
}
