import { HelpdeskError } from '@helpdesk/core'
import type { api, Body, ConnectionTest } from '@helpdesk/core/api'
import { connectToAny, mailServerAddresses } from '../adapters/mail-host.ts'
import type { AgentActor } from '../agents/service.ts'
import type { Deps } from '../deps.ts'
import type { DeskRecord } from '../desks/service.ts'
import { openImap } from '../mailboxes/imap.ts'
import { aboutOf, deskMailOf, passwordOf } from './desk-mail.ts'
import { checkServer, sealedPassword, serverOf } from './input.ts'
import { type ConnectionStep, stepOf, wordsOf } from './server-words.ts'
import { openSmtp } from './smtp-session.ts'
import { type DeskMailRow, selectDeskMail } from './store.ts'
import type { MailServer } from './tables.ts'
import { testMail } from './test-mail.ts'

type SmtpInput = Body<typeof api.emailSettings.testSmtp>['smtp']
type ImapInput = Body<typeof api.emailSettings.testImap>['imap']

const stepMs = 10_000

/**
 * Tries a mail server step by step and sends the agent a test mail; without `input` the one in use.
 * @throws HelpdeskError validation_failed when a kept password would go to another account, or cannot be read
 */
export async function testSmtp(
  deps: Deps,
  desk: DeskRecord,
  agent: AgentActor,
  input: SmtpInput,
): Promise<ConnectionTest> {
  const row = await selectDeskMail(deps.db, desk.deskId)
  const { adapter, sender } = await deskMailOf(deps, desk.deskId)
  const mail = testMail(deps, desk, agent, sender)
  const smtp = input ?? row.settings.smtp
  // The installation's server is the operator's business: an admin learns whether it takes a mail.
  if (!smtp) {
    const wanted = { host: 'the mail server', port: 0, security: 'none' as const }
    const test = await walk(['send'], wanted, async () => adapter.send(mail))
    return test.ok && adapter.keeps === true ? { ok: true, steps: [keptOnly] } : test
  }
  const password = passwordToTry(deps, desk.deskId, row, 'smtp', input)
  const server = serverOf(smtp)
  const steps: ConnectionStep[] = [
    ...(['resolve', 'connect'] as const),
    ...(server.security === 'none' ? [] : (['secure'] as const)),
    ...(server.user === null ? [] : (['sign_in'] as const)),
    'send',
  ]
  return walk(steps, server, async (reach) => {
    const addresses = await mailServerAddresses(server.host, rulesOf(deps))
    reach('connect')
    const socket = await connectToAny(addresses, server.port, stepMs)
    const session = await openSmtp(socket, server, stepMs)
    try {
      if (server.user !== null) {
        reach('sign_in')
        await session.signIn(server.user, password)
      }
      reach('send')
      await session.send(mail)
    } finally {
      session.close()
    }
  })
}

/** Tries a mailbox step by step and changes nothing in it; without `input` the one in use. */
export async function testImap(deps: Deps, desk: DeskRecord, input: ImapInput): Promise<ConnectionTest> {
  const row = await selectDeskMail(deps.db, desk.deskId)
  const imap = input ?? row.settings.imap
  if (!imap) throw new HelpdeskError('validation_failed', { errors: [missing] })
  const password = passwordToTry(deps, desk.deskId, row, 'imap', input)
  const server = serverOf(imap)
  const steps: ConnectionStep[] = [
    ...(['resolve', 'connect'] as const),
    ...(server.security === 'none' ? [] : (['secure'] as const)),
    ...(['sign_in', 'open_folder'] as const),
  ]
  return walk(steps, server, async (reach) => {
    const addresses = await mailServerAddresses(server.host, rulesOf(deps))
    reach('connect')
    const client = await openImap(server, password, addresses, { patienceMs: stepMs })
    try {
      reach('open_folder')
      await client.mailboxOpen(imap.folder ?? 'INBOX', { readOnly: true })
    } finally {
      client.close()
    }
  })
}

const keptOnly = {
  step: 'send' as const,
  ok: true,
  detail: 'There is no mail server: the e-mail was kept, not sent',
}

const missing = { pointer: '/body/imap', detail: 'is missing: this desk has no mailbox yet' }

const rulesOf = ({ config }: Pick<Deps, 'config'>) => ({ allowPrivate: config.allowPrivateMailServers })

function passwordToTry(
  deps: Deps,
  deskId: string,
  row: DeskMailRow,
  which: 'smtp' | 'imap',
  input: SmtpInput | ImapInput,
): string {
  if (input === undefined)
    return unsealed(deps, deskId, which, which === 'smtp' ? row.smtpPassword : row.imapPassword)
  const errors = checkServer(deps, row, which, input)
  if (errors.length > 0) throw new HelpdeskError('validation_failed', { errors })
  const seal = (password: string) => deps.vault.seal('mail-passwords', aboutOf(deskId, which), password)
  return unsealed(deps, deskId, which, sealedPassword(row, which, input, seal))
}

/** The kept password cannot be read once the installation has another key: who tests can give it again. */
function unsealed(deps: Deps, deskId: string, which: 'smtp' | 'imap', sealed: string | null): string {
  try {
    return passwordOf(deps, deskId, which, sealed)
  } catch (cause) {
    const detail = 'must be given again: it was sealed with another key of the installation'
    throw new HelpdeskError('validation_failed', {
      errors: [{ pointer: `/body/${which}/password`, detail }],
      cause,
    })
  }
}

/** Makes the steps in their order; the report ends with the one that failed. */
async function walk(
  steps: ConnectionStep[],
  server: Omit<MailServer, 'user'>,
  make: (reach: (step: ConnectionStep) => void) => Promise<unknown>,
): Promise<ConnectionTest> {
  let at: ConnectionStep = steps[0] ?? 'resolve'
  try {
    await make((step) => {
      at = step
    })
    return { ok: true, steps: steps.map((step) => ({ step, ok: true, detail: null })) }
  } catch (error) {
    const told = stepOf(error, at)
    const failed = steps.includes(told) ? told : at
    const before = steps.slice(0, steps.indexOf(failed))
    const detail = wordsOf(error, failed, server)
    return {
      ok: false,
      steps: [
        ...before.map((step) => ({ step, ok: true, detail: null })),
        { step: failed, ok: false, detail },
      ],
    }
  }
}
