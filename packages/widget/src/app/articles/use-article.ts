import { isApiError } from '@helpdesk/client'
import type { PublicArticle } from '@helpdesk/core/api'
import { useLayoutEffect, useState } from 'preact/hooks'
import { useModel, useStore, useTexts } from '../context.ts'
import type { ArticleScreen } from '../screen.ts'
import { memoryOf } from './memory.ts'

interface Reading {
  /** What has been asked for. */
  key?: string
  article?: PublicArticle
  problem?: 'gone' | 'failed'
}

/** An article in the language that is spoken, or in that of the link to it. The page is told when it is there. */
export function useArticle({ slug, locale: own }: ArticleScreen): Reading & { retry: () => void } {
  const model = useModel()
  const spoken = useTexts().locale
  const connection = useStore((state) => state.connection)
  const locale = own ?? spoken
  const key = `${locale} ${slug}`
  const { articles } = memoryOf(model)
  const [reading, setReading] = useState<Reading>({})
  const [tries, setTries] = useState(0)
  const current = reading.key === key ? reading : { article: articles.get(key) }
  const { article } = current
  const isThere = article !== undefined
  useLayoutEffect(() => {
    if (isThere) return
    const stop = new AbortController()
    const end = (result: Reading) => {
      if (!stop.signal.aborted && !model.signal.aborted) setReading({ key, ...result })
    }
    setReading({ key })
    model.client.articles.read(slug, { locale, signal: stop.signal }).then(
      (article) => {
        articles.set(key, article)
        end({ article })
      },
      (cause: unknown) => {
        const gone = isApiError(cause) && /^(?:not_found|validation_failed)$/.test(cause.code)
        end({ problem: gone ? 'gone' : 'failed' })
      },
    )
    return () => stop.abort()
  }, [model, articles, key, slug, locale, isThere, connection, tries])
  useLayoutEffect(() => {
    if (article) model.shell.emit('article:viewed', { slug: article.slug, title: article.title })
  }, [model, article])
  return { ...current, retry: () => setTries(tries + 1) }
}
