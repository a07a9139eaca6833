import { createHash } from 'node:crypto'
import { MailError } from '../adapters/mail.ts'
import type { Tx } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { deskById } from '../desks/service.ts'
import { deskMailOf } from '../email-settings/service.ts'
import type { JobData } from '../jobs/jobs.ts'
import { addressChangedMail } from '../notifications/mails.ts'
import { noteAddressTold } from './store.ts'

/**
 * Lets a proved address know, once the transaction is committed, that answers go elsewhere from now on. At most once
 * in two days: whoever can prove it again and again must not fill a mailbox with it.
 */
export async function announceChange(
  tx: Tx,
  deps: Pick<Deps, 'jobs' | 'now' | 'newId'>,
  deskId: string,
  address: string,
): Promise<void> {
  const hash = createHash('sha256').update(address.toLowerCase()).digest('hex')
  if (!(await noteAddressTold(tx, deskId, hash, deps.now()))) return
  const job = { deskId, id: deps.newId(), address }
  await deps.jobs.enqueue(tx, 'contacts.address-changed', job, deps.now())
}

/**
 * Sends the e-mail to the address of before: fixed wording, nothing that a visitor wrote, not even the new address.
 * @throws when it may work later
 */
export async function tellOldAddress(
  deps: Pick<Deps, 'db' | 'log' | 'config'> & Parameters<typeof deskMailOf>[0],
  { deskId, id, address = '' }: JobData,
): Promise<void> {
  const desk = await deskById(deps, deskId)
  if (!desk || address.toLowerCase() === deps.config.mailFrom.address.toLowerCase()) return
  try {
    const { adapter, sender } = await deskMailOf(deps, deskId)
    await adapter.send(addressChangedMail(id, desk.settings, deps.config, sender, address))
  } catch (error) {
    // What the mailbox refuses for good, or may have already, is not tried again.
    if (!(error instanceof MailError) || !(error.permanent || error.uncertain)) throw error
    deps.log.warn({ err: error, job: id }, 'A change of address was not announced')
  }
}
