import type { Locale } from '@helpdesk/core'
import type { ArticleHit, ArticleItem } from '@helpdesk/core/api'
import type { ComponentChildren } from 'preact'
import { useDesk } from '../desks/open-desk.ts'
import { languages } from '../desks/words.ts'
import { href } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { formatAgo, formatFull } from '../ui/time.ts'
import { figuresOf, stateOf, textIn } from './filter.ts'
import { words } from './words.ts'

interface RowProps {
  article: ArticleItem
  /** The language whose title is shown, if there is one in it. */
  locale: Locale
  /** Instead of when it was written. */
  excerpt?: ArticleHit['excerpt'] | undefined
  /** Before the title, for example a handle. */
  before?: ComponentChildren
  /** Turns the star on and off; without it the star says only how it stands. */
  onFeature?: ((featured: boolean) => void) | undefined
}

/** One article of a list: its title, how each language stands, and what readers think. */
export function ArticleRow({ article, locale, excerpt, before, onFeature }: RowProps) {
  const desk = useDesk()
  const own = desk.settings.value?.locale ?? 'en'
  const text = textIn(article, locale, own)
  const title = text?.title || words.untitled
  const place = { page: 'articles', deskId: desk.id, item: article.id } as const
  return (
    <>
      {before}
      <div class="article-main">
        <a
          class="article-link"
          href={href({ ...place, ...(text ? { locale: text.locale } : {}) })}
          lang={text?.locale}
        >
          <span class="article-title">{title}</span>
          {article.internal && (
            <span class="article-lock" title={words.internal}>
              <Icon name="lock" size={14} />
              <span class="hidden-visually">{words.internal}</span>
            </span>
          )}
        </a>
        {excerpt && excerpt.length > 0 ? (
          <p class="article-excerpt soft" lang={text?.locale}>
            {excerpt.map((part, index) => (part.mark ? <mark key={index}>{part.text}</mark> : part.text))}
          </p>
        ) : (
          text && (
            <p class="article-age soft" title={formatFull(text.updatedAt)}>
              {words.updated(formatAgo(text.updatedAt))}
            </p>
          )
        )}
      </div>
      <ul class="article-texts">
        {article.texts.map((one) => {
          const label = words.textState(one.locale, languages[one.locale], words.states[stateOf(one)])
          return (
            <li key={one.locale}>
              <a
                class={`text-state ${stateOf(one)}`}
                href={href({ ...place, locale: one.locale })}
                aria-label={label}
                title={label}
              >
                {one.locale}
              </a>
            </li>
          )
        })}
      </ul>
      <Figures article={article} />
      <Star article={article} title={title} onFeature={onFeature} />
    </>
  )
}

function Figures({ article }: { article: ArticleItem }) {
  const { yes, no } = figuresOf(article)
  const all = yes + no
  if (all === 0) return <span class="article-figures" />
  return (
    <span class="article-figures soft numeric" title={words.helpful(yes, all)}>
      <Icon name="thumb" size={14} />
      <span aria-hidden="true">{words.helpfulShort(yes, all)}</span>
      <span class="hidden-visually">{words.helpful(yes, all)}</span>
    </span>
  )
}

interface StarProps {
  article: ArticleItem
  title: string
  onFeature?: ((featured: boolean) => void) | undefined
}

function Star({ article: { featured }, title, onFeature }: StarProps) {
  if (!onFeature) {
    return (
      <span
        class={featured ? 'article-star on' : 'article-star'}
        title={featured ? words.featured : undefined}
      >
        {featured && <Icon name="star" />}
        {featured && <span class="hidden-visually">{words.featured}</span>}
      </span>
    )
  }
  return (
    <button
      type="button"
      class={featured ? 'button quiet icon article-star on' : 'button quiet icon article-star'}
      aria-pressed={featured}
      aria-label={words.feature(title)}
      title={featured ? words.featured : words.feature(title)}
      onClick={() => onFeature(!featured)}
    >
      <Icon name="star" />
    </button>
  )
}
