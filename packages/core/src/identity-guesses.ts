import { type Identity, type IdentityAttribute, identifierOf, identityAttributes } from './identity.ts'

/** What may be wrong with a signature. */
export const identityHintCodes = [
  'attribute_not_signed',
  'attribute_missing',
  'attribute_changed',
  'wrong_desk',
  'wrong_key',
  'retired_key',
  'wrong_expiry',
  'wrong_case',
  'not_hex',
  'line_ending',
  'other_identifier',
  'signed_as_json',
  'number_or_empty',
  'unknown_attribute',
] as const

/** One thing that would make a signature match. */
export interface IdentityHint {
  code: (typeof identityHintCodes)[number]
  attribute: string | null
  /** English; names no secret and no right value. */
  detail: string
}

/** A text that a host may have signed by mistake, and what that mistake would be. */
export interface Guess {
  text: string
  hints: IdentityHint[]
}

/** A hint; its detail is English and tells no secret. */
export const hint = (
  code: IdentityHint['code'],
  detail: string,
  attribute: string | null = null,
): IdentityHint => ({
  code,
  attribute,
  detail,
})

const changes: readonly [string, (text: string) => string][] = [
  ['white space around it', (text) => text.trim()],
  ['upper case', (text) => text.toLowerCase()],
  ['percent encoding', safely(decodeURIComponent)],
  ['percent encoding', (text) => encodeURIComponent(text)],
  ['HTML escapes', unescapeHtml],
  ['another Unicode form', (text) => text.normalize('NFC')],
  ['another Unicode form', (text) => text.normalize('NFD')],
  ['a decimal point', (text) => text.replace(/\.0+$/, '')],
]

function safely(change: (text: string) => string) {
  return (text: string) => {
    try {
      return change(text)
    } catch {
      return text
    }
  }
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

/** Texts of the full form that differ from the right one by one mistake, the likeliest first. */
export function* fullGuesses(identity: Identity, desk: string, expires: number): Generator<Guess> {
  const lines = (said: Identity) =>
    identityAttributes.flatMap((name) => (said[name] ? [`${name}=${said[name]}`] : []))
  const head = (expiry: number | string, name = desk) => [
    'helpdesk-identity-v2',
    `desk=${name}`,
    `expires=${expiry}`,
  ]
  const right = [...head(expires), ...lines(identity)]
  yield { text: right.join('\n'), hints: [] }
  yield {
    text: `${right.join('\n')}\n`,
    hints: [hint('line_ending', 'The signed text must not end with a line break.')],
  }
  yield {
    text: right.join('\r\n'),
    hints: [hint('line_ending', 'The lines must be joined by \\n, without \\r.')],
  }
  for (const part of smallerSets(identity)) {
    const left = identityAttributes.filter((name) => identity[name] !== undefined && part[name] === undefined)
    const detail = 'The page sends it, but it was not signed. Sign every attribute that is sent.'
    yield {
      text: [...head(expires), ...lines(part)].join('\n'),
      hints: left.map((name) => hint('attribute_not_signed', detail, name)),
    }
  }
  yield* changedGuesses(identity, (said) => [...head(expires), ...lines(said)].join('\n'))
  yield* emptyGuesses(identity, head(expires))
  for (const [expiry, detail] of [
    [expires * 1000, 'The signed text has milliseconds where the signature has seconds.'],
    [`${expires}.0`, 'The expiry in the signed text must be a whole number.'],
  ] as const)
    yield { text: [...head(expiry), ...lines(identity)].join('\n'), hints: [hint('wrong_expiry', detail)] }
  for (const name of new Set([desk.toLowerCase(), '', 'undefined', 'null']))
    if (name !== desk)
      yield {
        text: [...head(expires, name), ...lines(identity)].join('\n'),
        hints: [hint('wrong_desk', 'The line "desk=" must have the public id of this desk.')],
      }
  const detail = 'JSON was signed: sign the lines of the canonical text.'
  yield { text: JSON.stringify(identity), hints: [hint('signed_as_json', detail)] }
}

/** Every set of attributes with fewer than there are, the largest first. */
function smallerSets(identity: Identity): Identity[] {
  const names = identityAttributes.filter((name) => identity[name] !== undefined)
  const sets = Array.from({ length: 2 ** names.length - 1 }, (_, bits) =>
    names.filter((_name, place) => (bits >> place) & 1),
  )
  return sets
    .sort((a, b) => b.length - a.length)
    .map((set) => Object.fromEntries(set.map((name) => [name, identity[name]])) as Identity)
}

function* changedGuesses(identity: Identity, textOf: (said: Identity) => string): Generator<Guess> {
  for (const name of identityAttributes) {
    const value = identity[name]
    if (value === undefined) continue
    for (const [what, change] of changes) {
      const other = change(value)
      if (other === value) continue
      const detail = `The signed value and the value of the page differ in ${what}.`
      yield { text: textOf({ ...identity, [name]: other }), hints: [hint('attribute_changed', detail, name)] }
    }
  }
}

function* emptyGuesses(identity: Identity, head: string[]): Generator<Guess> {
  const absent = identityAttributes.filter((name) => identity[name] === undefined)
  const detail = 'An empty attribute counts as absent: leave its line out.'
  const withEmpty = (empty: readonly IdentityAttribute[]) =>
    identityAttributes.flatMap((name) =>
      identity[name] === undefined
        ? empty.includes(name)
          ? [`${name}=`]
          : []
        : [`${name}=${identity[name]}`],
    )
  for (const names of [...absent.map((name) => [name]), absent])
    yield {
      text: [...head, ...withEmpty(names)].join('\n'),
      hints: names.map((name) => hint('number_or_empty', detail, name)),
    }
}

/** Texts of the short form that differ from the right one by one mistake. */
export function* shortGuesses(identity: Identity): Generator<Guess> {
  const right = identifierOf(identity)
  if (right === undefined) return
  yield { text: identity[right] ?? '', hints: [] }
  for (const name of identityAttributes) {
    if (name === right || identity[name] === undefined) continue
    const detail = `It signs ${name}, but with these attributes the short form signs ${right}.`
    yield { text: identity[name], hints: [hint('other_identifier', detail, right)] }
  }
  const ending = 'The identifier was signed with a line break at its end.'
  yield { text: `${identity[right]}\n`, hints: [hint('line_ending', ending, right)] }
  yield* changedGuesses({ [right]: identity[right] } as Identity, (said) => said[right] ?? '')
}
