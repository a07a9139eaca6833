/** A clock for code that takes its time from outside. */
export interface Clock {
  /** The current moment, a fresh object each time. */
  now(): Date
  /** Moves on, or back for a negative number, by milliseconds. */
  advance(ms: number): void
  set(moment: Date | string): void
}

/** Starts a clock that stands still until told to move. */
export function createClock(start: Date | string = '2026-11-21T12:00:00.000Z'): Clock {
  let time = read(start)
  return {
    now: () => new Date(time),
    advance(ms) {
      time += ms
    },
    set(moment) {
      time = read(moment)
    },
  }
}

function read(moment: Date | string): number {
  const time = new Date(moment).getTime()
  if (Number.isNaN(time)) throw new RangeError(`Not a date: ${String(moment)}`)
  return time
}
