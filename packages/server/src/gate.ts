/** Runs work, so much at a time; what comes later waits its turn. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>

/** A gate that lets so many through at a time. */
export function createGate(atOnce: number): Gate {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      // The place goes to the next in line, without becoming free for somebody who comes just now.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
