import type { Locale } from '@helpdesk/core'
import type { ArticleDetail } from '@helpdesk/core/api'
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks'
import { client, errorCode, errorText } from '../client.ts'
import { mayAnswer } from '../conversations/actions.ts'
import { useDesk } from '../desks/open-desk.ts'
import { holdBack, href } from '../router.ts'
import { useAnswer } from '../ui/answer.ts'
import { Icon } from '../ui/Icon.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import { remember, remembered } from '../ui/storage.ts'
import { words as uiWords } from '../ui/words.ts'
import { ArticleDetails } from './ArticleDetails.tsx'
import { type ArticleWork, openArticle } from './article-work.ts'
import { ConflictNotice } from './ConflictNotice.tsx'
import { EditorHeader, type View } from './EditorHeader.tsx'
import { words } from './editor-words.ts'
import { LanguageTabs } from './LanguageTabs.tsx'
import { MarkdownField } from './MarkdownField.tsx'
import { NewLanguage } from './NewLanguage.tsx'
import { Preview } from './Preview.tsx'
import { TitleField } from './TitleField.tsx'
import type { TextDraft } from './text-draft.ts'

/** From these widths of the window on, the preview and the details are shown without being asked for. */
const [roomForTwo, roomForAll] = [900, 1440]
/** In a narrower window the details lie over the text. */
const roomBeside = 1200

interface EditorProps {
  id: string
  locale: Locale | undefined
}

/** One article, to be written. */
export function ArticleEditor({ id, locale }: EditorProps) {
  const desk = useDesk()
  const answer = useAnswer(`${desk.id}/${id}`, () => client.articles.get(desk.id, id))
  if (answer.value) return <Loaded article={answer.value} locale={locale} />
  return (
    <main class="page editor" id="content" tabIndex={-1} aria-busy={answer.loading}>
      {answer.error !== null && <Unshown error={answer.error} onRetry={answer.reload} />}
    </main>
  )
}

function Unshown({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const desk = useDesk()
  const missing = ['not_found', 'validation_failed'].includes(errorCode(error))
  return (
    <div class="empty" role="alert">
      <h1>{missing ? words.missing : words.failed}</h1>
      <p>{missing ? words.missingText : errorText(error)}</p>
      {missing ? (
        <a class="button outline" href={href({ page: 'articles', deskId: desk.id })}>
          {words.back}
        </a>
      ) : (
        <button type="button" class="button outline" onClick={onRetry}>
          <Icon name="retry" />
          {uiWords.tryAgain}
        </button>
      )}
    </div>
  )
}

function useWork(article: ArticleDetail): ArticleWork {
  const desk = useDesk()
  const work = useMemo(() => openArticle(desk, article), [desk, article.id])
  useLayoutEffect(() => {
    const stuck = () =>
      work.drafts.peek().some((draft) => ['failed', 'conflict', 'untitled'].includes(draft.state.peek()))
    const release = holdBack(stuck)
    // Within the dashboard what is left is saved on the way out; a closed tab cannot wait for that.
    const onUnload = (event: BeforeUnloadEvent) => {
      const left = work.drafts.peek().filter((draft) => draft.dirty.peek())
      for (const draft of left) void draft.save()
      if (left.length > 0) event.preventDefault()
    }
    addEventListener('beforeunload', onUnload)
    return () => {
      release()
      removeEventListener('beforeunload', onUnload)
      work.close()
    }
  }, [work])
  return work
}

function Loaded({ article, locale }: { article: ArticleDetail; locale: Locale | undefined }) {
  const desk = useDesk()
  const work = useWork(article)
  const { locale: own = 'en', role } = desk.settings.value ?? {}
  const may = mayAnswer(role)
  const [details, showDetails] = useState(
    () => innerWidth >= roomBeside && (remembered<boolean>('article-details') ?? innerWidth >= roomForAll),
  )
  const drafts = work.drafts.value
  const shown = locale ?? drafts.find((one) => one.locale === own)?.locale ?? drafts[0]?.locale ?? own
  const draft = drafts.find((one) => one.locale === shown)
  const [chosen, setView] = useState<View>(innerWidth >= roomForTwo ? 'both' : 'write')
  const view = may ? chosen : 'preview'
  const toggle = () => {
    showDetails(!details)
    if (innerWidth >= roomBeside) remember('article-details', !details)
  }
  const covered = details && innerWidth < roomBeside
  useShortcuts({
    'mod+s': () => {
      if (may) void draft?.save()
    },
    Escape: () => (covered ? toggle() : false),
  })
  // Everything was deleted: the list is already on its way.
  if (drafts.length === 0) return <main class="page editor" id="content" tabIndex={-1} />
  return (
    <main class={details ? 'page editor with-details' : 'page editor'} id="content" tabIndex={-1}>
      <EditorHeader
        work={work}
        draft={draft}
        view={view}
        details={details}
        onView={setView}
        onDetails={toggle}
      />
      <LanguageTabs work={work} shown={shown} />
      {draft ? (
        <Writing key={shown} draft={draft} view={view} may={may} covered={covered} />
      ) : (
        <NewLanguage key={shown} work={work} locale={shown} own={own} />
      )}
      {details && <ArticleDetails key={shown} work={work} draft={draft} over={covered} onClose={toggle} />}
    </main>
  )
}

interface WritingProps {
  draft: TextDraft
  view: View
  may: boolean
  /** Whether the details lie over it. */
  covered: boolean
}

function Writing({ draft, view, may, covered }: WritingProps) {
  const [scrolled, setScrolled] = useState(0)
  useEffect(() => {
    // A title that came with the article is read first; an empty text waits to be written.
    const field = document.querySelector<HTMLElement>('.editor .markdown-text')
    if (may && draft.markdown.peek() === '') field?.focus()
  }, [draft])
  return (
    <section class={`writing ${view}`} inert={covered} aria-label={draft.title.value || words.title}>
      {draft.theirs.value && <ConflictNotice draft={draft} theirs={draft.theirs.value} />}
      {!may && (
        <p class="notice">
          <Icon name="eye" />
          {words.viewer}
        </p>
      )}
      <div class="writing-columns">
        {view !== 'preview' && (
          <div class="writing-text">
            <TitleField draft={draft} />
            <MarkdownField draft={draft} onScrolled={setScrolled} />
          </div>
        )}
        {view !== 'write' && <Preview draft={draft} scrolled={view === 'both' ? scrolled : undefined} />}
      </div>
    </section>
  )
}
