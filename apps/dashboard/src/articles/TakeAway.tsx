import { useState } from 'preact/hooks'
import { useDesk } from '../desks/open-desk.ts'
import { languages } from '../desks/words.ts'
import { navigate } from '../router.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Icon } from '../ui/Icon.tsx'
import { say } from '../ui/toasts.ts'
import type { ArticleWork } from './article-work.ts'
import { words } from './editor-words.ts'
import type { TextDraft } from './text-draft.ts'

const w = words.details

interface TakeAwayProps {
  work: ArticleWork
  draft: TextDraft | undefined
  mayDelete: boolean
}

/** Unpublish a language, delete it, or delete the article: each after a question. */
export function TakeAway({ work, draft, mayDelete }: TakeAwayProps) {
  const [asked, setAsked] = useState<'unpublish' | 'text' | 'article' | null>(null)
  const close = () => setAsked(null)
  const published = draft?.saved.value.state === 'published'
  if (!published && !mayDelete) return null
  const language = draft ? languages[draft.locale] : ''
  return (
    <section class="article-part">
      <h3>{w.danger}</h3>
      <div class="take-away">
        {published && (
          <button type="button" class="button outline" onClick={() => setAsked('unpublish')}>
            <Icon name="eyeOff" />
            {words.unpublish}
          </button>
        )}
        {mayDelete && draft && work.drafts.value.length > 1 && (
          <button type="button" class="button outline" onClick={() => setAsked('text')}>
            <Icon name="trash" />
            {w.removeText(language)}
          </button>
        )}
        {mayDelete && (
          <button type="button" class="button danger" onClick={() => setAsked('article')}>
            <Icon name="trash" />
            {w.remove}
          </button>
        )}
      </div>
      {asked === 'unpublish' && draft && (
        <Confirm
          title={words.unpublishTitle}
          text={words.unpublishText}
          action={words.unpublish}
          onClose={close}
          onConfirm={async () => {
            await draft.unpublish()
            say(words.unpublished)
          }}
        />
      )}
      {asked === 'text' && draft && <RemoveText work={work} draft={draft} onClose={close} />}
      {asked === 'article' && <RemoveArticle work={work} draft={draft} onClose={close} />}
    </section>
  )
}

interface AskProps {
  work: ArticleWork
  draft: TextDraft | undefined
  onClose: () => void
}

function RemoveText({ work, draft, onClose }: AskProps & { draft: TextDraft }) {
  const desk = useDesk()
  const language = languages[draft.locale]
  return (
    <Confirm
      title={w.removeTextTitle(language)}
      text={w.removeTextText}
      action={w.removeText(language)}
      danger
      onClose={onClose}
      onConfirm={async () => {
        await work.removeLanguage(draft.locale)
        say(w.removedText(language))
        const [left] = work.drafts.peek()
        const place = { page: 'articles', deskId: desk.id, item: work.id } as const
        navigate({ ...place, ...(left ? { locale: left.locale } : {}) }, { replace: true })
      }}
    />
  )
}

function RemoveArticle({ work, draft, onClose }: AskProps) {
  const desk = useDesk()
  const title = (draft ?? work.drafts.value[0])?.title.value ?? ''
  return (
    <Confirm
      title={w.removeTitle(title)}
      text={w.removeAllText}
      action={w.remove}
      danger
      onClose={onClose}
      onConfirm={async () => {
        await work.remove()
        say(w.removed(title))
        navigate({ page: 'articles', deskId: desk.id }, { evenIfUnsaved: true })
      }}
    />
  )
}
