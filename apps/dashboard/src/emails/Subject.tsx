import type { Email } from '@helpdesk/core/api'
import { words } from './words.ts'

/** The subject of an e-mail in the direction of its own script; the number in it stays in one piece. */
export function Subject({ of: { subject, conversation } }: { of: Pick<Email, 'subject' | 'conversation'> }) {
  if (!subject) return <>{words.received.noSubject}</>
  const pieces = conversation ? subject.split(conversation.number) : [subject]
  return (
    <bdi>
      {pieces.map((piece, index) => (
        <span key={index}>
          {index > 0 && <span class="numeric">{conversation?.number}</span>}
          {piece}
        </span>
      ))}
    </bdi>
  )
}
