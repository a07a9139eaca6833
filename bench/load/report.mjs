import { median } from './rounds.mjs'

/**
 * Prints rows under a header, the first column to the left, the others to the right.
 * @param {string[]} header
 * @param {(string | number)[][]} rows
 */
export function printTable(header, rows) {
  const lines = [header, ...rows].map((row) => row.map(String))
  const widths = header.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))
  for (const line of lines) console.log(line.map(pad).join('  '))
}

const digits = (value, places) => (Number.isFinite(value) ? value.toFixed(places) : '–')
const whole = (value) => Math.round(value).toLocaleString('en')

/**
 * Prints the medians of some servers and, for each after the first, its ratio to the first: the median of the rounds'
 * own ratios, since what disturbs a round disturbs both.
 * @param {string} title
 * @param {Record<string, object[]>} samples from `loadInRounds`, the floor first
 */
export function printLoad(title, samples) {
  const [[floorName, floor], ...others] = Object.entries(samples)
  const row = ([name, rounds]) => {
    const middle = (key) => median(rounds.map((round) => round[key]))
    return [
      name,
      whole(middle('perSecond')),
      digits(middle('p50'), 2),
      digits(middle('p99'), 2),
      digits(median(rounds.map(({ p50, p99 }) => p99 / p50)), 1),
      digits(middle('serverCpu'), 0),
      digits(middle('databaseCpu'), 0),
      digits(middle('statements'), 2),
      digits(middle('background'), 2),
    ]
  }
  const units = ['req/s', 'p50 ms', 'p99 ms', 'p99/p50', 'CPU µs', 'db CPU µs', 'statements', 'background']
  printTable([title, ...units], Object.entries(samples).map(row))
  const noise =
    median(
      Object.values(samples)
        .flat()
        .map((round) => round.others),
    ) * 100
  for (const [name, rounds] of others) {
    const ratios = rounds.map(({ perSecond }, round) => perSecond / floor[round].perSecond)
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2))
    const ratio = median(ratios).toFixed(2)
    console.log(`ratio ${name} / ${floorName}: ${ratio}  (${least} to ${most} in ${ratios.length} rounds)`)
  }
  console.log(`others took ${digits(noise, 0)} % of the machine meanwhile\n`)
}
