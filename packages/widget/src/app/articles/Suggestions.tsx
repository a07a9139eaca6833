import { useLayoutEffect } from 'preact/hooks'
import { useAllTexts, useModel } from '../context.ts'
import { useWay } from '../home/Ways.tsx'
import type { Screen } from '../screen.ts'
import { Icon } from '../ui/icons.tsx'
import { useSuggestions } from './use-suggestions.ts'

interface SuggestionsProps {
  /** What is being written. */
  text: string
  /** Where it is written, to come back to it. */
  from: Screen
}

/** Articles that may answer what somebody is just writing; below it, so that it stays where it is. */
export function Suggestions({ text, from }: SuggestionsProps) {
  const { store } = useModel()
  const { t } = useAllTexts()
  const { hits, dismiss } = useSuggestions(text)
  const isThere = hits.length > 0
  useLayoutEffect(() => {
    if (isThere) store.set({ announcement: t('suggestions') })
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
