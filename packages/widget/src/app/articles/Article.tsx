import type { PublicArticle } from '@helpdesk/core/api'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { useWay } from '../home/Ways.tsx'
import type { ArticleScreen } from '../screen.ts'
import { Header } from '../ui/Header.tsx'
import { Icon } from '../ui/icons.tsx'
import { Failure, Loading } from '../ui/Notice.tsx'
import { ArticleBody, anchorId } from './ArticleBody.tsx'
import { Feedback } from './Feedback.tsx'
import type { LinkTarget } from './links.ts'
import { Share } from './Share.tsx'
import { StillNeedHelp } from './StillNeedHelp.tsx'
import { useArticle } from './use-article.ts'

/** An article of the help centre. */
export function Article({ screen }: { screen: ArticleScreen }) {
  const { store } = useModel()
  const { error } = useAllTexts()
  const name = useStore((state) => state.desk.name)
  const scroller = useRef<HTMLDivElement>(null)
  const { article, problem, retry } = useArticle(screen)
  // Where a way back leads to; how far the visitor has read is noted in it.
  const here = useMemo((): ArticleScreen => ({ ...screen, anchor: undefined }), [screen])
  useLayoutEffect(() => {
    if (!article || !scroller.current) return
    if (screen.anchor) goTo(scroller.current, screen.anchor)
    else scroller.current.scrollTop = screen.top ?? 0
  }, [article, screen])
  useLayoutEffect(() => () => store.set({ announcement: '' }), [store])
  const follow = (target: Pick<ArticleScreen, 'slug' | 'locale' | 'anchor'>) =>
    store.set({ screen: { name: 'article', ...target, from: here } })
  const onLink = (target: Exclude<LinkTarget, { to: 'elsewhere' }>) => {
    if (target.to === 'article') {
      const { slug, locale, anchor } = target
      follow({ slug, locale, anchor })
    } else if (scroller.current) goTo(scroller.current, target.anchor)
  }
  return (
    <>
      <Header line={article?.collection?.name ?? name} back={screen.from} />
      <div
        class="scroll pad reading"
        ref={scroller}
        onScroll={({ currentTarget }) => {
          here.top = currentTarget.scrollTop
        }}
      >
        {article && <Text article={article} here={here} onLink={onLink} onRelated={follow} />}
        {problem === 'gone' && <Gone here={here} />}
        {problem === 'failed' && <Failure text={error('unavailable')} onRetry={retry} />}
        {!article && !problem && <Loading />}
      </div>
    </>
  )
}

interface TextProps {
  article: PublicArticle
  here: ArticleScreen
  onLink: (target: Exclude<LinkTarget, { to: 'elsewhere' }>) => void
  onRelated: (target: { slug: string }) => void
}

function Text({ article, here, onLink, onRelated }: TextProps) {
  const { t, ago } = useAllTexts()
  const query = useStore((state) => state.query.trim())
  const { title, related, locale, updatedAt } = article
  return (
    <>
      <div class="article-head">
        <h2 lang={locale}>{title}</h2>
        <p class="hint">{t('updated', { time: ago(updatedAt, Date.now()) })}</p>
      </div>
      <ArticleBody article={article} onLink={onLink} />
      <Feedback article={article} />
      <Share article={article} />
      {related.length > 0 && (
        <section class="list related">
          <h3>{t('related')}</h3>
          {related.map((one) => (
            <button key={one.slug} class="row" type="button" onClick={() => onRelated({ slug: one.slug })}>
              <span class="row-top" lang={locale}>
                {one.title}
                <Icon name="forward" />
              </span>
            </button>
          ))}
        </section>
      )}
      <StillNeedHelp text={query} from={here} />
    </>
  )
}

function Gone({ here }: { here: ArticleScreen }) {
  const { t } = useAllTexts()
  const query = useStore((state) => state.query.trim())
  return (
    <>
      <div class="nothing" role="status">
        <h2>{t('articleGone')}</h2>
        <p>{t('articleGoneHint')}</p>
        <button {...useWay({ name: 'home' })} class="quiet">
          {t('search')}
        </button>
      </div>
      <StillNeedHelp text={query} from={here} />
    </>
  )
}

/** Scrolls to a heading and puts the focus there, so that reading goes on from it. */
function goTo(scroller: HTMLElement, anchor: string): void {
  const id = anchorId(anchor)
  const heading = [...scroller.querySelectorAll<HTMLElement>('[id]')].find((one) => one.id === id)
  heading?.focus({ preventScroll: true })
  heading?.scrollIntoView({ block: 'start' })
}
