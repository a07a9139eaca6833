import type { AgentMessage } from '@helpdesk/core/api'
import { ArticleFromMessage } from '../articles/ArticleFromMessage.tsx'
import { MessageFiles } from '../attachments/MessageFiles.tsx'
import { sizeText } from '../attachments/words.ts'
import { errorCode, errorText } from '../client.ts'
import { EmailMark } from '../emails/EmailMark.tsx'
import { OriginalMark, ViewOriginal } from '../emails/OriginalMark.tsx'
import { Icon } from '../ui/Icon.tsx'
import { formatFull, formatMoment, formatTime } from '../ui/time.ts'
import { findLinks } from './entries.ts'
import type { Outgoing } from './outbox.ts'
import type { ReadMark } from './thread.ts'
import { changeText, emailText, words } from './words.ts'

interface EntryProps {
  message: AgentMessage
  agentId: string
  /** What the contact is called, for messages that came without a name. */
  contact: string
  /** What the author is to the contact when it is another user of the same client; `null` when it is not. */
  colleague: string | null
  first: boolean
  last: boolean
  seen: ReadMark | null
  /** It is the newest message of its e-mail. */
  lastOfEmail: boolean
}

/** One entry of a thread: a message, a note or, in small print, a change of state. */
export function ThreadEntry(props: EntryProps) {
  const { message, agentId, contact, colleague, first, last, seen, lastOfEmail } = props
  if (message.kind === 'event') return <StateChange message={message} agentId={agentId} />
  const { author, kind } = message
  const side = kind === 'note' ? 'note' : author.type === 'contact' ? 'theirs' : 'ours'
  const mine = author.type === 'agent' && author.id === agentId
  const name = author.name ?? (author.type === 'contact' ? contact : '')
  return (
    <li class={`entry ${side}${first ? ' first' : ''}`} data-message={message.id}>
      {first && (
        <p class="entry-head">
          <span class="entry-author">{name}</span>
          {mine && <span class="soft">({words.you})</span>}
          {colleague && <span class="soft">{colleague}</span>}
          <MessageTime at={message.createdAt} />
          <Via message={message} />
        </p>
      )}
      <div class="bubble" title={first ? undefined : formatFull(message.createdAt)}>
        {kind === 'note' && first && (
          <p class="note-mark">
            <Icon name="note" size={14} />
            {words.conversation.note}
            <span> · {words.conversation.noteOnly}</span>
          </p>
        )}
        {message.body && <MessageText text={message.body} />}
        <MessageFiles files={message.attachments} />
      </div>
      {side !== 'theirs' && <ArticleFromMessage message={message} />}
      {side === 'ours' && (
        <SmallPrint message={message} contact={contact} seen={seen} last={last} lastOfEmail={lastOfEmail} />
      )}
      {message.original && <ViewOriginal original={message.original} />}
    </li>
  )
}

/** The way a message came, when it was not the usual one. */
function Via({ message: { via, original } }: Pick<EntryProps, 'message'>) {
  if (original) return <OriginalMark original={original} />
  if (!via) return null
  return (
    <span class="entry-via soft">
      <Icon name={via === 'email' ? 'mail' : 'link'} size={12} />
      {words.conversation.via[via]}
    </span>
  )
}

function MessageTime({ at }: { at: string }) {
  return (
    <time class="numeric soft" dateTime={at} title={formatFull(at)}>
      {formatTime(at)}
    </time>
  )
}

/** Whether the contact has read it, and what became of the e-mail. */
function SmallPrint({
  message,
  contact,
  seen,
  last,
  lastOfEmail,
}: Pick<EntryProps, 'message' | 'contact' | 'seen' | 'last' | 'lastOfEmail'>) {
  const { email } = message
  if (!email && !seen) return null
  return (
    <p class={last ? 'entry-foot last' : 'entry-foot'}>
      {email && (
        <EmailMark
          email={email}
          text={emailText(email)}
          conversationId={message.conversationId}
          name={contact}
          mayResend={lastOfEmail}
        />
      )}
      {seen && (
        <span class="seen">
          <Icon name="eye" size={14} />
          {seen.at ? words.conversation.seenAt(seen.at) : words.conversation.seen}
        </span>
      )}
    </p>
  )
}

function StateChange({ message, agentId }: { message: AgentMessage; agentId: string }) {
  return (
    <li class="entry event" data-message={message.id}>
      <p>
        {changeText(message, agentId)} ·{' '}
        <time class="numeric" dateTime={message.createdAt} title={formatFull(message.createdAt)}>
          {formatMoment(message.createdAt)}
        </time>
      </p>
    </li>
  )
}

/** Plain text, as it was written; only addresses of pages can be clicked. */
function MessageText({ text }: { text: string }) {
  return (
    <p class="message-text" dir="auto">
      {findLinks(text).map((piece, index) =>
        piece.link ? (
          <a key={index} href={piece.text} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </p>
  )
}

interface OutgoingProps {
  item: Outgoing
  onRetry: () => void
  onDiscard: () => void
}

/** A message on its way; when it failed, with why and what to do. */
export function OutgoingEntry({ item, onRetry, onDiscard }: OutgoingProps) {
  const failed = item.state === 'failed'
  return (
    <li class={`entry first ${item.mode === 'note' ? 'note' : 'ours'} ${item.state}`}>
      <div class="bubble">
        {item.body && <MessageText text={item.body} />}
        {item.files.length > 0 && (
          <ul class="files">
            {item.files.map((file) => (
              <li key={file.key} class="file-card">
                <Icon name="file" />
                <span class="ellipsis">{file.name}</span>
                <span class="soft numeric">{sizeText(file.bytes)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {failed ? (
        <p class="entry-foot failed" role="alert">
          <span>
            <Icon name="warning" size={14} />
            {item.error
              ? `${words.conversation.notSent} ${reason(item.error)}`
              : words.conversation.notConfirmed}
          </span>
          <button type="button" class="link-button" onClick={onRetry}>
            {words.conversation.retry}
          </button>
          <button type="button" class="link-button" onClick={onDiscard}>
            {words.conversation.discard}
          </button>
        </p>
      ) : (
        <p class="entry-foot">{words.conversation.sending}</p>
      )}
    </li>
  )
}

function reason(error: unknown): string {
  const code = errorCode(error)
  return code === 'unexpected' || code === 'aborted' ? '' : errorText(error)
}
