import type { Locale } from '@helpdesk/core'
import type { ArticleHit, ArticleItem } from '@helpdesk/core/api'
import { useEffect, useState } from 'preact/hooks'
import { client, errorText } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { languages } from '../desks/words.ts'
import { Icon } from '../ui/Icon.tsx'
import { ArticleRow } from './ArticleRow.tsx'
import { type Filter, isTitled, passes } from './filter.ts'
import { words } from './words.ts'

const w = words.search
const filters = Object.keys(w.filters) as (keyof typeof w.filters)[]
const locales = Object.keys(languages) as Locale[]

/** Which articles are looked for. */
export interface Wanted {
  text: string
  filter: Filter
  locale: Locale
}

interface ToolsProps {
  wanted: Wanted
  /** The languages that anything is written in. */
  used: readonly Locale[]
  onChange: (wanted: Wanted) => void
}

/** Search, language and filter above the list. */
export function ArticleTools({ wanted, used, onChange }: ToolsProps) {
  return (
    <search class="article-tools">
      <label class="article-find">
        <Icon name="search" />
        <input
          type="search"
          class="input"
          aria-label={w.label}
          placeholder={w.placeholder}
          maxLength={200}
          value={wanted.text}
          onInput={(event) => onChange({ ...wanted, text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && wanted.text) onChange({ ...wanted, text: '' })
          }}
        />
      </label>
      {used.length > 1 && (
        <select
          class="input"
          aria-label={w.language}
          value={wanted.locale}
          onChange={(event) => onChange({ ...wanted, locale: event.currentTarget.value as Locale })}
        >
          {used.map((one) => (
            <option key={one} value={one} lang={one}>
              {languages[one]}
            </option>
          ))}
        </select>
      )}
      <select
        class="input"
        aria-label={w.show}
        value={wanted.filter}
        onChange={(event) => onChange({ ...wanted, filter: event.currentTarget.value as Filter })}
      >
        <option value="all">{w.all}</option>
        {filters.map((one) => (
          <option key={one} value={one}>
            {w.filters[one]}
          </option>
        ))}
        <optgroup label={w.missingGroup}>
          {locales.map((one) => (
            <option key={one} value={`missing-${one}`}>
              {w.missing(languages[one])}
            </option>
          ))}
        </optgroup>
      </select>
    </search>
  )
}

interface Found {
  hits: readonly ArticleHit[]
  corrected: string | null
  error: unknown
}

const none: Found = { hits: [], corrected: null, error: null }
const pauseMs = 150

/** What the desk finds in published and internal articles, as somebody types. */
export function useFound(text: string, locale: Locale): Found & { searching: boolean } {
  const desk = useDesk()
  const [found, setFound] = useState<Found & { for: string }>({ ...none, for: '' })
  const wanted = text.trim()
  const key = `${locale} ${wanted}`
  useEffect(() => {
    if (!wanted) return
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const answer = await client.articles.find(desk.id, wanted, { locale, limit: 20, signal: stop.signal })
        setFound({ ...answer, error: null, for: key })
      } catch (error) {
        if (!stop.signal.aborted) setFound({ ...none, error, for: key })
      }
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [desk, key])
  if (!wanted) return { ...none, searching: false }
  // What was found for the letters before stays until there is something newer.
  return { ...found, searching: found.for !== key }
}

interface ResultsProps {
  articles: readonly ArticleItem[]
  wanted: Wanted
  onClear: () => void
}

/** The articles that are looked for: by title in every language, and by what stands in them. */
export function ArticleResults({ articles, wanted, onClear }: ResultsProps) {
  const { text, filter, locale } = wanted
  const found = useFound(text, locale)
  const rows = rowsOf(articles, wanted, found.hits)
  return (
    <section class="article-results" aria-busy={found.searching}>
      <p class="soft results-count" role="status">
        {found.error !== null
          ? `${w.failed} ${errorText(found.error)}`
          : found.corrected
            ? w.corrected(found.corrected)
            : rows.length > 0
              ? w.results(rows.length)
              : ''}
      </p>
      {rows.length > 0 ? (
        <ul class="articles">
          {rows.map(({ article, excerpt }) => (
            <li key={article.id} class="article-row">
              <ArticleRow article={article} locale={locale} excerpt={excerpt} />
            </li>
          ))}
        </ul>
      ) : (
        !found.searching && (
          <div class="empty">
            <p>{filter === 'all' ? w.nothing : w.nothingFiltered}</p>
            <button type="button" class="button outline" onClick={onClear}>
              {w.clear}
            </button>
          </div>
        )
      )}
    </section>
  )
}

interface ResultRow {
  article: ArticleItem
  excerpt?: ArticleHit['excerpt']
}

function rowsOf(articles: readonly ArticleItem[], wanted: Wanted, hits: readonly ArticleHit[]): ResultRow[] {
  const { text, filter, locale } = wanted
  const among = articles.filter((article) => passes(article, filter))
  if (!text.trim()) return among.map((article) => ({ article }))
  const rows = hits.flatMap(({ slug, excerpt }): ResultRow[] => {
    const has = (one: ArticleItem, any: boolean) =>
      one.texts.some((known) => known.slug === slug && (any || known.locale === locale))
    const article = among.find((one) => has(one, false)) ?? among.find((one) => has(one, true))
    return article ? [{ article, excerpt }] : []
  })
  const titled = among.filter(
    (article) => isTitled(article, text) && !rows.some((row) => row.article.id === article.id),
  )
  return [...rows, ...titled.map((article) => ({ article }))]
}
