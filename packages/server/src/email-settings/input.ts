import { isIP } from 'node:net'
import { type FieldError, isEmail, replyAddress } from '@helpdesk/core'
import type { api, Body } from '@helpdesk/core/api'
import { isPublicAddress } from '../adapters/mail-host.ts'
import type { Deps } from '../deps.ts'
import { isSameAccount } from './desk-mail.ts'
import type { DeskMailRow } from './store.ts'
import type { MailServer } from './tables.ts'

/** A change of how a desk sends and receives. */
export type MailChange = Body<typeof api.emailSettings.update>
type ServerInput = NonNullable<MailChange['smtp']>
type Which = 'smtp' | 'imap'

const controls = /\p{Cc}/u
const token = 'a'.repeat(42)

/** What the schema cannot say of a change, field by field. */
export function checkChange(deps: Pick<Deps, 'config'>, row: DeskMailRow, change: MailChange): FieldError[] {
  const { sender, smtp, imap, replyAddress: mailbox } = change
  return [
    ...(sender?.name && controls.test(sender.name)
      ? [{ pointer: '/body/sender/name', detail: 'must be one line of text' }]
      : []),
    ...(smtp ? checkServer(deps, row, 'smtp', smtp) : []),
    ...(imap ? checkServer(deps, row, 'imap', imap) : []),
    ...(mailbox ? checkReplyAddress(mailbox) : []),
  ]
}

/**
 * What is wrong with a server. A password that is kept is for the account it was given for: sent to another host, it
 * would be given away to whoever may change the settings.
 */
export function checkServer(
  { config }: Pick<Deps, 'config'>,
  row: DeskMailRow,
  which: Which,
  input: ServerInput & { folder?: string },
): FieldError[] {
  const at = `/body/${which}`
  const errors: FieldError[] = []
  if (!config.allowPrivateMailServers && isInside(input.host))
    errors.push({
      pointer: `${at}/host`,
      detail: 'is in a private network, which the operator has not allowed',
    })
  if (input.user !== null && controls.test(input.user))
    errors.push({ pointer: `${at}/user`, detail: 'must be one line of text' })
  if (which === 'imap' && !input.user)
    errors.push({ pointer: `${at}/user`, detail: 'is missing: a mailbox belongs to a user' })
  if (input.folder !== undefined && controls.test(input.folder))
    errors.push({ pointer: `${at}/folder`, detail: 'must be one line of text' })
  if (input.user && !input.password && !keptPassword(row, which, input))
    errors.push({
      pointer: `${at}/password`,
      detail:
        row.settings[which] === null
          ? 'is missing: it belongs to the user'
          : 'must be given again: the one that is kept belongs to another server or user',
    })
  return errors
}

/** Before anything is resolved: what names the inside by itself. */
const isInside = (host: string) =>
  isIP(host) !== 0 ? !isPublicAddress(host) : /^(.*\.)?(localhost|internal|local)\.?$/i.test(host)

function checkReplyAddress(mailbox: string): FieldError[] {
  const pointer = '/body/replyAddress'
  if (mailbox.slice(0, mailbox.lastIndexOf('@')).includes('+'))
    return [{ pointer, detail: 'must have no plus: a token is put after one' }]
  if (!isEmail(replyAddress(mailbox, token)))
    return [{ pointer, detail: 'is too long: what stands before the @ may have 21 characters' }]
  return []
}

/** The sealed password that is kept for this very account; null when there is none. */
function keptPassword(row: DeskMailRow, which: Which, input: MailServer): string | null {
  if (!isSameAccount(row.settings[which], input)) return null
  return which === 'smtp' ? row.smtpPassword : row.imapPassword
}

/** The password to keep with a server: the new one sealed, the one that is kept, or none where nobody signs in. */
export function sealedPassword(
  row: DeskMailRow,
  which: Which,
  input: ServerInput,
  seal: (password: string) => string,
): string | null {
  if (!input.user) return null
  return input.password ? seal(input.password) : keptPassword(row, which, input)
}

/** A server as it is stored: without its password, and with `''` for a user read as nobody. */
export const serverOf = ({ host, port, security, user }: ServerInput): MailServer => ({
  host,
  port,
  security,
  user: user === '' ? null : user,
})
