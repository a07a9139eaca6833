import { limits, localized, slugPattern } from '@helpdesk/core'
import type { Collection } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { errorCode, fieldProblems } from '../client.ts'
import { LocaleTabs } from '../desks/LocaleTabs.tsx'
import { LocalizedField } from '../desks/LocalizedField.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Field } from '../ui/Field.tsx'
import { words as uiWords } from '../ui/words.ts'
import { type CollectionValues, libraryOf } from './library.ts'
import { words } from './words.ts'

const w = words.collection

interface DialogProps {
  /** `null`: a new one. */
  collection: Collection | null
  onClose: () => void
}

function check({ name, slug }: CollectionValues): Record<string, string> {
  const problems: Record<string, string> = {}
  if (!Object.values(name).some((text) => text.trim())) problems.name = w.nameNeeded
  if (slug && (!slugPattern.test(slug) || slug.length > limits.slug)) problems.slug = w.slugWrong
  return problems
}

/** A collection's name and description in every language, and its address. */
export function CollectionDialog({ collection, onClose }: DialogProps) {
  const desk = useDesk()
  const own = desk.settings.value?.locale ?? 'en'
  const [values, setValues] = useState<CollectionValues>({
    name: collection?.name ?? {},
    description: collection?.description ?? {},
    slug: collection?.slug ?? '',
  })
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const title = collection ? w.editOne(localized(collection.name, own, own) || collection.slug) : w.add

  const save = async () => {
    const wrong = check(values)
    setProblems(wrong)
    setFailure(null)
    if (Object.keys(wrong).length > 0) return
    setBusy(true)
    const { slug, ...texts } = values
    const changed = slug !== (collection?.slug ?? '')
    try {
      await libraryOf(desk).saveCollection(collection?.id ?? null, { ...texts, ...(changed ? { slug } : {}) })
      onClose()
    } catch (error) {
      const fields = errorCode(error) === 'conflict' ? { slug: w.slugTaken } : fieldProblems(error)
      setProblems(fields)
      if (Object.keys(fields).length === 0) setFailure(error)
      setBusy(false)
    }
  }
  return (
    <Dialog label={title} onClose={onClose} class="collection-dialog">
      <h2>{title}</h2>
      <form
        class="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Texts values={values} problems={problems} onChange={setValues} />
        <Field
          label={w.slug}
          hint={collection && values.slug !== collection.slug ? w.slugChange : w.slugHint}
          problem={problems.slug}
        >
          {(control) => (
            <input
              {...control}
              class="input code"
              maxLength={limits.slug}
              spellcheck={false}
              autocapitalize="off"
              value={values.slug}
              onInput={(event) => setValues({ ...values, slug: event.currentTarget.value })}
            />
          )}
        </Field>
        {failure !== null && <Failure error={failure} />}
        <div class="dialog-buttons">
          <button type="button" class="button quiet" onClick={onClose}>
            {uiWords.cancel}
          </button>
          <button type="submit" class="button primary" disabled={busy}>
            {collection ? w.save : w.create}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

interface TextsProps {
  values: CollectionValues
  problems: Readonly<Record<string, string>>
  onChange: (values: CollectionValues) => void
}

function Texts({ values, problems, onChange }: TextsProps) {
  const own = useDesk().settings.value?.locale ?? 'en'
  const { name, description } = values
  return (
    <LocaleTabs label={w.texts} own={own} isFilled={(locale) => Boolean(name[locale]?.trim())}>
      {(locale) => (
        <>
          <LocalizedField
            label={w.name}
            hint={w.nameHint}
            placeholder={w.namePlaceholder}
            maxLength={100}
            locale={locale}
            texts={name}
            problem={problems[`name/${locale}`] ?? problems.name}
            onChange={(name) => onChange({ ...values, name })}
          />
          <LocalizedField
            label={w.description}
            hint={w.descriptionHint}
            placeholder={w.descriptionPlaceholder}
            maxLength={300}
            rows={2}
            locale={locale}
            texts={description}
            problem={problems[`description/${locale}`]}
            onChange={(description) => onChange({ ...values, description })}
          />
        </>
      )}
    </LocaleTabs>
  )
}
