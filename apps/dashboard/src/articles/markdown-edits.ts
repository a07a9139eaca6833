/** A change of a text: what stands from `from` to `to` becomes `text`, then `start` to `end` is selected. */
export interface Edit {
  from: number
  to: number
  text: string
  start: number
  end: number
}

/** Something that is done with what is selected in a text. */
export type EditMaker = (text: string, start: number, end: number) => Edit

const isUrl = (text: string) => /^(?:https?:\/\/|mailto:|\/|#)\S+$/i.test(text)

/** Puts marks around what is selected, or takes them away. */
export function wrap(mark: string, placeholder: string): EditMaker {
  return (text, start, end) => {
    const size = mark.length
    const selected = text.slice(start, end)
    if (text.slice(start - size, start) === mark && text.slice(end, end + size) === mark) {
      return { from: start - size, to: end + size, text: selected, start: start - size, end: end - size }
    }
    if (selected.length >= 2 * size && selected.startsWith(mark) && selected.endsWith(mark)) {
      const inner = selected.slice(size, selected.length - size)
      return { from: start, to: end, text: inner, start, end: start + inner.length }
    }
    const inner = selected || placeholder
    const from = start + size
    return { from: start, to: end, text: mark + inner + mark, start: from, end: from + inner.length }
  }
}

/** Makes a link of what is selected; an address becomes where it leads, words become what it says. */
export const link: EditMaker = (text, start, end) => {
  const selected = text.slice(start, end)
  if (isUrl(selected)) {
    return { from: start, to: end, text: `[](${selected})`, start: start + 1, end: start + 1 }
  }
  const made = `[${selected}](https://)`
  // Without words they come first, with words the address.
  if (!selected) return { from: start, to: end, text: made, start: start + 1, end: start + 1 }
  const at = start + selected.length + 3
  return { from: start, to: end, text: made, start: at, end: at + 'https://'.length }
}

/** Makes code of what is selected: a block of several lines, else a piece of the line. */
export const code: EditMaker = (text, start, end) => {
  const selected = text.slice(start, end)
  if (!selected.includes('\n')) return wrap('`', 'code')(text, start, end)
  const made = `\`\`\`\n${selected.replace(/\n$/, '')}\n\`\`\`\n`
  return { from: start, to: end, text: made, start: start + 4, end: start + made.length - 5 }
}

/** The lines that a selection touches. */
function linesAt(text: string, start: number, end: number): { from: number; to: number; lines: string[] } {
  const from = text.lastIndexOf('\n', start - 1) + 1
  // A selection that ends at the beginning of a line does not mean that line.
  const last = end > start && text[end - 1] === '\n' ? end - 1 : end
  const after = text.indexOf('\n', last)
  const to = after < 0 ? text.length : after
  return { from, to, lines: text.slice(from, to).split('\n') }
}

/** Heading, smaller heading, no heading, in turn. */
export const heading: EditMaker = (text, start, end) => {
  const { from, to, lines } = linesAt(text, start, end)
  const level = /^(#{1,6})\s/.exec(lines[0] ?? '')?.[1]?.length ?? 0
  const next = level === 0 ? '## ' : level === 2 ? '### ' : ''
  const made = lines.map((line) => next + line.replace(/^#{1,6}\s+/, '')).join('\n')
  const at = from + made.length
  return { from, to, text: made, start: at, end: at }
}

/** Makes a list of the lines, or takes it away. */
export function list(kind: 'bullets' | 'numbers'): EditMaker {
  const has = kind === 'bullets' ? /^\s*[-*+]\s/ : /^\s*\d+[.)]\s/
  return (text, start, end) => {
    const { from, to, lines } = linesAt(text, start, end)
    const all = lines.every((line) => has.test(line))
    const bare = (line: string) => line.replace(/^\s*(?:[-*+]|\d+[.)])\s+/, '')
    const made = lines
      .map((line, index) =>
        all ? bare(line) : `${kind === 'bullets' ? '-' : `${index + 1}.`} ${bare(line)}`,
      )
      .join('\n')
    const at = from + made.length
    return { from, to, text: made, start: lines.length > 1 ? from : at, end: at }
  }
}

/** The call-outs that readers see in colours of their own. */
export const callOuts = ['note', 'tip', 'important', 'warning', 'caution'] as const

/** Makes a call-out of the lines. */
export function callOut(kind: (typeof callOuts)[number], placeholder: string): EditMaker {
  return (text, start, end) => {
    const { from, to, lines } = linesAt(text, start, end)
    const blank = lines.every((line) => !line.trim())
    const quoted = (blank ? [placeholder] : lines).map((line) => `> ${line}`.trimEnd())
    const head = `${gap(text, from)}> [!${kind.toUpperCase()}]\n> `
    const made = `${head}${quoted.join('\n').slice(2)}`
    const at = from + head.length
    return { from, to, text: made, start: blank ? at : from + made.length, end: from + made.length }
  }
}

/** Puts a table of two columns below the line. */
export function table(column: string, cell: string): EditMaker {
  return (text, start, end) => {
    const { to } = linesAt(text, start, end)
    const lines = [
      `| ${column} | ${column} |`,
      '| --- | --- |',
      ...Array.from({ length: 2 }, () => `| ${cell} | ${cell} |`),
    ]
    const before = gap(text, to)
    const made = `${before}${lines.join('\n')}\n`
    const at = to + before.length + 2
    return { from: to, to, text: made, start: at, end: at + column.length }
  }
}

/** Puts a block of its own, such as an image, where the selection ends; one goes on writing below it. */
export function block(markdown: string): EditMaker {
  return (text, _start, end) => {
    const after = text.slice(end).startsWith('\n\n') ? '' : '\n\n'
    const made = `${gap(text, end)}${markdown}${after}`
    const at = end + made.length
    return { from: end, to: end, text: made, start: at, end: at }
  }
}

/** What is missing to an empty line before a place. */
function gap(text: string, at: number): string {
  const before = text.slice(0, at)
  if (before === '' || before.endsWith('\n\n')) return ''
  return before.endsWith('\n') ? '\n' : '\n\n'
}

/** Goes on with a list or a quotation on the next line; an empty item ends it. `null`: nothing special here. */
export const nextLine = (text: string, start: number, end: number): Edit | null => {
  if (start !== end) return null
  const from = text.lastIndexOf('\n', start - 1) + 1
  const line = text.slice(from, start)
  const found = /^(\s*)(?:([-*+])|(\d{1,9})([.)])|(>))\s+(\[[ xX]\]\s+)?/.exec(line)
  if (!found) return null
  const [whole, indent = '', bullet, number, dot = '', quote, task] = found
  if (line === whole) return { from, to: start, text: '', start: from, end: from }
  const mark = bullet ?? quote ?? `${Number(number) + 1}${dot}`
  const made = `\n${indent}${mark} ${task ? '[ ] ' : ''}`
  return { from: start, to: start, text: made, start: start + made.length, end: start + made.length }
}

/** A text with an edit done to it. */
export function applied(text: string, { from, to, text: made }: Edit): string {
  return text.slice(0, from) + made + text.slice(to)
}
