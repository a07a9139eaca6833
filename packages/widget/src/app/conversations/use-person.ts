import { useLayoutEffect } from 'preact/hooks'
import { useModel, useStore } from '../context.ts'
import { keepDraft } from './drafts.ts'

/** What a visitor says of itself in a form, begun with what the page says of its user. */
export function usePerson(): { email: string; name: string } {
  const model = useModel()
  const { prefill } = model
  const email = useStore((state) => state.drafts.email ?? '')
  const name = useStore((state) => state.drafts.name ?? '')
  useLayoutEffect(() => {
    const { drafts } = model.store.get()
    for (const field of ['email', 'name'] as const) {
      const known = prefill?.[field]
      if (known && drafts[field] === undefined) keepDraft(model, field, known)
    }
  }, [model, prefill])
  return { email, name }
}
