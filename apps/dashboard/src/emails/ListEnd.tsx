import { Failure } from '../ui/Failure.tsx'
import type { Pages } from './pages.ts'
import { words } from './words.ts'

/** The end of a list: the next page, if there is one, or why it did not come. */
export function ListEnd({ list }: { list: Pick<Pages<never>, 'error' | 'loading' | 'hasMore' | 'more'> }) {
  if (list.error !== null) {
    return <Failure error={list.error} text={words.notMore} onRetry={list.more} />
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
