import { client, errorText } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { useAnswer } from '../ui/answer.ts'
import { formatDate, formatFull } from '../ui/time.ts'
import { words } from './editor-words.ts'
import type { TextDraft } from './text-draft.ts'

const w = words.details

/** What readers said of an article in a language. */
export function Readers({ articleId, draft }: { articleId: string; draft: TextDraft }) {
  const { yes, no } = draft.saved.value.feedback
  const all = yes + no
  return (
    <section class="article-part">
      <h3>{w.readers}</h3>
      {all === 0 ? (
        <p class="soft">{w.nobody}</p>
      ) : (
        <>
          <p>{w.helpful(yes, all)}</p>
          <div class="helpful-bar" aria-hidden="true">
            <i style={{ width: `${(yes / all) * 100}%` }} />
          </div>
          <Comments articleId={articleId} draft={draft} />
        </>
      )}
    </section>
  )
}

function Comments({ articleId, draft }: { articleId: string; draft: TextDraft }) {
  const desk = useDesk()
  const answer = useAnswer(`${desk.id}/${articleId}/comments`, () =>
    client.articles.comments(desk.id, articleId),
  )
  if (answer.error !== null) {
    return (
      <p class="soft">
        {w.commentsFailed} {errorText(answer.error)}
      </p>
    )
  }
  const own = (answer.value?.comments ?? []).filter(({ locale }) => locale === draft.locale)
  if (own.length === 0) return null
  return (
    <details class="comments">
      <summary>
        {w.comments} ({own.length})
      </summary>
      <ul>
        {own.map(({ helpful, comment, at }, index) => (
          <li key={index}>
            <p>{comment}</p>
            <p class="soft" title={formatFull(at)}>
              {helpful ? w.helped : w.notHelped} · {formatDate(at)}
            </p>
          </li>
        ))}
      </ul>
    </details>
  )
}
