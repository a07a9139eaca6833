import type { PublicArticle } from '@helpdesk/core/api'
import { type ComponentChildren, h } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { useAllTexts } from '../context.ts'
import type { AllTexts } from '../i18n/texts.ts'
import { type Markup, type Piece, parseHtml } from './html.ts'
import { type LinkTarget, linkTarget, pictureAddress } from './links.ts'
import { type ShownPicture, Zoom } from './Zoom.tsx'

/** What the elements of an article need to know and to do. */
interface Place {
  article: PublicArticle
  texts: AllTexts
  onLink: (target: Exclude<LinkTarget, { to: 'elsewhere' }>) => void
  onZoom: (picture: ShownPicture) => void
}

interface ArticleBodyProps {
  article: PublicArticle
  onLink: Place['onLink']
}

/** The text of an article: of the desk's HTML, what an article may consist of. */
export function ArticleBody({ article, onLink }: ArticleBodyProps) {
  const texts = useAllTexts()
  const [picture, setPicture] = useState<ShownPicture>()
  const pieces = useMemo(() => parseHtml(article.html), [article.html])
  const place = { article, texts, onLink, onZoom: setPicture }
  return (
    <div class="article" lang={article.locale}>
      {pieces.map((piece, index) => draw(piece, place, index))}
      {picture && <Zoom picture={picture} onClose={() => setPicture(undefined)} />}
    </div>
  )
}

const plain =
  /^(?:p|ul|li|blockquote|code|hr|br|strong|em|del|sub|sup|kbd|thead|tbody|tr|td|details|summary)$/
const heading = /^h[2-6]$/

/** The id of a heading: the screen around has ids of its own. */
export const anchorId = (anchor: string) => `at-${anchor}`

function draw(piece: Piece, place: Place, key: number): ComponentChildren {
  if (typeof piece === 'string') return piece
  const { tag, attributes } = piece
  const children = piece.children.map((child, index) => draw(child, place, index))
  if (tag === 'a') return <Link key={key} href={attributes.href} place={place} children={children} />
  if (tag === 'img') return <Picture key={key} attributes={attributes} place={place} />
  if (heading.test(tag)) return drawHeading(piece, children, key)
  if (tag === 'ol') return h('ol', { key, start: Number.parseInt(attributes.start ?? '', 10) || 1 }, children)
  if (tag === 'input') return <Box key={key} isDone={'checked' in attributes} />
  if (tag === 'p' && attributes.class === 'video') return h('p', { key, class: 'video' }, children)
  if (tag === 'th') return h('th', { key, scope: 'col', ...alignment(attributes) }, children)
  if (tag === 'td') return h('td', { key, ...alignment(attributes) }, children)
  if (tag === 'aside') return drawCallOut(attributes, place, children, key)
  if (tag === 'pre') return h('pre', { key, tabIndex: 0 }, children)
  if (tag === 'table') return drawTable(place, children, key)
  return plain.test(tag) ? h(tag, { key }, children) : children
}

/** The box of a task list: it can be seen and not clicked, so it is no field. */
function Box({ isDone }: { isDone: boolean }) {
  return (
    <>
      <i class={isDone ? 'box done' : 'box'} />
      <span class="spoken">{isDone ? '☑' : '☐'}</span>
    </>
  )
}

/** A step smaller than on the article's own page: its title is the second here. */
function drawHeading({ tag, attributes }: Markup, children: ComponentChildren, key: number) {
  const level = Math.min(Number(tag.charAt(1)) + 1, 6)
  return h(
    `h${level}`,
    { key, id: attributes.id && anchorId(attributes.id), tabIndex: attributes.id ? -1 : undefined },
    children,
  )
}

const alignment = ({ align = '' }: Markup['attributes']) =>
  /^(?:left|center|right)$/.test(align) ? { class: `at-${align}` } : {}

const callOuts = ['note', 'tip', 'important', 'warning', 'caution'] as const

function drawCallOut(
  { class: classes = '' }: Markup['attributes'],
  { texts: { t } }: Place,
  children: ComponentChildren,
  key: number,
) {
  const kind = callOuts.find((one) => classes.split(' ').includes(one)) ?? 'note'
  return (
    <div key={key} class={`call-out ${kind}`} role="note">
      <b>{t(`callOut.${kind}`)}</b>
      {children}
    </div>
  )
}

/** Wide tables are moved inside their frame, with the keyboard too. */
function drawTable({ texts: { t } }: Place, children: ComponentChildren, key: number) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it can only be scrolled with the keyboard when it has the focus.
    // biome-ignore lint/a11y/useSemanticElements: it is no group of fields.
    <div key={key} class="table" role="group" aria-label={t('table')} tabIndex={0}>
      <table>{children}</table>
    </div>
  )
}

interface LinkProps {
  href: string | undefined
  place: Place
  children: ComponentChildren
}

function Link({ href, place: { article, onLink }, children }: LinkProps) {
  const target = href ? linkTarget(href, article.url) : undefined
  if (!target) return <>{children}</>
  if (target.to === 'elsewhere') {
    return (
      <a href={target.href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    )
  }
  return (
    <a
      href={target.to === 'anchor' ? `#${encodeURIComponent(target.anchor)}` : target.href}
      onClick={(event) => {
        // Whoever wants another tab gets the page of the help centre there.
        const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
        if (isElsewhere && target.to === 'article') return
        event.preventDefault()
        onLink(target)
      }}
    >
      {children}
    </a>
  )
}

function Picture({ attributes, place }: { attributes: Markup['attributes']; place: Place }) {
  const { src = '', alt = '', width, height } = attributes
  const { article, texts, onZoom } = place
  const address = pictureAddress(src, article.url)
  if (!address) return <>{alt}</>
  const size = { width: Number(width) || undefined, height: Number(height) || undefined }
  return (
    <button
      class="picture"
      type="button"
      aria-label={texts.t('enlarge', { name: alt }).trim()}
      onClick={() => onZoom({ address, alt })}
    >
      <img src={address} alt={alt} loading="lazy" {...size} />
    </button>
  )
}
