/** The team of a desk, in place of a contact's id. */
export const team = 'agents'

/** Who is here, by desk: every process vouches for those who have a stream open there, until a moment. */
export interface Register {
  has(deskId: string, who: string): boolean
  hasFrom(deskId: string, who: string, process: string): boolean
  /** @param until milliseconds; later calls move it */
  vouch(deskId: string, who: string, process: string, until: number): void
  withdraw(deskId: string, who: string, process: string): void
  /** Drops everything vouched for until this moment or an earlier one. @returns what was dropped */
  expire(at: number): { deskId: string; who: string; process: string }[]
  /** Everybody a process vouches for, by desk. */
  of(process: string): Map<string, string[]>
}

/**
 * An empty register.
 * @param onChange called when the first process vouches for somebody, and when none does any more
 */
export function createRegister(onChange: (deskId: string, who: string, here: boolean) => void): Register {
  const desks = new Map<string, Map<string, Map<string, number>>>()

  function withdraw(deskId: string, who: string, process: string): void {
    const desk = desks.get(deskId)
    const processes = desk?.get(who)
    if (!desk || !processes?.delete(process) || processes.size > 0) return
    desk.delete(who)
    if (desk.size === 0) desks.delete(deskId)
    onChange(deskId, who, false)
  }

  return {
    has: (deskId, who) => desks.get(deskId)?.has(who) ?? false,
    hasFrom: (deskId, who, process) => desks.get(deskId)?.get(who)?.has(process) ?? false,
    vouch(deskId, who, process, until) {
      const desk = desks.get(deskId) ?? new Map<string, Map<string, number>>()
      desks.set(deskId, desk)
      const processes = desk.get(who)
      if (processes) return void processes.set(process, until)
      desk.set(who, new Map([[process, until]]))
      onChange(deskId, who, true)
    },
    withdraw,
    expire(at) {
      const gone: { deskId: string; who: string; process: string }[] = []
      for (const [deskId, desk] of desks) {
        for (const [who, processes] of desk) {
          for (const [process, until] of processes) if (until <= at) gone.push({ deskId, who, process })
        }
      }
      for (const { deskId, who, process } of gone) withdraw(deskId, who, process)
      return gone
    },
    of(process) {
      const found = new Map<string, string[]>()
      for (const [deskId, desk] of desks) {
        const here = [...desk].flatMap(([who, processes]) => (processes.has(process) ? [who] : []))
        if (here.length > 0) found.set(deskId, here)
      }
      return found
    },
  }
}
