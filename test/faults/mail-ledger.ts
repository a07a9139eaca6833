/** What became of things that were to arrive once each. */
export interface Delivered {
  lost: string[]
  /** What arrived more than once, each as often as it was too often. */
  repeated: string[]
  /** What nobody had sent. */
  strange: string[]
}

/** Compares what was owed with what arrived. */
export function compareDelivered(owed: readonly string[], arrived: readonly string[]): Delivered {
  const counts = new Map(owed.map((one) => [one, 0]))
  const delivered: Delivered = { lost: [], repeated: [], strange: [] }
  for (const one of arrived) {
    const count = counts.get(one)
    if (count === undefined) delivered.strange.push(one)
    else if (count > 0) delivered.repeated.push(one)
    if (count !== undefined) counts.set(one, count + 1)
  }
  for (const [one, count] of counts) if (count === 0) delivered.lost.push(one)
  return delivered
}

/** Nothing lost, nothing doubled, nothing invented. */
export const everythingOnce: Delivered = { lost: [], repeated: [], strange: [] }

/**
 * Whether the comparison would see a loss and a double: the same ledger against what arrived without one of them, and
 * with one of them twice. A harness that sees neither proves nothing.
 */
export function seesDamage(owed: readonly string[], arrived: readonly string[]): boolean {
  const [first] = arrived
  if (first === undefined) return false
  const { lost } = compareDelivered(
    owed,
    arrived.filter((one) => one !== first),
  )
  const before = compareDelivered(owed, arrived).repeated.length
  const { repeated } = compareDelivered(owed, [...arrived, first])
  return lost.includes(first) && repeated.length === before + 1 && repeated.includes(first)
}
