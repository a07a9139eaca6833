/** Keeps an answer that is older than a change from taking the change back. */
export interface ChangeWatch {
  /** Something has changed, and the desk knows it. */
  note(): void
  /** Something is about to change: the desk knows it when this has come to an end. */
  during<V>(work: Promise<V>): Promise<V>
  /** Asks, and asks again as long as something has changed meanwhile. */
  notOlder<V>(ask: () => Promise<V>): Promise<V>
}

/** Watches the changes of what several answers of the desk tell of. */
export function createChangeWatch(): ChangeWatch {
  const underWay = new Set<Promise<unknown>>()
  let version = 0
  return {
    note() {
      version += 1
    },
    during(work) {
      version += 1
      underWay.add(work)
      return work.finally(() => underWay.delete(work))
    },
    async notOlder(ask) {
      for (;;) {
        await Promise.allSettled(underWay)
        const asked = version
        const answer = await ask()
        if (asked === version) return answer
      }
    },
  }
}
