import { type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client } from '../client.ts'
import type { OpenDesk } from '../desks/open-desk.ts'

/** How many e-mails of a desk wait for an agent. */
export interface Held {
  /** `null` as long as it is not known. */
  readonly count: ReadonlySignal<number | null>
  /** Rises with every look at the desk and every decision made here: what shows held e-mails asks again. */
  readonly turn: ReadonlySignal<number>
  refresh(): Promise<void>
}

const known = new WeakMap<OpenDesk, Held>()

/** The held e-mails of a desk, the same ones as long as the desk is open. */
export function heldOf(desk: OpenDesk): Held {
  const held = known.get(desk) ?? createHeld(desk.id)
  known.set(desk, held)
  return held
}

function createHeld(deskId: string): Held {
  const count = signal<number | null>(null)
  const turn = signal(0)
  return {
    count,
    turn,
    async refresh() {
      try {
        const { held } = await withSession(() => client.emails.list(deskId, { state: 'held', limit: 1 }))
        count.value = held
        turn.value++
      } catch {
        // A counter that is a little old is better than an error about a counter.
      }
    },
  }
}
