import type { PublicArticle } from '@helpdesk/core/api'
import { useRef, useState } from 'preact/hooks'
import { useAllTexts, useModel } from '../context.ts'

/** Copies the address of the article's own page; where that is forbidden it is shown, to be copied by hand. */
export function Share({ article: { url } }: { article: PublicArticle }) {
  const { store } = useModel()
  const { t } = useAllTexts()
  const [state, setState] = useState<'copied' | 'shown'>()
  const field = useRef<HTMLInputElement>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url)
      setState('copied')
      store.set({ announcement: t('linkCopied') })
    } catch {
      setState('shown')
    }
  }
  return (
    <div class="share">
      <button class="quiet" type="button" onClick={copy}>
        {t(state === 'copied' ? 'linkCopied' : 'copyLink')}
      </button>
      <a class="quiet" href={url} target="_blank" rel="noopener noreferrer">
        {t('openPage')}
      </a>
      {state === 'shown' && (
        <input
          ref={field}
          type="text"
          readOnly
          aria-label={t('copyLink')}
          value={url}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </div>
  )
}
