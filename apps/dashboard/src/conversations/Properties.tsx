import { localized } from '@helpdesk/core'
import type { InboxItem } from '@helpdesk/core/api'
import { useEffect, useId } from 'preact/hooks'
import { useDesk } from '../desks/open-desk.ts'
import { setCategory, setPriority } from './actions.ts'
import { words } from './words.ts'

const d = words.details
const priorities = Object.keys(words.priorities).toReversed() as InboxItem['priority'][]

/** What the team says about a conversation: its priority and its category. */
export function Properties({ item, may }: { item: InboxItem; may: boolean }) {
  const desk = useDesk()
  const id = useId()
  return (
    <div class="properties">
      <label for={`${id}-priority`}>{d.priority}</label>
      <select
        id={`${id}-priority`}
        class="select property"
        data-property="priority"
        value={item.priority}
        disabled={!may}
        onChange={(event) => setPriority(desk, item, event.currentTarget.value as InboxItem['priority'])}
      >
        {priorities.map((priority) => (
          <option key={priority} value={priority}>
            {words.priorities[priority]}
          </option>
        ))}
      </select>
      <label for={`${id}-category`}>{d.category}</label>
      <CategorySelect id={`${id}-category`} item={item} may={may} />
    </div>
  )
}

function CategorySelect({ id, item, may }: { id: string; item: InboxItem; may: boolean }) {
  const desk = useDesk()
  const locale = desk.settings.value?.locale ?? 'en'
  useEffect(() => {
    void desk.categories.open()
  }, [desk])
  const all = desk.categories.all.value ?? []
  const own = item.category
  const offered = all.map(({ id: categoryId, code, name }) => ({
    id: categoryId,
    code,
    name: localized(name, locale, locale) || code,
  }))
  const gone = own && !offered.some((one) => one.id === own.id)
  return (
    <select
      id={id}
      class="select property"
      data-property="category"
      value={own?.code ?? ''}
      disabled={!may}
      onChange={(event) => {
        const code = event.currentTarget.value
        const picked = offered.find((one) => one.code === code) ?? null
        void setCategory(desk, item, picked ?? (code === own?.code ? own : null))
      }}
    >
      <option value="">{d.noCategory}</option>
      {gone && (
        <option value={own.code}>{desk.categories.all.value ? d.removedCategory(own.name) : own.name}</option>
      )}
      {offered.map((one) => (
        <option key={one.id} value={one.code}>
          {one.name}
        </option>
      ))}
    </select>
  )
}
