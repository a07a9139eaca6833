import { type Locale, limits, localized } from '@helpdesk/core'
import { useEffect, useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { client, errorText } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { languages } from '../desks/words.ts'
import { navigate, route } from '../router.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { words as uiWords } from '../ui/words.ts'
import { words as insertWords } from './insert-words.ts'
import { libraryOf } from './library.ts'
import { type Beginning, beginning } from './new-article.ts'
import { words } from './words.ts'

const w = words.fresh

/** Asks for what a new article begins with, wherever in the dashboard somebody wants one. */
export function NewArticle() {
  const desk = useDesk()
  const at = route.value
  // What was begun in one place is not finished in another, on another desk or by another person.
  useEffect(() => close, [desk, at])
  const from = beginning.value
  return from && <NewArticleDialog from={from} />
}

const close = () => {
  beginning.value = null
}

function NewArticleDialog({ from }: { from: Beginning }) {
  const desk = useDesk()
  const library = libraryOf(desk)
  const own = desk.settings.value?.locale ?? 'en'
  const [title, setTitle] = useState(from.title ?? '')
  const [locale, setLocale] = useState<Locale>(from.locale ?? own)
  const [collectionId, setCollection] = useState<string | null>(from.collectionId ?? null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (library.collections.peek() === null) void library.load()
  }, [library])

  const create = async () => {
    if (!title.trim()) return setProblem(w.nameNeeded)
    setBusy(true)
    setProblem(null)
    try {
      const { markdown } = from
      const made = await withSession(() =>
        client.articles.create(desk.id, {
          locale,
          title: title.trim(),
          collectionId,
          ...(markdown ? { markdown } : {}),
        }),
      )
      library.put(made)
      close()
      navigate({ page: 'articles', deskId: desk.id, item: made.id, locale })
    } catch (error) {
      setProblem(errorText(error))
      setBusy(false)
    }
  }
  return (
    <Dialog label={w.title} onClose={close} class="new-article">
      <h2>{w.title}</h2>
      <p class="soft">{w.text}</p>
      {from.markdown && <p class="notice warm">{insertWords.private}</p>}
      <form
        class="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
      >
        <Field label={w.name} hint={w.nameHint} problem={problem}>
          {(control) => (
            <input
              {...control}
              class="input large"
              maxLength={limits.title}
              lang={locale}
              placeholder={w.namePlaceholder}
              value={title}
              onInput={(event) => setTitle(event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="pair">
          <Field label={w.language}>
            {(control) => (
              <select
                {...control}
                class="input"
                value={locale}
                onChange={(event) => setLocale(event.currentTarget.value as Locale)}
              >
                {Object.entries(languages).map(([key, name]) => (
                  <option key={key} value={key} lang={key}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={w.collection}>
            {(control) => (
              <select
                {...control}
                class="input"
                value={collectionId ?? ''}
                onChange={(event) => setCollection(event.currentTarget.value || null)}
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
        </div>
        <div class="dialog-buttons">
          <button type="button" class="button quiet" onClick={close}>
            {uiWords.cancel}
          </button>
          <button type="submit" class="button primary" disabled={busy}>
            <Icon name="pencil" />
            {w.create}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
