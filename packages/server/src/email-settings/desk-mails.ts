import type { DkimKey, Mail, MailAdapter } from '../adapters/mail.ts'

/** What a desk sends with. */
export interface DeskMail {
  adapter: MailAdapter
  /** `name` null: the desk's name. */
  sender: { name: string | null; address: string }
  /** To which mailbox answers come, with a token after a plus; null when no e-mail comes in. */
  replyMailbox: string | null
}

/** What desks send with, for a few seconds, and their connections for as long as they are used. */
export interface DeskMails {
  get(deskId: string): DeskMail | undefined
  set(deskId: string, mail: DeskMail): void
  /** Forgets what a desk sends with, or what all of them do; connections stay until other settings come. */
  forget(deskId?: string): void
  /**
   * The desk's own way of sending. Connections of other settings end when the mail that they carry is sent.
   * @param version says which settings they are: another one opens anew
   */
  adapterOf(deskId: string, version: string, open: () => MailAdapter): MailAdapter
  /** Closes connections that have carried nothing for a while. */
  closeIdle(): Promise<void>
  close(): Promise<void>
}

const ttlMs = 5_000
const idleMs = 5 * 60_000
const lookEveryMs = 60_000
const most = 10_000

/** Nothing known and nothing open. @param clock milliseconds of a steady clock */
export function createDeskMails(clock: () => number = () => performance.now()): DeskMails {
  const known = new Map<string, { mail: DeskMail; until: number }>()
  const open = new Map<string, { version: string; line: MailLine }>()
  const closeIdle = async () => {
    const before = clock() - idleMs
    const idle = [...open].filter(([, { line }]) => line.isIdleSince(before))
    for (const [deskId] of idle) open.delete(deskId)
    await Promise.all(idle.map(([, { line }]) => line.closeWhenIdle()))
  }
  const timer = setInterval(() => void closeIdle(), lookEveryMs)
  timer.unref()
  return {
    get(deskId) {
      const entry = known.get(deskId)
      return entry && entry.until > clock() ? entry.mail : undefined
    },
    set(deskId, mail) {
      if (known.size >= most) known.clear()
      known.set(deskId, { mail, until: clock() + ttlMs })
    },
    forget(deskId) {
      if (deskId === undefined) known.clear()
      else known.delete(deskId)
    },
    adapterOf(deskId, version, make) {
      const current = open.get(deskId)
      if (current?.version === version) return current.line.adapter
      void current?.line.closeWhenIdle()
      const line = mailLine(make, clock)
      open.set(deskId, { version, line })
      return line.adapter
    },
    closeIdle,
    async close() {
      clearInterval(timer)
      known.clear()
      const lines = [...open.values()]
      open.clear()
      await Promise.all(lines.map(({ line }) => line.close()))
    },
  }
}

interface MailLine {
  adapter: MailAdapter
  isIdleSince(moment: number): boolean
  closeWhenIdle(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens with the first mail, and again when somebody who still holds it sends after it was closed: who took it a moment
 * ago must not fail because settings changed meanwhile.
 */
function mailLine(open: () => MailAdapter, clock: () => number): MailLine {
  let inner: MailAdapter | null = null
  let sending = 0
  let lastUsed = clock()
  let isRetired = false
  const close = async () => {
    const closing = inner
    inner = null
    await closing?.close?.()
  }
  const carry = async (mail: Mail, key?: DkimKey): Promise<void> => {
    sending += 1
    try {
      inner ??= open()
      const adapter = key ? (inner.signing?.(key) ?? inner) : inner
      await adapter.send(mail)
    } finally {
      sending -= 1
      lastUsed = clock()
      if (isRetired && sending === 0) await close()
    }
  }
  return {
    adapter: { send: (mail) => carry(mail), signing: (key) => ({ send: (mail) => carry(mail, key) }) },
    isIdleSince: (moment) => sending === 0 && lastUsed <= moment,
    async closeWhenIdle() {
      isRetired = true
      if (sending === 0) await close()
    },
    close,
  }
}
