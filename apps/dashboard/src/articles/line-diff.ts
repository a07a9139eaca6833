/** A line of two texts: in both, only in the newer one, only in the older one. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** Beyond so many differences the shortest way is not looked for: nobody would read it. */
const mostSteps = 1_000

/** What has to be done to the lines of one text to get those of another. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const line = (kind: DiffLine['kind']) => (text: string) => ({ kind, text })
  const [oldMiddle, newMiddle] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  return [
    ...a.slice(0, start).map(line('same')),
    ...(shortest(oldMiddle, newMiddle) ?? [
      ...oldMiddle.map(line('removed')),
      ...newMiddle.map(line('added')),
    ]),
    ...a.slice(a.length - end).map(line('same')),
  ]
}

/** Myers' shortest way from one list of lines to another; `null` when it is too long. */
function shortest(a: readonly string[], b: readonly string[]): DiffLine[] | null {
  const most = Math.min(a.length + b.length, mostSteps)
  let reach = new Map<number, number>([[1, 0]])
  const trail: Map<number, number>[] = []
  for (let steps = 0; steps <= most; steps++) {
    trail.push(reach)
    reach = new Map(reach)
    for (let k = -steps; k <= steps; k += 2) {
      const down = k === -steps || (k !== steps && at(reach, k - 1) < at(reach, k + 1))
      let x = down ? at(reach, k + 1) : at(reach, k - 1) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      reach.set(k, x)
      if (x >= a.length && x - k >= b.length) return walkBack(trail, a, b)
    }
  }
  return null
}

const at = (reach: ReadonlyMap<number, number>, k: number) => reach.get(k) ?? -1

function walkBack(trail: readonly Map<number, number>[], a: readonly string[], b: readonly string[]) {
  const lines: DiffLine[] = []
  let [x, y] = [a.length, b.length]
  for (let steps = trail.length - 1; steps >= 0; steps--) {
    const reach = trail[steps] ?? new Map()
    const k = x - y
    const down = k === -steps || (k !== steps && at(reach, k - 1) < at(reach, k + 1))
    const fromX = steps === 0 ? 0 : at(reach, down ? k + 1 : k - 1)
    const fromY = steps === 0 ? 0 : fromX - (down ? k + 1 : k - 1)
    while (x > fromX && y > fromY) {
      lines.push({ kind: 'same', text: a[--x] ?? '' })
      y--
    }
    if (steps === 0) break
    if (down) lines.push({ kind: 'added', text: b[--y] ?? '' })
    else lines.push({ kind: 'removed', text: a[--x] ?? '' })
  }
  return lines.reverse()
}

/** How many lines came and went. */
export function countLines(lines: readonly DiffLine[]): { added: number; removed: number } {
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length
  return { added: count('added'), removed: count('removed') }
}

/** The lines that differ with a few around them; a number stands for so many lines that are the same. */
export function withContext(lines: readonly DiffLine[], around = 2): (DiffLine | number)[] {
  const near = new Set<number>()
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue
    for (let one = index - around; one <= index + around; one++) near.add(one)
  }
  const shown: (DiffLine | number)[] = []
  for (const [index, line] of lines.entries()) {
    const last = shown.at(-1)
    if (near.has(index)) shown.push(line)
    else if (typeof last === 'number') shown[shown.length - 1] = last + 1
    else shown.push(1)
  }
  return shown
}
