import type { Deps } from '../deps.ts'
import { announceEmailSettings } from '../email-settings/service.ts'
import type { MailboxProgress } from '../email-settings/tables.ts'
import { type ClaimedMailbox, saveProgress } from './store.ts'

/** Another process, or a later reader of this one, has the mailbox now. */
export class MailboxTaken extends Error {}

/** How far a mailbox was read and how its connection is, kept in the database. */
export interface ProgressKeeper {
  readonly current: MailboxProgress
  /** @throws MailboxTaken */
  save(change: Partial<MailboxProgress>): Promise<void>
  /** The same, and the team hears of it when the state or its reason is another one. */
  tell(state: MailboxProgress['state'], lastError: string | null): Promise<void>
}

/** Begins where the last reader stopped. */
export function keepProgress(deps: Deps, claimed: ClaimedMailbox): ProgressKeeper {
  let current: MailboxProgress = claimed.mailbox ?? {
    state: 'connecting',
    since: deps.now().toISOString(),
    lastError: null,
    lastMailAt: null,
    uidValidity: null,
    lastUid: 0,
  }
  const save = async (change: Partial<MailboxProgress>) => {
    const next = { ...current, ...change }
    if (!(await saveProgress(deps.db, claimed, next))) throw new MailboxTaken()
    current = next
  }
  return {
    get current() {
      return current
    },
    save,
    async tell(state, lastError) {
      const isNews = state !== current.state || lastError !== current.lastError
      const since = state === current.state ? current.since : deps.now().toISOString()
      await save({ state, since, lastError })
      if (isNews) await announceEmailSettings(deps, claimed.deskId)
    },
  }
}
