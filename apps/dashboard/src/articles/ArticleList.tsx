import { type Locale, locales, localized } from '@helpdesk/core'
import type { ArticleItem, Collection } from '@helpdesk/core/api'
import { useEffect, useState } from 'preact/hooks'
import { useReorder } from '../categories/reorder.ts'
import { errorText } from '../client.ts'
import { mayAnswer } from '../conversations/actions.ts'
import { mayChange } from '../desks/MessagingSwitch.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Icon } from '../ui/Icon.tsx'
import { say } from '../ui/toasts.ts'
import { ArticleResults, ArticleTools, type Wanted } from './ArticleSearch.tsx'
import { CollectionDialog } from './CollectionDialog.tsx'
import { CollectionSection } from './CollectionSection.tsx'
import { type Library, libraryOf } from './library.ts'
import { newArticle } from './new-article.ts'
import { PageFrame } from './PageFrame.tsx'
import { helpCenterUrl } from './places.ts'
import { words } from './words.ts'

/** The knowledge base as a list: collections with their articles, in the order of the help centre. */
export function ArticleList() {
  const desk = useDesk()
  const library = libraryOf(desk)
  const own = desk.settings.value?.locale ?? 'en'
  const [wanted, setWanted] = useState<Wanted>({ text: '', filter: 'all', locale: own })
  const [adding, setAdding] = useState(false)
  useEffect(() => {
    void library.load()
  }, [library])
  const articles = library.articles.value
  const collections = library.collections.value
  const nothing = articles?.length === 0 && collections?.length === 0
  return (
    <PageFrame
      title={words.articles}
      actions={<Actions nothing={nothing} onAddCollection={() => setAdding(true)} />}
    >
      {library.error.value !== null && <Failed library={library} />}
      {articles &&
        collections &&
        (nothing ? (
          <NothingYet />
        ) : (
          <>
            <ArticleTools wanted={wanted} used={usedLocales(articles, own)} onChange={setWanted} />
            {wanted.text.trim() || wanted.filter !== 'all' ? (
              <ArticleResults
                articles={articles}
                wanted={wanted}
                onClear={() => setWanted({ ...wanted, text: '', filter: 'all' })}
              />
            ) : (
              <Collections collections={collections} articles={articles} locale={wanted.locale} />
            )}
            {library.hasMore.value && (
              <button type="button" class="button outline" onClick={() => void more(library)}>
                {words.more}
              </button>
            )}
          </>
        ))}
      {adding && <CollectionDialog collection={null} onClose={() => setAdding(false)} />}
    </PageFrame>
  )
}

async function more(library: Library): Promise<void> {
  try {
    await library.loadMore()
  } catch (caught) {
    say(errorText(caught), { tone: 'danger' })
  }
}

function usedLocales(articles: readonly ArticleItem[], own: Locale): Locale[] {
  const used = new Set(articles.flatMap(({ texts }) => texts.map(({ locale }) => locale)))
  return [own, ...locales.filter((one) => one !== own && used.has(one))]
}

function Actions({ nothing, onAddCollection }: { nothing: boolean; onAddCollection: () => void }) {
  const desk = useDesk()
  const { role, locale = 'en' } = desk.settings.value ?? {}
  return (
    <>
      {!nothing && (
        <a
          class="button quiet page-extra"
          href={helpCenterUrl(desk.id, locale)}
          target="_blank"
          rel="noopener"
          title={words.openHelpCenter}
        >
          <Icon name="external" />
          <span>{words.helpCenter}</span>
        </a>
      )}
      {mayChange(role) && !nothing && (
        <a
          class="button quiet page-extra"
          href={href({ page: 'articles', deskId: desk.id, item: 'files' })}
          title={words.files.title}
        >
          <Icon name="folder" />
          <span>{words.files.title}</span>
        </a>
      )}
      {mayAnswer(role) && (
        <>
          <button type="button" class="button outline page-action" onClick={onAddCollection}>
            <Icon name="plus" />
            {words.collection.add}
          </button>
          <button type="button" class="button primary page-action" onClick={() => newArticle({})}>
            <Icon name="pencil" />
            {words.add}
          </button>
        </>
      )}
    </>
  )
}

function Failed({ library }: { library: Library }) {
  return <Failure error={library.error.value} text={words.failed} onRetry={() => library.load()} />
}

function NothingYet() {
  const desk = useDesk()
  const role = desk.settings.value?.role
  const may = mayAnswer(role)
  return (
    <div class="empty articles-empty">
      <span class="empty-mark">
        <Icon name="book" size={20} />
      </span>
      <h2>{words.none}</h2>
      <p>{may ? words.noneText : words.noneViewer}</p>
      {may && (
        <button type="button" class="button primary" onClick={() => newArticle({})}>
          <Icon name="pencil" />
          {words.writeFirst}
        </button>
      )}
      {mayChange(role) && (
        <a class="button quiet" href={href({ page: 'articles', deskId: desk.id, item: 'files' })}>
          <Icon name="folder" />
          {words.importFolder}
        </a>
      )}
    </div>
  )
}

interface CollectionsProps {
  collections: readonly Collection[]
  articles: readonly ArticleItem[]
  locale: Locale
}

function Collections({ collections, articles, locale }: CollectionsProps) {
  const desk = useDesk()
  const library = libraryOf(desk)
  const own = desk.settings.value?.locale ?? 'en'
  const [edited, setEdited] = useState<Collection | null>(null)
  const [asked, setAsked] = useState<Collection | null>(null)
  const nameOf = ({ name, slug }: Collection) => localized(name, locale, own) || slug
  const reorder = useReorder(
    collections.map(({ id }) => id),
    (ids) =>
      library.orderCollections(ids).catch((caught: unknown) => {
        say(words.notMoved(errorText(caught)), { tone: 'danger' })
      }),
    (id, place) => {
      const moved = collections.find((one) => one.id === id)
      return moved ? words.moved(nameOf(moved), place, collections.length) : ''
    },
  )
  const of = (id: string | null) => articles.filter(({ collectionId }) => collectionId === id)
  const loose = of(null)
  const acts = { edit: setEdited, remove: setAsked }
  return (
    <>
      <ol ref={reorder.list} class="collections" aria-label={words.list.collections}>
        {reorder.ids.map((id) => {
          const collection = collections.find((one) => one.id === id)
          if (!collection) return null
          return (
            <li key={id} data-id={id} class={reorder.dragged === id ? 'collection dragged' : 'collection'}>
              <CollectionSection
                collection={collection}
                articles={of(id)}
                locale={locale}
                reorder={reorder}
                acts={acts}
              />
            </li>
          )
        })}
      </ol>
      {loose.length > 0 && (
        <section class="collection" aria-label={words.list.uncollected}>
          <CollectionSection collection={null} articles={loose} locale={locale} acts={acts} />
        </section>
      )}
      {edited && <CollectionDialog collection={edited} onClose={() => setEdited(null)} />}
      {asked && (
        <Confirm
          title={words.collection.removeTitle(nameOf(asked))}
          text={words.collection.removeText}
          action={words.collection.remove}
          danger
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            await library.removeCollection(asked.id)
            say(words.collection.removed(nameOf(asked)))
          }}
        />
      )}
    </>
  )
}
