import { useState } from 'preact/hooks'
import { errorText } from '../client.ts'
import { mayAnswer } from '../conversations/actions.ts'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { Segments } from '../ui/Segments.tsx'
import { announce, say } from '../ui/toasts.ts'
import type { ArticleWork } from './article-work.ts'
import { words } from './editor-words.ts'
import { stateOf } from './filter.ts'
import { articleUrl } from './places.ts'
import type { TextDraft } from './text-draft.ts'

/** What of the text is shown: itself, what readers will see, or both. */
export type View = 'write' | 'both' | 'preview'

const views: readonly View[] = ['write', 'both', 'preview']

interface HeaderProps {
  work: ArticleWork
  /** The text that is shown; none when the article is not yet in that language. */
  draft: TextDraft | undefined
  view: View
  details: boolean
  onView: (view: View) => void
  onDetails: () => void
}

/** Above the editor: how the text stands, and what is done with it. */
export function EditorHeader({ work, draft, view, details, onView, onDetails }: HeaderProps) {
  const desk = useDesk()
  const may = mayAnswer(desk.settings.value?.role)
  return (
    <header class="editor-header">
      <a
        class="button quiet icon"
        href={href({ page: 'articles', deskId: desk.id })}
        aria-label={words.back}
        title={words.back}
      >
        <Icon name="back" />
      </a>
      <h1 class="hidden-visually">{draft?.title.value || words.title}</h1>
      {draft && <StateMark draft={draft} />}
      {draft && may && <SaveMark draft={draft} />}
      <div class="editor-actions">
        {draft && may && (
          <Segments
            label={words.view.label}
            value={view}
            onChange={onView}
            options={views.map((value) => ({ value, label: words.view[value] }))}
          />
        )}
        {draft && <PageLink work={work} draft={draft} />}
        <button
          type="button"
          class="button quiet icon"
          aria-pressed={details}
          aria-label={words.details.toggle}
          title={words.details.toggle}
          onClick={onDetails}
        >
          <Icon name="details" />
        </button>
        {draft && may && <PublishButton draft={draft} />}
      </div>
    </header>
  )
}

function StateMark({ draft }: { draft: TextDraft }) {
  const { saved, dirty } = draft
  const state = stateOf(saved.value)
  const shown = state === 'published' && dirty.value ? 'changed' : state
  return <span class={`article-state ${shown}`}>{words.states[shown]}</span>
}

function SaveMark({ draft }: { draft: TextDraft }) {
  const state = draft.state.value
  const bad = ['failed', 'conflict', 'untitled'].includes(state)
  const text = {
    saved: words.save.savedAt(draft.saved.value.updatedAt),
    unsaved: words.save.unsaved,
    saving: words.save.saving,
    failed: words.save.failed(draft.error.value === null ? '' : errorText(draft.error.value)),
    conflict: words.save.conflict,
    untitled: words.save.untitled,
  }[state]
  return (
    <span class={bad ? 'save-mark danger' : 'save-mark soft'} title={words.save.hint}>
      {/* What goes well need not be heard every time. */}
      <span role={bad ? 'alert' : undefined}>{text}</span>
      {state === 'failed' && (
        <button type="button" class="link-button" onClick={() => void draft.save()}>
          {words.save.again}
        </button>
      )}
    </span>
  )
}

function PageLink({ work, draft }: { work: ArticleWork; draft: TextDraft }) {
  const desk = useDesk()
  const { state, slug } = draft.saved.value
  if (state !== 'published' || work.placement.value.internal) return null
  return (
    <a
      class="button quiet icon"
      href={articleUrl(desk.id, draft.locale, slug)}
      target="_blank"
      rel="noopener"
      aria-label={words.open}
      title={words.open}
    >
      <Icon name="external" />
    </a>
  )
}

function PublishButton({ draft }: { draft: TextDraft }) {
  const [busy, setBusy] = useState(false)
  const { state, changed } = draft.saved.value
  const published = state === 'published'
  const nothing = published && !changed && !draft.dirty.value
  const stuck = draft.state.value === 'conflict' || draft.state.value === 'untitled'
  const publish = async () => {
    setBusy(true)
    try {
      await draft.publish()
      // Nothing was published when it could not be saved; the mark beside says why.
      if (draft.state.peek() === 'saved') {
        say(published ? words.publishedAgain : words.published(draft.title.peek()))
      }
    } catch (error) {
      say(words.notPublished(errorText(error)), { tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }
  if (nothing) {
    return (
      <span class="published-now">
        <Icon name="check" />
        {words.publishedNow}
      </span>
    )
  }
  return (
    <button
      type="button"
      class="button primary"
      disabled={busy || stuck}
      onClick={() => {
        announce(words.save.saving)
        void publish()
      }}
    >
      {published ? words.publishChanges : words.publish}
    </button>
  )
}
