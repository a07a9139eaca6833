import type { ImapServer } from '../../../../test/support/imap.ts'
import type { TestDesk } from '../testing.ts'
import type { ReaderTiming } from './reader.ts'

const pollMs = 111_111
const patienceMs = 22_222

/** Pauses that end when a test says so, or the reader that makes them. */
export function testTiming() {
  const backOffs: number[] = []
  const waiting = new Set<{ ms: number; end: () => void }>()
  const endAll = (matches: (ms: number) => boolean) => {
    for (const one of [...waiting]) if (matches(one.ms)) one.end()
  }
  const timing: ReaderTiming = {
    pollMs,
    patienceMs,
    pause: (ms, signal) =>
      new Promise((resolve) => {
        if (ms !== pollMs && ms !== patienceMs) backOffs.push(ms)
        const one = {
          ms,
          end: () => {
            waiting.delete(one)
            resolve()
          },
        }
        waiting.add(one)
        if (signal.aborted) one.end()
        signal.addEventListener('abort', one.end, { once: true })
      }),
  }
  return {
    timing,
    /** The pauses after failures, in milliseconds. */
    backOffs,
    /** Ends the pause after a failure. */
    tryAgain: () => endAll((ms) => ms !== pollMs && ms !== patienceMs),
    /** It is time to look although the server said nothing. */
    poll: () => endAll((ms) => ms === pollMs),
    /** Whether a reader waits for news. */
    isWaiting: () => [...waiting].some(({ ms }) => ms === pollMs),
  }
}

type Login = Pick<ImapServer, 'user' | 'password' | 'port'>

/** Gives a desk the mailbox of a test's server. */
export async function useMailbox(desk: TestDesk, server: Login, change: object = {}): Promise<void> {
  const { user, password, port } = server
  const imap = { host: '127.0.0.1', port, security: 'none', user, password, ...change }
  const { status, body } = await desk.asOwner({
    method: 'PATCH',
    url: `/api/desks/${desk.deskId}/email-settings`,
    payload: { imap },
  })
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
}

/** The subjects of what was taken in, in that order. */
export async function takenSubjects(desk: TestDesk): Promise<string[]> {
  const text = 'select subject from helpdesk.emails order by xmin::text::bigint'
  const rows = await desk.handle.deps.db.run<{ subject: string }>({ name: 'test_subjects', text }, [])
  return rows.map(({ subject }) => subject)
}

/** An e-mail as it travels. */
export const letter = (subject: string, body = 'Hello') =>
  [
    'From: Vera <vera@visitor.example>',
    'To: support@shop.example',
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(/\W/g, '-')}@visitor.example>`,
    'Date: Sat, 21 Nov 2026 12:00:00 +0000',
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
    '',
  ].join('\r\n')
