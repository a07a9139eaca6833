/** Time, randomness and the network's comings and goings, so that tests decide about them. */
export interface Runtime {
  /** From 0 up to 1, as `Math.random`. */
  random(): number
  /** A new random `Idempotency-Key`. */
  newKey(): string
  /** Runs something after so many milliseconds; the returned function takes it back. */
  after(milliseconds: number, run: () => void): () => void
  /** Runs something whenever the device is back online; the returned function ends that. */
  onOnline(run: () => void): () => void
}

/** The real thing, in browsers, workers and Node. */
export const systemRuntime: Runtime = {
  random: Math.random,
  // `randomUUID` would do as well, but exists on https pages only.
  newKey: () => crypto.getRandomValues(new Uint32Array(4)).join('-'),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
  onOnline(run) {
    // Node has no such event, and not everything global is an event target.
    globalThis.addEventListener?.('online', run)
    return () => globalThis.removeEventListener?.('online', run)
  },
}
