import { identityAttributes } from '@helpdesk/core'

/** What was found in a pasted identity. */
export interface Pasted {
  identity: Record<string, string | number>
  signature: string | null
  identityToken: string | null
  /** The desk that the embed code names. */
  desk: string | null
  /** Attributes whose value is neither text nor a number. */
  wrongTypes: string[]
  /** Names that look like attributes and are none. */
  unknown: string[]
}

const attributes: readonly string[] = identityAttributes
/** Other names under which the widget takes the same. */
const aliases: Readonly<Record<string, string>> = {
  email: 'user_email',
  helpdesk_id: 'desk_token',
  desk: 'desk_token',
  identitytoken: 'identity_token',
}
const entities: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' }

/** Reads JSON, a script tag with `data-*` attributes, or an object of JavaScript. */
export function readPaste(text: string): Pasted {
  const pasted: Pasted = {
    identity: {},
    signature: null,
    identityToken: null,
    desk: null,
    wrongTypes: [],
    unknown: [],
  }
  for (const [name, value] of readJson(text) ?? readCode(text)) take(pasted, name, value)
  return pasted
}

type Pairs = [name: string, value: unknown][]

function readJson(text: string): Pairs | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    const { identity, ...rest } = value as Record<string, unknown>
    const nested = typeof identity === 'object' && identity !== null ? Object.entries(identity) : []
    return [...Object.entries(rest), ...nested]
  } catch {
    return null
  }
}

/** Attributes of a tag and members of an object, wherever they stand; what is commented out does not count. */
function readCode(text: string): Pairs {
  const code = text
    .replace(/<!--.*?-->/gs, '')
    .split(/\r\n?|\n/)
    .filter((line) => !/^\s*\/\//.test(line))
    .join('\n')
  const tags: Pairs = [...code.matchAll(/\bdata-([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(
    ([, name = '', double, single]) => [name.replaceAll('-', '_'), decodeEntities(double ?? single ?? '')],
  )
  const members: Pairs = [
    ...code.matchAll(
      /(?<=[{,\s])(["']?)([A-Za-z_]\w*)\1\s*:\s*("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|-?\d+(?:\.\d+)?\b|true\b|false\b|null\b)/g,
    ),
  ].map(([, , name = '', literal = '']) => [name, readLiteral(literal)])
  return [...tags, ...members]
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
    if (name) return entities[name.toLowerCase()] ?? all
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}

/** The value of a literal of JavaScript; text that cannot be read stays as it is written. */
function readLiteral(literal: string): unknown {
  if (!/^["']/.test(literal)) return JSON.parse(literal)
  const inner = literal.slice(1, -1)
  const json = literal.startsWith('"') ? inner : inner.replaceAll("\\'", "'").replace(/(?<!\\)"/g, '\\"')
  try {
    return JSON.parse(`"${json}"`)
  } catch {
    return inner
  }
}

function take(pasted: Pasted, written: string, value: unknown): void {
  const lower = written.toLowerCase()
  const name = aliases[lower] ?? lower
  if (attributes.includes(name)) {
    const usable = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))
    if (usable) pasted.identity[name] = value as string | number
    else pasted.wrongTypes.push(written)
  } else if (typeof value === 'string') {
    if (name === 'signature') pasted.signature = value
    else if (name === 'identity_token') pasted.identityToken = value
    else if (name === 'desk_token') pasted.desk = value
    else if (/^(client|user)_/.test(name)) pasted.unknown.push(written)
  } else if (/^(client|user)_/.test(name)) pasted.unknown.push(written)
}
