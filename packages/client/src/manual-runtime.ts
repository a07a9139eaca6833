/// <reference types="node" />
import type { Runtime } from './runtime.ts'

/** Time that passes when a test says so; only tests of this package use it. */
export interface ManualTime {
  runtime: Runtime
  /** Milliseconds since the beginning. */
  now(): number
  /** The device is back online. */
  comeOnline(): void
  /** Lets time pass, in jumps and no further than needed, until the promise is settled. */
  until<T>(promise: Promise<T>): Promise<T>
  /** Lets everything happen that needs no time, then so many milliseconds pass. */
  pass(milliseconds: number): Promise<void>
  /** How many timers are running. */
  timers(): number
  /** How many wait for the device to come online. */
  listeners(): number
}

/** A clock that stands at 0 until the test moves it; `random` decides every roll of the dice. */
export function createManualTime(random: () => number = () => 0.5): ManualTime {
  let now = 0
  let keys = 0
  const timers = new Set<{ at: number; run: () => void }>()
  const listeners = new Set<() => void>()

  function fireNext(until = Infinity): boolean {
    const [next] = [...timers].sort((a, b) => a.at - b.at)
    if (!next || next.at > until) return false
    timers.delete(next)
    now = Math.max(now, next.at)
    next.run()
    return true
  }

  return {
    runtime: {
      random,
      newKey: () => `key-number-${++keys}`,
      after(milliseconds, run) {
        const timer = { at: now + milliseconds, run }
        timers.add(timer)
        return () => timers.delete(timer)
      },
      onOnline(run) {
        listeners.add(run)
        return () => listeners.delete(run)
      },
    },
    now: () => now,
    comeOnline() {
      for (const run of [...listeners]) run()
    },
    async until(promise) {
      let settled = false
      const done = () => {
        settled = true
      }
      promise.then(done, done)
      for (let idle = 0; ; idle++) {
        await settle()
        if (settled) return promise
        if (fireNext()) idle = 0
        else if (idle > 20) throw new Error('Nothing is left to wait for')
      }
    },
    async pass(milliseconds) {
      const end = now + milliseconds
      do await settle()
      while (fireNext(end))
      now = end
    },
    timers: () => timers.size,
    listeners: () => listeners.size,
  }
}

/** Lets everything happen that needs no time. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
