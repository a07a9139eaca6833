import { type Locale, localized } from '@helpdesk/core'
import type { ArticleItem, Collection } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { type Reorder, useReorder } from '../categories/reorder.ts'
import { errorText } from '../client.ts'
import { mayAnswer } from '../conversations/actions.ts'
import { mayChange } from '../desks/MessagingSwitch.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { Icon } from '../ui/Icon.tsx'
import { say } from '../ui/toasts.ts'
import { ArticleRow } from './ArticleRow.tsx'
import { textIn } from './filter.ts'
import { libraryOf } from './library.ts'
import { newArticle } from './new-article.ts'
import { words } from './words.ts'

const w = words.list

/** What is done with a collection from its heading. */
export interface CollectionActs {
  edit: (collection: Collection) => void
  remove: (collection: Collection) => void
}

interface SectionProps {
  /** `null`: the articles that are in none. */
  collection: Collection | null
  articles: readonly ArticleItem[]
  locale: Locale
  reorder?: Reorder
  acts: CollectionActs
}

/** A collection with its articles, both to be put in order. */
export function CollectionSection({ collection, articles, locale, reorder, acts }: SectionProps) {
  const desk = useDesk()
  const own = desk.settings.value?.locale ?? 'en'
  const may = mayAnswer(desk.settings.value?.role)
  const [open, setOpen] = useState(true)
  const name = collection ? localized(collection.name, locale, own) || collection.slug : w.uncollected
  const description = collection ? localized(collection.description, locale, own) : w.uncollectedText
  return (
    <>
      <header class="collection-head">
        {collection && may && reorder && (
          <button
            type="button"
            class="button quiet icon category-grip"
            aria-label={words.move(name)}
            title={words.moveHint}
            {...reorder.handle(collection.id)}
          >
            <Icon name="grip" />
          </button>
        )}
        <div class="collection-words">
          <h2 class="collection-name">
            <button type="button" class="collection-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
              <Icon name="forward" size={14} />
              <span>{name}</span>
              <span class="soft collection-count">{w.count(articles.length)}</span>
            </button>
          </h2>
          {description && <p class="soft collection-description">{description}</p>}
        </div>
        {collection && may && (
          <CollectionButtons collection={collection} name={name} empty={articles.length === 0} acts={acts} />
        )}
      </header>
      {open &&
        (articles.length > 0 ? (
          <ArticleRows name={name} articles={articles} locale={locale} may={may} />
        ) : (
          <p class="soft collection-empty">{w.emptyCollection}</p>
        ))}
    </>
  )
}

interface ButtonsProps {
  collection: Collection
  name: string
  empty: boolean
  acts: CollectionActs
}

function CollectionButtons({ collection, name, empty, acts }: ButtonsProps) {
  const desk = useDesk()
  return (
    <div class="collection-buttons">
      <button
        type="button"
        class="button quiet icon"
        aria-label={words.addIn(name)}
        title={words.addIn(name)}
        onClick={() => newArticle({ collectionId: collection.id })}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        class="button quiet icon"
        aria-label={words.collection.editOne(name)}
        title={words.collection.editOne(name)}
        onClick={() => acts.edit(collection)}
      >
        <Icon name="pencil" />
      </button>
      {empty && mayChange(desk.settings.value?.role) && (
        <button
          type="button"
          class="button quiet icon"
          aria-label={words.collection.removeOne(name)}
          title={words.collection.removeOne(name)}
          onClick={() => acts.remove(collection)}
        >
          <Icon name="trash" />
        </button>
      )}
    </div>
  )
}

interface RowsProps {
  name: string
  articles: readonly ArticleItem[]
  locale: Locale
  may: boolean
}

function ArticleRows({ name, articles, locale, may }: RowsProps) {
  const desk = useDesk()
  const library = libraryOf(desk)
  const titleOf = (article: ArticleItem) => textIn(article, locale)?.title || words.untitled
  const reorder = useReorder(
    articles.map(({ id }) => id),
    (ids) =>
      library.orderArticles(ids).catch((caught: unknown) => {
        say(words.notMoved(errorText(caught)), { tone: 'danger' })
      }),
    (id, place) => {
      const moved = articles.find((one) => one.id === id)
      return moved ? words.moved(titleOf(moved), place, articles.length) : ''
    },
  )
  return (
    <ol ref={reorder.list} class="articles" aria-label={w.articles(name)}>
      {reorder.ids.map((id) => {
        const article = articles.find((one) => one.id === id)
        if (!article) return null
        return (
          <li key={id} data-id={id} class={reorder.dragged === id ? 'article-row dragged' : 'article-row'}>
            <ArticleRow
              article={article}
              locale={locale}
              before={
                may && (
                  <button
                    type="button"
                    class="button quiet icon category-grip"
                    aria-label={words.move(titleOf(article))}
                    title={words.moveHint}
                    {...reorder.handle(id)}
                  >
                    <Icon name="grip" />
                  </button>
                )
              }
              onFeature={may ? (featured) => void feature(library, id, featured) : undefined}
            />
          </li>
        )
      })}
    </ol>
  )
}

async function feature(library: ReturnType<typeof libraryOf>, id: string, featured: boolean): Promise<void> {
  try {
    await library.feature(id, featured)
  } catch (caught) {
    say(words.notChanged(errorText(caught)), { tone: 'danger' })
  }
}
