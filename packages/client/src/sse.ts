/** One block of a stream of server-sent events. */
export interface SseBlock {
  /** The position: the `id` field of this very block, when it is a number. */
  id?: number
  /** Absent in a block that only carries a position or a delay. */
  data?: string
  /** Milliseconds to wait before a reconnect. */
  retry?: number
}

/**
 * A parser of `text/event-stream`: takes the text piece by piece, cut anywhere, and returns the blocks that a
 * piece completes. Comments are dropped, and so is an unfinished block at the end of the stream.
 */
export function createSseParser(): (text: string) => SseBlock[] {
  let rest = ''
  let afterReturn = false
  let block: SseBlock = {}

  return (text) => {
    // CR, LF and CRLF all end a line, and a CRLF may arrive in two pieces.
    const fresh = afterReturn && text[0] === '\n' ? text.slice(1) : text
    if (text) afterReturn = fresh.endsWith('\r')
    const lines = (rest + fresh).split(/\r\n|\r|\n/)
    rest = lines.pop() ?? ''
    const blocks: SseBlock[] = []
    for (const line of lines) {
      if (line) addLine(block, line)
      else {
        blocks.push(block)
        block = {}
      }
    }
    return blocks
  }
}

function addLine(block: SseBlock, line: string): void {
  const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
  if (name === 'data') block.data = block.data === undefined ? value : `${block.data}\n${value}`
  if ((name === 'id' || name === 'retry') && /^\d+$/.test(value)) block[name] = Number(value)
}
