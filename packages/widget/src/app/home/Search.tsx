import { useRef } from 'preact/hooks'
import { useModel, useStore, useTexts } from '../context.ts'
import { prepare } from '../parts.ts'
import type { ArticleScreen } from '../screen.ts'
import { Icon } from '../ui/icons.tsx'
import { LaterScreen } from '../ui/LaterScreen.tsx'
import { useWay } from './Ways.tsx'

/** The search of the help centre, with what the desk recommends until something is typed. */
export function Search() {
  const model = useModel()
  const query = useStore((state) => state.query)
  const { t } = useTexts()
  const field = useRef<HTMLInputElement>(null)
  const setQuery = (query: string) => model.store.set({ query })
  const clear = () => {
    setQuery('')
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    if (event.isComposing) return
    const { key, currentTarget } = event
    if (key === 'Escape' && query) {
      // It would close the panel.
      event.stopPropagation()
      clear()
    }
    const isTyping = event.target === field.current
    const step = key === 'ArrowDown' || (key === 'Enter' && isTyping) ? 1 : key === 'ArrowUp' ? -1 : 0
    const stops = [...currentTarget.querySelectorAll<HTMLElement>('input, .row')]
    const next = step && stops[stops.indexOf(event.target as HTMLElement) + step]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers that do not know `search` would say nothing of it.
    <div class="search" role="search" onKeyDown={onKeyDown}>
      <div class="seek">
        <input
          ref={field}
          enterkeyhint="search"
          autocomplete="off"
          maxLength={200}
          aria-label={t('search')}
          placeholder={t('search')}
          value={query}
          data-focus={query !== ''}
          onFocus={() => prepare(model, { name: 'article', slug: '' })}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        <Icon name="search" />
        {query && (
          <button class="round" type="button" aria-label={t('clear')} onClick={clear}>
            <Icon name="close" />
          </button>
        )}
      </div>
      {query.trim() ? <LaterScreen part="articles" screen={{ name: 'home' }} isPiece /> : <Suggested />}
    </div>
  )
}

function Suggested() {
  const articles = useStore((state) => state.helpCenter?.articles)
  // Who has written before looks for the answer first.
  const most = useStore((state) => (state.conversations.length > 0 ? 3 : 6))
  const { t } = useTexts()
  return (
    <section class="list">
      <h3>{t('suggested')}</h3>
      {articles?.slice(0, most).map(({ slug, title }) => (
        <Suggestion key={slug} screen={{ name: 'article', slug }} title={title} />
      ))}
    </section>
  )
}

function Suggestion({ screen, title }: { screen: ArticleScreen; title: string }) {
  return (
    <button {...useWay(screen)} class="row">
      <span class="row-top">
        {title}
        <Icon name="forward" />
      </span>
    </button>
  )
}
