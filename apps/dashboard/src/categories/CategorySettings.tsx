import { localized } from '@helpdesk/core'
import type { Category } from '@helpdesk/core/api'
import { useEffect, useState } from 'preact/hooks'
import { errorText } from '../client.ts'
import { mayChange } from '../desks/MessagingSwitch.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { SettingsFrame } from '../desks/SettingsPage.tsx'
import { languages } from '../desks/words.ts'
import { href } from '../router.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Icon } from '../ui/Icon.tsx'
import { say } from '../ui/toasts.ts'
import { CategoryEditor } from './CategoryEditor.tsx'
import { type Reorder, useReorder } from './reorder.ts'
import { words } from './words.ts'

const localeCount = Object.keys(languages).length

/** Settings > Categories: the list, or one of them. */
export function CategorySettings({ item }: { item: string | undefined }) {
  const desk = useDesk()
  useEffect(() => {
    void desk.categories.open()
  }, [desk])
  const all = desk.categories.all.value
  if (!desk.settings.value) return null
  if (item === 'new') return <CategoryEditor key="new" category={null} />
  if (item && all) {
    const category = all.find((one) => one.id === item)
    return category ? <CategoryEditor key={item} category={category} /> : <Missing />
  }
  return <CategoryList />
}

function Missing() {
  const desk = useDesk()
  return (
    <SettingsFrame title={words.title}>
      <div class="empty">
        <p>{words.missing}</p>
        <a class="button outline" href={href({ page: 'settings', deskId: desk.id, section: 'categories' })}>
          {words.back}
        </a>
      </div>
    </SettingsFrame>
  )
}

function CategoryList() {
  const desk = useDesk()
  const { all, error } = desk.categories
  const may = mayChange(desk.settings.value?.role)
  const add = { page: 'settings', deskId: desk.id, section: 'categories', item: 'new' } as const
  const actions = may && (
    <a class="button primary page-action" href={href(add)}>
      <Icon name="plus" />
      {words.add}
    </a>
  )
  return (
    <SettingsFrame title={words.title} actions={actions}>
      <div class="settings-form">
        <p class="soft page-lead">{words.text}</p>
        {error.value !== null && (
          <Failure error={error.value} text={words.failed} onRetry={() => desk.categories.open()} />
        )}
        {all.value?.length === 0 && (
          <div class="empty">
            <span class="empty-mark">
              <Icon name="tag" size={20} />
            </span>
            <h2>{words.none}</h2>
            <p>{words.noneText}</p>
          </div>
        )}
        {all.value && all.value.length > 0 && <Rows categories={all.value} may={may} />}
      </div>
    </SettingsFrame>
  )
}

function Rows({ categories, may }: { categories: readonly Category[]; may: boolean }) {
  const desk = useDesk()
  const [asked, setAsked] = useState<Category | null>(null)
  const name = useNames()
  const reorder = useReorder(
    categories.map((one) => one.id),
    (ids) =>
      desk.categories.order(ids).catch((caught: unknown) => {
        say(words.notMoved(errorText(caught)), { tone: 'danger' })
      }),
    (id, place) => {
      const moved = categories.find((one) => one.id === id)
      return moved ? words.moved(name(moved), place, categories.length) : ''
    },
  )
  return (
    <>
      <ol ref={reorder.list} class="categories" aria-label={words.list}>
        {reorder.ids.map((id) => {
          const category = categories.find((one) => one.id === id)
          return (
            category && (
              <Row
                key={id}
                category={category}
                name={name(category)}
                may={may}
                reorder={reorder}
                onRemove={() => setAsked(category)}
              />
            )
          )
        })}
      </ol>
      {asked && (
        <Confirm
          title={words.removeTitle(name(asked))}
          text={words.removeText}
          action={words.remove}
          danger
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            await desk.categories.remove(asked.id)
            say(words.removed(name(asked)))
          }}
        />
      )}
    </>
  )
}

function useNames(): (category: Category) => string {
  const locale = useDesk().settings.value?.locale ?? 'en'
  return ({ name, code }) => localized(name, locale, locale) || code
}

interface RowProps {
  category: Category
  name: string
  may: boolean
  reorder: Reorder
  onRemove: () => void
}

function Row({ category, name, may, reorder, onRemove }: RowProps) {
  const desk = useDesk()
  const filled = Object.values(category.name).filter((text) => text.trim()).length
  const to = { page: 'settings', deskId: desk.id, section: 'categories', item: category.id } as const
  return (
    <li class={reorder.dragged === category.id ? 'category dragged' : 'category'} data-id={category.id}>
      {may && (
        <button
          type="button"
          class="button quiet icon category-grip"
          aria-label={words.move(name)}
          title={words.moveHint}
          {...reorder.handle(category.id)}
        >
          <Icon name="grip" />
        </button>
      )}
      <a class="category-link" href={href(to)}>
        <strong class="ellipsis">{name}</strong>
        <span class="soft">
          <code>{category.code}</code> · {words.languages(filled, localeCount)}
        </span>
      </a>
      {may && (
        <button
          type="button"
          class="button quiet icon"
          aria-label={words.removeOne(name)}
          title={words.remove}
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  )
}
