import type { PublicArticle } from '@helpdesk/core/api'
import { useLayoutEffect, useRef } from 'preact/hooks'
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
  useLayoutEffect(() => {
    if (!article || !scroller.current) return
    if (screen.anchor) goTo(scroller.current, screen.anchor)
    else scroller.current.scrollTop = screen.top ?? 0
  }, [article, screen])
  useLayoutEffect(() => () => store.set({ announcement: '' }), [store])
  /** Goes on to another article, from where the visitor is in this one. */
  const follow = (target: Pick<ArticleScreen, 'slug' | 'locale' | 'anchor'>) => {
    const from = { ...screen, anchor: undefined, top: scroller.current?.scrollTop }
    store.set({ screen: { name: 'article', ...target, from } })
  }
  const onLink = (target: Exclude<LinkTarget, { to: 'elsewhere' }>) => {
    if (target.to === 'article') {
      const { slug, locale, anchor } = target
      follow({ slug, locale, anchor })
    } else if (scroller.current) goTo(scroller.current, target.anchor)
  }
  return (
    <>
      <Header line={article?.collection?.name ?? name} back={screen.from} />
      <div class="scroll pad reading" ref={scroller}>
        {article && <Text article={article} onLink={onLink} onRelated={follow} />}
        {problem === 'gone' && <Gone />}
        {problem === 'failed' && <Failure text={error('unavailable')} onRetry={retry} />}
        {!article && !problem && <Loading />}
      </div>
    </>
  )
}

interface TextProps {
  article: PublicArticle
  onLink: (target: Exclude<LinkTarget, { to: 'elsewhere' }>) => void
  onRelated: (target: { slug: string }) => void
}

function Text({ article, onLink, onRelated }: TextProps) {
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
      <StillNeedHelp text={query} />
    </>
  )
}

function Gone() {
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
      <StillNeedHelp text={query} />
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
