import type { EmailSettingsChange } from '@helpdesk/client'
import type { EmailSettings } from '@helpdesk/core/api'
import { type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client } from '../client.ts'

/** How a desk sends and receives e-mail, as far as it has been asked for. */
export interface DeskMail {
  readonly settings: ReadonlySignal<EmailSettings | null>
  readonly error: ReadonlySignal<unknown>
  /** How often something was saved: what was typed for that is done with. */
  readonly saves: ReadonlySignal<number>
  /** Asks the desk. */
  load(): Promise<void>
  /** Asks again without saying so when it fails: what is shown is good enough. */
  renew(): Promise<void>
  update(change: EmailSettingsChange): Promise<void>
  makeDkimKey(): Promise<void>
  replaceWebhookSecret(): Promise<void>
}

/** The e-mail of a desk. Nothing is asked before `load`. */
export function createDeskMail(deskId: string): DeskMail {
  const settings = signal<EmailSettings | null>(null)
  const error = signal<unknown>(null)
  const saves = signal(0)
  let writes = 0
  let writing = 0
  async function read(): Promise<void> {
    // What was asked for before or during a change may be how things were before it.
    if (writing > 0) return
    const before = writes
    const answer = await withSession(() => client.emailSettings.get(deskId))
    if (before === writes) settings.value = answer
  }
  async function write(ask: () => Promise<EmailSettings>): Promise<void> {
    writes++
    writing++
    try {
      settings.value = await withSession(ask)
      saves.value++
    } finally {
      writing--
    }
  }
  return {
    settings,
    error,
    saves,
    async load() {
      error.value = null
      try {
        await read()
      } catch (caught) {
        error.value = caught
      }
    },
    async renew() {
      await read().catch(() => undefined)
    },
    update: (change) => write(() => client.emailSettings.update(deskId, change)),
    makeDkimKey: () => write(() => client.emailSettings.makeDkimKey(deskId)),
    replaceWebhookSecret: () => write(() => client.emailSettings.replaceWebhookSecret(deskId)),
  }
}
