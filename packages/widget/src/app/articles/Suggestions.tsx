import { useLayoutEffect } from 'preact/hooks'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { useWay } from '../home/Ways.tsx'
import type { Screen } from '../screen.ts'
import { Icon } from '../ui/icons.tsx'
import { useSuggestions } from './use-suggestions.ts'

/** Articles that may answer what somebody is just writing; below it, so that it stays where it is. */
export function Suggestions({ text }: { text: string }) {
  const { store } = useModel()
  const { t } = useAllTexts()
  const { hits, dismiss } = useSuggestions(text)
  const from = useStore((state) => state.screen)
  const isThere = hits.length > 0
  useLayoutEffect(() => {
    if (!isThere) return
    store.set({ announcement: t('suggestions') })
    return () => store.set({ announcement: '' })
  }, [store, t, isThere])
  if (!isThere) return null
  return (
    <section class="suggestions" aria-label={t('suggestions')}>
      <h3>{t('suggestions')}</h3>
      <button class="round" type="button" aria-label={t('hideSuggestions')} onClick={dismiss}>
        <Icon name="close" />
      </button>
      {hits.map(({ slug, title }) => (
        <Suggestion key={slug} title={title} screen={{ name: 'article', slug, from }} />
      ))}
    </section>
  )
}

function Suggestion({ title, screen }: { title: string; screen: Screen }) {
  return (
    <button {...useWay(screen)} class="row">
      {title}
    </button>
  )
}
