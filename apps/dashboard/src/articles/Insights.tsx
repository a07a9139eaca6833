import type { Locale } from '@helpdesk/core'
import { useState } from 'preact/hooks'
import { client, errorText } from '../client.ts'
import { mayAnswer } from '../conversations/actions.ts'
import { useDesk } from '../desks/open-desk.ts'
import { languages } from '../desks/words.ts'
import { href } from '../router.ts'
import { useAnswer } from '../ui/answer.ts'
import { Failure } from '../ui/Failure.tsx'
import { Icon } from '../ui/Icon.tsx'
import { formatAgo, formatDate, formatFull } from '../ui/time.ts'
import { words as uiWords } from '../ui/words.ts'
import { newArticle } from './new-article.ts'
import { PageFrame } from './PageFrame.tsx'
import { words } from './words.ts'

const w = words.insights

type Answered = Awaited<ReturnType<typeof client.articles.insights>>
type Search = Answered['searches'][number]
type Unhelpful = Answered['unhelpful'][number]

/** What to write next: what readers looked for in vain, and what did not help them. */
export function Insights() {
  const desk = useDesk()
  const answer = useAnswer(`${desk.id}/insights`, () => client.articles.insights(desk.id))
  return (
    <PageFrame title={w.title} lead={w.lead}>
      {answer.error !== null && <Failure error={answer.error} text={w.failed} onRetry={answer.reload} />}
      {answer.value && (
        <div class="insights">
          <Searches searches={answer.value.searches} />
          <UnhelpfulArticles articles={answer.value.unhelpful} />
        </div>
      )}
    </PageFrame>
  )
}

function Searches({ searches }: { searches: readonly Search[] }) {
  const desk = useDesk()
  const may = mayAnswer(desk.settings.value?.role)
  const several = new Set(searches.map(({ locale }) => locale)).size > 1
  return (
    <section class="insight" aria-labelledby="insight-searches">
      <h2 id="insight-searches">{w.searches}</h2>
      <p class="soft">{w.searchesText}</p>
      {searches.length === 0 ? (
        <p class="insight-none">
          <Icon name="check" />
          {w.noSearches}
        </p>
      ) : (
        <table class="insight-table">
          <thead>
            <tr>
              <th scope="col">{w.search}</th>
              {several && <th scope="col">{w.language}</th>}
              <th scope="col" class="figure">
                {w.times}
              </th>
              <th scope="col">{w.last}</th>
              {may && (
                <th scope="col">
                  <span class="hidden-visually">{w.write}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {searches.map((search) => (
              <SearchRow
                key={`${search.locale} ${search.text}`}
                search={search}
                several={several}
                may={may}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

interface SearchRowProps {
  search: Search
  several: boolean
  may: boolean
}

function SearchRow({ search: { text, locale, times, lastAt }, several, may }: SearchRowProps) {
  return (
    <tr>
      <th scope="row" lang={locale}>
        {text}
      </th>
      {several && <td class="soft">{languages[locale]}</td>}
      <td class="figure numeric">{times}</td>
      <td class="soft" title={formatFull(lastAt)}>
        {formatAgo(lastAt)}
      </td>
      {may && (
        <td class="act">
          <button
            type="button"
            class="button outline"
            aria-label={w.writeOne(text)}
            onClick={() => newArticle({ title: titleFrom(text, locale), locale })}
          >
            <Icon name="pencil" />
            <span class="act-label">{w.write}</span>
          </button>
        </td>
      )}
    </tr>
  )
}

/** Searches are noted in lower case; a title begins with a capital letter. */
function titleFrom(text: string, locale: Locale): string {
  const [first = '', ...rest] = text
  return first.toLocaleUpperCase(locale) + rest.join('')
}

function UnhelpfulArticles({ articles }: { articles: readonly Unhelpful[] }) {
  return (
    <section class="insight" aria-labelledby="insight-unhelpful">
      <h2 id="insight-unhelpful">{w.unhelpful}</h2>
      <p class="soft">{w.unhelpfulText}</p>
      {articles.length === 0 ? (
        <p class="insight-none">
          <Icon name="check" />
          {w.noUnhelpful}
        </p>
      ) : (
        <ul class="unhelpful">
          {articles.map((article) => (
            <UnhelpfulRow key={`${article.id} ${article.locale}`} article={article} />
          ))}
        </ul>
      )}
    </section>
  )
}

function UnhelpfulRow({ article: { id, locale, title, feedback } }: { article: Unhelpful }) {
  const desk = useDesk()
  const [open, setOpen] = useState(false)
  return (
    <li>
      <div class="unhelpful-row">
        <div class="unhelpful-words">
          <a href={href({ page: 'articles', deskId: desk.id, item: id, locale })} lang={locale}>
            {title}
          </a>
          <span class="soft">
            {languages[locale]} · {w.figures(feedback.yes, feedback.no)}
          </span>
        </div>
        <button
          type="button"
          class="button quiet"
          aria-expanded={open}
          aria-label={w.comments(title)}
          onClick={() => setOpen(!open)}
        >
          {w.words}
          <Icon name={open ? 'up' : 'down'} />
        </button>
      </div>
      {open && <ReadersWords id={id} locale={locale} />}
    </li>
  )
}

function ReadersWords({ id, locale }: { id: string; locale: Locale }) {
  const desk = useDesk()
  const answer = useAnswer(`${desk.id}/${id}/comments`, () => client.articles.comments(desk.id, id))
  if (answer.error !== null) return <p class="soft reader-words">{errorText(answer.error)}</p>
  if (!answer.value) return <p class="soft reader-words">{uiWords.loading}</p>
  const own = answer.value.comments.filter((one) => one.locale === locale)
  if (own.length === 0) return <p class="soft reader-words">{w.noComments}</p>
  return (
    <ul class="reader-words">
      {own.map(({ comment, helpful, at }, index) => (
        <li key={index}>
          <q>{comment}</q>
          <span class="soft" title={formatFull(at)}>
            {helpful ? w.yes : w.no} · {formatDate(at)}
          </span>
        </li>
      ))}
    </ul>
  )
}
