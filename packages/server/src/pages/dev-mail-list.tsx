import { replyDelimiter } from '@helpdesk/core'
import type { KeptMailLine } from '../adapters/kept-mail.ts'
import { type Fate, fateName } from './dev-mail-fate.ts'
import { Direction, devMailPage, Moment, mailbox } from './dev-mail-layout.tsx'
import { threadsOf } from './dev-mail-threads.ts'

type Fates = ReadonlyMap<string, Fate>

/** Recipients that have a button of their own; who got none lately is found in the mails. */
const recipientsShown = 12

/** The list of mails in threads. @param options `to`: only mails to or from this address; `canWrite`: desks take mails in */
export function renderMailList(
  lines: readonly KeptMailLine[],
  fates: Fates,
  options: { to: string | null; canWrite: boolean },
): string {
  const { to, canWrite } = options
  const shown = to === null ? lines : lines.filter((line) => personOf(line) === to)
  return devMailPage(
    'Mail',
    <>
      <div class="head">
        <div>
          <h1>Mail</h1>
          <p class="soft">Nothing is sent from here: the newest 200 e-mails are kept.</p>
        </div>
        <div class="actions">
          <div data-live="delete">{lines.length > 0 && <DeleteAll count={lines.length} />}</div>
          {canWrite && <NewMail />}
        </div>
      </div>
      <div data-live="mails">
        <Recipients lines={lines} to={to} />
        {shown.length === 0 ? (
          <Empty canWrite={canWrite} />
        ) : (
          <ul class="mails card" aria-label="E-mails">
            {threadsOf(shown).map((thread) => (
              <Thread key={thread[0]?.id} thread={thread} fates={fates} />
            ))}
          </ul>
        )}
      </div>
    </>,
    true,
  )
}

/** Whose mailbox a mail belongs to: who got it, or who wrote it to the desk. */
const personOf = ({ from, to, takenInAs }: KeptMailLine) => (takenInAs ? from : to).address.toLowerCase()

const NewMail = () => (
  <a class="button primary" href="mail/new">
    New e-mail to the desk
  </a>
)

function DeleteAll({ count }: { count: number }) {
  return (
    <details>
      <summary class="button">Delete all…</summary>
      <form class="sure" method="post" action="mail/delete">
        <p>
          {count === 1 ? 'The e-mail is' : `All ${count} e-mails are`} forgotten here. Conversations stay.
        </p>
        <button class="button danger" type="submit">
          Delete all
        </button>
      </form>
    </details>
  )
}

function Recipients({ lines, to }: { lines: readonly KeptMailLine[]; to: string | null }) {
  const people = [...new Set(lines.map(personOf))]
  const shown = people.slice(0, recipientsShown)
  if (to !== null && !shown.includes(to)) shown.push(to)
  if (people.length < 2 && to === null) return null
  return (
    <nav class="chips" aria-label="Whose mailbox">
      <a href="mail" {...(to === null ? { 'aria-current': 'page' } : {})}>
        Everybody
      </a>
      {shown.map((address) => (
        <a
          key={address}
          href={`mail?to=${encodeURIComponent(address)}`}
          {...(to === address ? { 'aria-current': 'page' } : {})}
        >
          <bdi>{address}</bdi>
        </a>
      ))}
    </nav>
  )
}

function Empty({ canWrite }: { canWrite: boolean }) {
  return (
    <div class="card empty">
      <Direction way="out" size={36} />
      <h2>No mail yet</h2>
      <p>
        Write to the team in the widget with an e-mail address, answer in the dashboard and leave the answer
        unread: a minute later its e-mail is here.{canWrite && ' Or write to the desk by e-mail.'}
      </p>
    </div>
  )
}

function Thread({ thread, fates }: { thread: KeptMailLine[]; fates: Fates }) {
  const [newest, ...older] = thread
  if (!newest) return null
  return (
    <li>
      <Line line={newest} fates={fates} href={`mail/${newest.id}`} withSubject />
      {older.length > 0 && <Lines lines={older} fates={fates} root="mail" />}
    </li>
  )
}

/** Mails of one thread, without the subject that they share. */
export function Lines({
  lines,
  fates,
  root,
}: {
  lines: readonly KeptMailLine[]
  fates: Fates
  root: string
}) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line.id}>
          <Line line={line} fates={fates} href={`${root}/${line.id}`} />
        </li>
      ))}
    </ul>
  )
}

interface LineProps {
  line: KeptMailLine
  fates: Fates
  href: string
  withSubject?: boolean
}

function Line({ line, fates, href, withSubject = false }: LineProps) {
  const { takenInAs, from, to, subject, createdAt } = line
  const fate = takenInAs ? fates.get(takenInAs.emailId) : undefined
  return (
    <a href={href}>
      <Direction way={takenInAs ? 'in' : 'out'} />
      <span class="who">
        <bdi>{takenInAs ? `From ${mailbox(from)}` : `To ${mailbox(to)}`}</bdi>
        {fate && <span class={`badge ${fate.state}`}>{fateName(fate)}</span>}
      </span>
      <Moment at={createdAt} />
      <span class="begin">
        {withSubject && (
          <>
            <b>
              <bdi>{subject === '' ? '(no subject)' : subject}</bdi>
            </b>{' '}
          </>
        )}
        <bdi>{beginOf(line)}</bdi>
      </span>
    </a>
  )
}

/** The first words, without the line above which answers are written. */
function beginOf({ begin }: KeptMailLine): string {
  const words = begin.replace(replyDelimiter, '').replace(/\s+/g, ' ').trim()
  return words.slice(0, 160)
}
