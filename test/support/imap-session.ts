import type { Socket } from 'node:net'

/** An e-mail in a folder. */
export interface ImapMessage {
  uid: number
  raw: Buffer
  flags: Set<string>
  /** When it arrived. */
  at: Date
}

/** What all conversations with one server share. */
export interface ImapState {
  user: string
  password: string
  folder: string
  uidValidity: number
  nextUid: number
  messages: ImapMessage[]
  faults: { dropFetches: number; silentIdle: boolean; noIdle: boolean; mute: boolean; noUidNext: boolean }
  signIns: number
  changed(): void
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** One conversation: reads commands and answers them. */
export class ImapSession {
  isIdle = false
  #received = Buffer.alloc(0)
  /** The command so far, with its literals put in as quoted texts. */
  #command = ''
  #idleTag = ''
  #isSelected = false
  /** How many e-mails the client knows of. */
  #told = 0
  readonly #socket: Socket
  readonly #state: ImapState

  constructor(socket: Socket, state: ImapState) {
    this.#socket = socket
    this.#state = state
    socket.on('data', (bytes) => {
      this.#received = Buffer.concat([this.#received, bytes])
      this.#read()
    })
  }

  greet(): void {
    if (!this.#state.faults.mute) this.#say(`* OK [CAPABILITY ${this.#capabilities()}] ready`)
  }

  /** Tells a client that idles how many e-mails there are. */
  tellNews(): void {
    if (this.isIdle && !this.#state.faults.silentIdle) this.#tellCount()
  }

  #tellCount(): void {
    const { length } = this.#state.messages
    if (this.#isSelected && length !== this.#told) this.#say(`* ${length} EXISTS`)
    this.#told = length
  }

  #capabilities(): string {
    return `IMAP4rev1 UIDPLUS${this.#state.faults.noIdle ? '' : ' IDLE'}`
  }

  #say(line: string): void {
    this.#socket.write(`${line}\r\n`)
  }

  #read(): void {
    for (;;) {
      const end = this.#received.indexOf('\r\n')
      if (end === -1) return
      const line = this.#received.toString('utf8', 0, end)
      const literal = /\{(\d+)(\+?)\}$/.exec(line)
      if (literal) {
        const bytes = Number(literal[1])
        const after = end + 2 + bytes
        if (this.#received.length < after) {
          if (this.#received.length === end + 2 && literal[2] === '') this.#say('+ go on')
          return
        }
        const text = JSON.stringify(this.#received.toString('utf8', end + 2, after))
        this.#command += line.slice(0, literal.index) + text
        this.#received = this.#received.subarray(after)
        continue
      }
      this.#received = this.#received.subarray(end + 2)
      const command = this.#command + line
      this.#command = ''
      this.#answer(command)
    }
  }

  #answer(line: string) {
    if (this.isIdle) {
      this.isIdle = false
      return this.#say(`${this.#idleTag} OK done`)
    }
    const [, tag = '*', name = '', rest = ''] = /^(\S+) (\S+) ?(.*)$/s.exec(line) ?? []
    const ok = (text = 'done') => this.#say(`${tag} OK ${text}`)
    switch (name.toUpperCase()) {
      case 'CAPABILITY':
        this.#say(`* CAPABILITY ${this.#capabilities()}`)
        return ok()
      case 'LOGIN':
        return this.#signIn(tag, rest)
      case 'NOOP':
      case 'CHECK':
        this.#tellCount()
        return ok()
      case 'LIST':
      case 'LSUB':
        // Asked for `""`, a server names its separator and nothing else.
        this.#say(
          rest.trim() === '"" ""'
            ? `* ${name.toUpperCase()} (\\Noselect) "/" ""`
            : `* ${name.toUpperCase()} (\\HasNoChildren) "/" ${this.#state.folder}`,
        )
        return ok()
      case 'SELECT':
      case 'EXAMINE':
        return this.#select(tag, rest, name.toUpperCase() === 'SELECT')
      case 'IDLE':
        this.isIdle = true
        this.#idleTag = tag
        this.#say('+ idling')
        this.tellNews()
        return this.#state.changed()
      case 'UID':
        return this.#uid(tag, rest)
      case 'LOGOUT':
        this.#say('* BYE')
        ok()
        this.#socket.end()
        return
      default:
        return this.#say(`${tag} BAD Unknown command`)
    }
  }

  #signIn(tag: string, rest: string) {
    const given = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map((word) =>
      word[1] === undefined ? word[2] : word[1].replace(/\\(.)/g, '$1'),
    )
    if (given[0] !== this.#state.user || given[1] !== this.#state.password) {
      return this.#say(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)`)
    }
    this.#state.signIns += 1
    this.#say(`${tag} OK [CAPABILITY ${this.#capabilities()}] signed in`)
  }

  #select(tag: string, rest: string, isWritable: boolean) {
    const folder = rest.replaceAll('"', '')
    const { messages, uidValidity, nextUid } = this.#state
    if (folder.toUpperCase() !== this.#state.folder) {
      return this.#say(`${tag} NO [NONEXISTENT] Unknown Mailbox: ${folder} (Failure)`)
    }
    this.#isSelected = true
    this.#told = messages.length
    this.#say('* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)')
    this.#say('* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] flags')
    this.#say(`* ${messages.length} EXISTS`)
    this.#say('* 0 RECENT')
    this.#say(`* OK [UIDVALIDITY ${uidValidity}] valid`)
    if (!this.#state.faults.noUidNext) this.#say(`* OK [UIDNEXT ${nextUid}] next`)
    this.#say(`${tag} OK [${isWritable ? 'READ-WRITE' : 'READ-ONLY'}] selected`)
  }

  #uid(tag: string, rest: string) {
    const [, name = '', args = ''] = /^(\S+) (.*)$/s.exec(rest) ?? []
    const named = (set: string) => this.#state.messages.filter(({ uid }) => this.#isIn(uid, set))
    const [set = '', what = ''] = [args.split(' ', 1)[0], args.slice(args.indexOf(' ') + 1)]
    switch (name.toUpperCase()) {
      case 'SEARCH':
        this.#say(`* SEARCH ${this.#search(args).join(' ')}`.trimEnd())
        break
      case 'FETCH':
        for (const message of named(set)) if (!this.#fetch(message, what)) return
        break
      case 'STORE':
        for (const message of named(set)) this.#store(message, what)
        this.#state.changed()
        break
      default:
        return this.#say(`${tag} BAD Unknown command`)
    }
    this.#say(`${tag} OK done`)
  }

  #isIn(uid: number, set: string): boolean {
    const last = this.#state.messages.at(-1)?.uid ?? 0
    const number = (text: string | undefined) => (text === '*' ? last : Number(text))
    return set.split(',').some((part) => {
      const [from, to = from] = part.split(':')
      const [low, high] = [number(from), number(to)].sort((a, b) => a - b) as [number, number]
      return uid >= low && uid <= high
    })
  }

  #search(query: string): number[] {
    const uids = /\bUID (\S+)/i.exec(query)?.[1]
    const since = /\bSINCE "?(\d+)-(\w+)-(\d+)"?/i.exec(query)
    const from = since ? Date.UTC(Number(since[3]), months.indexOf(since[2] ?? ''), Number(since[1])) : null
    return this.#state.messages
      .filter(
        ({ uid, flags, at }) =>
          (!uids || this.#isIn(uid, uids)) &&
          (!/\bUNSEEN\b/i.test(query) || !flags.has('\\Seen')) &&
          (from === null || at.getTime() >= from),
      )
      .map(({ uid }) => uid)
  }

  /** @returns false when the conversation ended in the middle */
  #fetch(message: ImapMessage, what: string): boolean {
    const at = this.#state.messages.indexOf(message) + 1
    const parts = [`UID ${message.uid}`]
    if (/RFC822\.SIZE/i.test(what)) parts.push(`RFC822.SIZE ${message.raw.length}`)
    if (/INTERNALDATE/i.test(what)) parts.push(`INTERNALDATE "${internalDate(message.at)}"`)
    if (/FLAGS/i.test(what)) parts.push(`FLAGS (${[...message.flags].join(' ')})`)
    if (!/BODY(\.PEEK)?\[\]/i.test(what)) {
      this.#say(`* ${at} FETCH (${parts.join(' ')})`)
      return true
    }
    this.#socket.write(`* ${at} FETCH (${parts.join(' ')} BODY[] {${message.raw.length}}\r\n`)
    if (this.#state.faults.dropFetches > 0) {
      this.#state.faults.dropFetches -= 1
      this.#socket.write(message.raw.subarray(0, message.raw.length / 2), () => this.#socket.destroy())
      return false
    }
    this.#socket.write(message.raw)
    this.#say(')')
    return true
  }

  #store(message: ImapMessage, what: string): void {
    const flags = /\(([^)]*)\)/.exec(what)?.[1]?.split(' ') ?? []
    for (const flag of flags) {
      if (what.startsWith('-')) message.flags.delete(flag)
      else message.flags.add(flag)
    }
    if (/SILENT/i.test(what)) return
    const at = this.#state.messages.indexOf(message) + 1
    this.#say(`* ${at} FETCH (UID ${message.uid} FLAGS (${[...message.flags].join(' ')}))`)
  }
}

function internalDate(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${two(at.getUTCDate())}-${months[at.getUTCMonth()]}-${at.getUTCFullYear()}`
  return `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`
}
