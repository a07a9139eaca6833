import type { ArticleHit } from '@helpdesk/core/api'
import { useLayoutEffect } from 'preact/hooks'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { useWay } from '../home/Ways.tsx'
import { Failure, Loading } from '../ui/Notice.tsx'
import { StillNeedHelp } from './StillNeedHelp.tsx'
import { searchedText } from './searching.ts'
import { useSearch } from './use-search.ts'

/** What was found for the text in the search field. */
export function Results() {
  const { store } = useModel()
  const query = useStore((state) => state.query)
  const { t, plural, error } = useAllTexts()
  const { text, found, isLooking, error: code, retry } = useSearch(query)
  const isCurrent = text === searchedText(query) && !isLooking
  const announcement =
    found && isCurrent
      ? found.hits.length > 0
        ? plural('found', found.hits.length)
        : t('nothingFound', { text: query.trim() })
      : ''
  useLayoutEffect(() => {
    store.set({ announcement })
    return () => store.set({ announcement: '' })
  }, [store, announcement])
  if (code && isCurrent) return <Failure text={error(code)} onRetry={retry} />
  if (!found || isLooking) return <Loading />
  return (
    <div class="found" aria-busy={!isCurrent}>
      {found.hits.length > 0 ? (
        <>
          {found.corrected && <p class="hint">{t('corrected', { text: found.corrected })}</p>}
          <ul class="list">
            {found.hits.map((hit) => (
              <Hit key={hit.slug} hit={hit} />
            ))}
          </ul>
        </>
      ) : (
        <div class="nothing">
          <h3>{t('nothingFound', { text: query.trim() })}</h3>
          <p>{t('nothingFoundHint')}</p>
        </div>
      )}
      <StillNeedHelp text={query.trim()} />
    </div>
  )
}

function Hit({ hit: { slug, title, collection, excerpt } }: { hit: ArticleHit }) {
  return (
    <li>
      <button {...useWay({ name: 'article', slug })} class="row hit">
        <b>{title}</b>
        <span class="excerpt">
          {excerpt.map(({ text, mark }, index) => (mark ? <mark key={index}>{text}</mark> : text))}
        </span>
        {collection && <span class="status">{collection.name}</span>}
      </button>
    </li>
  )
}
