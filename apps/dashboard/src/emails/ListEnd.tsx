import { errorText } from '../client.ts'
import { Icon } from '../ui/Icon.tsx'
import { words as uiWords } from '../ui/words.ts'
import type { Pages } from './pages.ts'
import { words } from './words.ts'

/** The end of a list: the next page, if there is one, or why it did not come. */
export function ListEnd({ list }: { list: Pick<Pages<never>, 'error' | 'loading' | 'hasMore' | 'more'> }) {
  if (list.error !== null) {
    return (
      <p class="notice danger" role="alert">
        <Icon name="warning" />
        <span>
          {words.notMore} {errorText(list.error)}{' '}
          <button type="button" class="link-button" onClick={list.more}>
            {uiWords.tryAgain}
          </button>
        </span>
      </p>
    )
  }
  if (!list.hasMore) return null
  return (
    <div class="mails-more">
      <button type="button" class="button outline" disabled={list.loading} onClick={list.more}>
        {words.loadMore}
      </button>
    </div>
  )
}
