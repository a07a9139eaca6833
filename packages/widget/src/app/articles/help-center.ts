import type { ArticleLink } from '@helpdesk/core/api'
import type { Model } from '../model.ts'
import type { State } from '../state.ts'

/** What there is to read, in the language that was asked for. */
export interface HelpCenter {
  readonly wanted: string
  readonly state: 'loading' | 'ready' | 'failed'
  /** What the first screen recommends: what the desk has chosen, else the first articles. */
  readonly articles: readonly ArticleLink[]
}

/** How many articles are recommended where the desk has chosen none. */
const fewArticles = 4

/** Asks what there is to read, unless it is known or there is no place for it. */
export function loadHelpCenter({ store, client, shell: { options }, only, signal }: Model): void {
  const { desk, helpCenter, texts } = store.get()
  const wanted = texts.locale
  const isKnown = helpCenter?.wanted === wanted && helpCenter.state !== 'failed'
  if (isKnown || !desk.widget.homes.articles || only || (options.mode && options.page)) return
  const end = (state: HelpCenter['state'], articles = helpCenter?.articles ?? []) => {
    if (!signal.aborted && store.get().texts.locale === wanted)
      store.set({ helpCenter: { wanted, state, articles } })
  }
  end('loading')
  client.articles.home({ locale: wanted, signal }).then(
    ({ featured, collections }) =>
      end(
        'ready',
        featured.length > 0
          ? featured
          : collections.flatMap(({ articles }) => articles).slice(0, fewArticles),
      ),
    () => end('failed'),
  )
}

/** Whether there is something to read; nothing is said about it as long as that is not known. */
export function hasArticles({ helpCenter, desk }: State): boolean | undefined {
  if (!desk.widget.homes.articles) return false
  return helpCenter?.articles.length ? true : helpCenter?.state === 'ready' ? false : undefined
}
