import { limits, localized, slugPattern } from '@helpdesk/core'
import { useEffect, useRef, useState } from 'preact/hooks'
import { errorText, fieldProblems } from '../client.ts'
import { mayAnswer } from '../conversations/actions.ts'
import { mayChange } from '../desks/MessagingSwitch.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Switch } from '../ui/Switch.tsx'
import { say } from '../ui/toasts.ts'
import { words as uiWords } from '../ui/words.ts'
import type { ArticleWork } from './article-work.ts'
import { words } from './editor-words.ts'
import { History } from './History.tsx'
import { libraryOf } from './library.ts'
import { articleUrl } from './places.ts'
import { Readers } from './Readers.tsx'
import { TakeAway } from './TakeAway.tsx'
import type { TextDraft } from './text-draft.ts'

const w = words.details

interface DetailsProps {
  work: ArticleWork
  draft: TextDraft | undefined
  /** Lies over the text instead of beside it. */
  over: boolean
  onClose: () => void
}

/** Beside the editor: where the article stands, who sees it, its address, its readers, its history. */
export function ArticleDetails({ work, draft, over, onClose }: DetailsProps) {
  const desk = useDesk()
  const close = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (over) close.current?.focus()
  }, [over])
  const { role } = desk.settings.value ?? {}
  return (
    <aside class="article-details" aria-label={w.label}>
      <header class="article-details-head">
        <h2>{w.toggle}</h2>
        <button
          ref={close}
          type="button"
          class="button quiet icon"
          aria-label={uiWords.close}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <fieldset class="bare article-details-fields" disabled={!mayAnswer(role)}>
        <PlacementFields work={work} />
        {draft && <Address key={draft.saved.value.slug} draft={draft} />}
      </fieldset>
      {draft && <Readers articleId={work.id} draft={draft} />}
      {draft && <HistoryPart articleId={work.id} draft={draft} />}
      {mayAnswer(role) && <TakeAway work={work} draft={draft} mayDelete={mayChange(role)} />}
    </aside>
  )
}

function PlacementFields({ work }: { work: ArticleWork }) {
  const desk = useDesk()
  const library = libraryOf(desk)
  const own = desk.settings.value?.locale ?? 'en'
  const { collectionId, featured, internal } = work.placement.value
  useEffect(() => {
    if (library.collections.peek() === null) void library.load()
  }, [library])
  return (
    <>
      <Field label={w.collection}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={collectionId ?? ''}
            onChange={(event) => void work.place({ collectionId: event.currentTarget.value || null })}
          >
            <option value="">{w.noCollection}</option>
            {library.collections.value?.map(({ id, name, slug }) => (
              <option key={id} value={id}>
                {localized(name, own, own) || slug}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Switch
        label={w.featured}
        hint={w.featuredHint}
        checked={featured}
        onChange={(next) => void work.place({ featured: next })}
      />
      <Switch
        label={w.internal}
        hint={w.internalHint}
        checked={internal}
        onChange={(next) => void work.place({ internal: next })}
      />
    </>
  )
}

function Address({ draft }: { draft: TextDraft }) {
  const desk = useDesk()
  const saved = draft.saved.value.slug
  const [slug, setSlug] = useState(saved)
  const [problem, setProblem] = useState<string | null>(null)
  const url = articleUrl(desk.id, draft.locale, slug)
  const save = async () => {
    if (!slugPattern.test(slug)) return setProblem(w.addressWrong)
    try {
      await draft.moveTo(slug)
      if (draft.saved.peek().slug === slug) say(w.addressSaved)
    } catch (error) {
      setProblem(fieldProblems(error).slug ? w.addressTaken : errorText(error))
    }
  }
  return (
    <form
      class="article-address"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field label={w.address} hint={w.addressHint} problem={problem}>
        {(control) => (
          <input
            {...control}
            class="input code"
            maxLength={limits.slug}
            spellcheck={false}
            autocapitalize="off"
            value={slug}
            onInput={(event) => {
              setSlug(event.currentTarget.value)
              setProblem(null)
            }}
          />
        )}
      </Field>
      <p class="article-url soft">
        <span>{url.replace(/^https?:\/\//, '')}</span>
        <CopyButton icon text={url} label={w.copy} />
      </p>
      {slug !== saved && (
        <button type="submit" class="button outline">
          {w.addressSave}
        </button>
      )}
    </form>
  )
}

function HistoryPart({ articleId, draft }: { articleId: string; draft: TextDraft }) {
  const [open, setOpen] = useState(false)
  return (
    <section class="article-part">
      <h3>{w.history}</h3>
      <p class="soft">{w.historyText(draft.saved.value.revision)}</p>
      <button type="button" class="button outline" onClick={() => setOpen(true)}>
        <Icon name="history" />
        {w.history}
      </button>
      {open && <History articleId={articleId} draft={draft} onClose={() => setOpen(false)} />}
    </section>
  )
}
