import type { Email, EmailDetail } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { sizeText } from '../attachments/words.ts'
import { client } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { type Answer, useAnswer } from '../ui/answer.ts'
import { Fact } from '../ui/Fact.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Segments } from '../ui/Segments.tsx'
import { formatFull } from '../ui/time.ts'
import { words as uiWords } from '../ui/words.ts'
import { HeldActions, isOpen } from './HeldActions.tsx'
import { OriginalFrame } from './OriginalFrame.tsx'
import { receivedIcons } from './ReceivedRow.tsx'
import { receivedWhy, words } from './words.ts'

const w = words.email

/** An e-mail that came in, whole. */
export function useEmail(id: string): Answer<EmailDetail> {
  const desk = useDesk()
  return useAnswer(`${desk.id}/email/${id}`, () => client.emails.get(desk.id, id))
}

interface ViewProps {
  answer: Answer<EmailDetail>
  onDecided?: () => void
}

/** An e-mail as it came: who sent it, what became of it, its text, its original and its header fields. */
export function EmailView({ answer, onDecided }: ViewProps) {
  const email = answer.value
  if (answer.error !== null) {
    return <Failure error={answer.error} text={w.failed} onRetry={answer.reload} />
  }
  if (!email) return <p class="soft">{uiWords.loading}</p>
  const decided = () => {
    answer.reload()
    onDecided?.()
  }
  return (
    <article class="email" aria-label={w.label}>
      <State email={email} />
      {isOpen(email) && <HeldActions email={email} onDecided={decided} />}
      <Facts email={email} />
      <Body email={email} />
      {email.attachments.length > 0 && <Attachments files={email.attachments} />}
    </article>
  )
}

const tones = { held: 'warm', failed: 'danger', taken: 'good' } as const

function State({ email }: { email: Email }) {
  const { state } = email
  const tone = state in tones ? tones[state as keyof typeof tones] : ''
  return (
    <p class={`notice ${tone}`}>
      <Icon name={receivedIcons[state]} />
      <span>
        <strong>{words.received.states[state]}.</strong> {receivedWhy(email)}
      </span>
    </p>
  )
}

function Facts({ email }: { email: EmailDetail }) {
  const desk = useDesk()
  const { from, to, receivedAt, source, conversation, bytes } = email
  return (
    <dl class="facts email-facts">
      <Fact name={w.from}>
        {from.name && <bdi>{from.name}</bdi>}
        <span class={from.name ? 'soft' : undefined}>{from.address ?? words.received.unknownSender}</span>
      </Fact>
      {to.length > 0 && (
        <Fact name={w.to}>
          <Recipients to={to} />
        </Fact>
      )}
      <Fact name={w.at}>{formatFull(receivedAt)}</Fact>
      <Fact name={w.by}>
        {words.received.sources[source]} · {sizeText(bytes)}
      </Fact>
      {conversation && (
        <Fact name={w.conversation}>
          <a
            class="numeric"
            href={href({ page: 'messages', deskId: desk.id, view: 'all', conversationId: conversation.id })}
          >
            #{conversation.number}
          </a>
        </Fact>
      )}
    </dl>
  )
}

const mostRecipients = 6

/** Some of those it was sent to; all of them on demand. */
function Recipients({ to }: Pick<EmailDetail, 'to'>) {
  const [all, setAll] = useState(to.length <= mostRecipients)
  return (
    <span>
      {(all ? to : to.slice(0, mostRecipients)).join(', ')}
      {!all && (
        <>
          {' '}
          <button type="button" class="link-button" onClick={() => setAll(true)}>
            {w.moreTo(to.length - mostRecipients)}
          </button>
        </>
      )}
    </span>
  )
}

type View = keyof typeof w.views

function Body({ email }: { email: EmailDetail }) {
  const desk = useDesk()
  const [view, setView] = useState<View>('text')
  const views = (Object.keys(w.views) as View[]).filter((one) => one !== 'html' || email.html !== null)
  return (
    <section class="email-body" aria-label={w.show}>
      <div class="email-tools">
        <Segments
          label={w.show}
          options={views.map((value) => ({ value, label: w.views[value] }))}
          value={view}
          onChange={setView}
        />
        <a class="button outline small" href={client.emails.rawUrl(desk.id, email.id)} download>
          <Icon name="download" size={14} />
          {w.download}
        </a>
      </div>
      {view === 'text' && <Texts email={email} />}
      {view === 'html' && <OriginalFrame html={email.html ?? ''} />}
      {view === 'headers' && <Headers headers={email.headers} />}
    </section>
  )
}

/** What became the message, and what was cut away with it. */
function Texts({ email: { text, reply } }: { email: EmailDetail }) {
  const isCut = reply.trim() !== '' && reply.trim() !== text.trim()
  if (text.trim() === '' && !isCut) return <p class="soft">{w.noText}</p>
  return (
    <>
      {isCut && (
        <div class="email-reply">
          <h2>{w.taken}</h2>
          <p class="email-text" dir="auto">
            {reply}
          </p>
        </div>
      )}
      {isCut && <h2 class="email-part">{w.whole}</h2>}
      <p class={isCut ? 'email-text soft' : 'email-text'} dir="auto">
        {text}
      </p>
    </>
  )
}

function Headers({ headers }: Pick<EmailDetail, 'headers'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="email-headers" aria-label={w.headers} tabIndex={0}>
      <dl>
        {headers.map(({ name, value }, index) => (
          <div key={index}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Attachments({ files }: { files: EmailDetail['attachments'] }) {
  return (
    <section class="email-files" aria-label={w.attachments}>
      <h2>{w.attachments}</h2>
      <ul class="files">
        {files.map((file, index) => (
          <li key={index} class="file-card">
            <Icon name="file" />
            <span class="ellipsis" title={file.name}>
              {file.name}
            </span>
            <span class="soft numeric">{sizeText(file.bytes)}</span>
          </li>
        ))}
      </ul>
      <p class="soft">{w.inEml}</p>
    </section>
  )
}
