import type { Locale } from '@helpdesk/core'
import type { ArticleHit, ArticleLink, PublicArticle, PublicCollection } from '@helpdesk/core/api'
import type { HelpCenter } from '../articles/reading.ts'
import { nameCallOuts } from './help-call-outs.ts'
import { type HelpPlace, page } from './help-page.tsx'
import { type HelpTexts, helpTexts } from './help-texts.ts'

const same = (place: HelpPlace, path: string) =>
  Object.fromEntries(place.locales.map((locale) => [locale, path])) as Partial<Record<Locale, string>>

/** The start: collections with their articles. */
export function homePage(place: HelpPlace, center: HelpCenter): string {
  const texts = helpTexts[place.locale]
  const isEmpty = center.collections.length === 0 && center.featured.length === 0
  return page({
    place,
    title: texts.title,
    description: `${texts.title} · ${place.desk.settings.name}`,
    paths: same(place, ''),
    hero: true,
    children: (
      <main id="content" class="wide">
        {isEmpty && <p class="quiet">{texts.empty}</p>}
        {center.featured.length > 0 && (
          <section aria-labelledby="featured">
            <h2 id="featured">{texts.featured}</h2>
            <Links place={place} links={center.featured} />
          </section>
        )}
        <ul class="cards">
          {center.collections.map((collection) => (
            <li key={collection.slug} class="card">
              <h2>
                <a href={`${place.url(place.locale)}/collections/${collection.slug}`}>{collection.name}</a>
              </h2>
              {collection.description && <p>{collection.description}</p>}
              <ul>
                {collection.articles.slice(0, 6).map((article) => (
                  <li key={article.slug}>
                    <a href={`${place.url(place.locale)}/${article.slug}`}>{article.title}</a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </main>
    ),
  })
}

function Links({ place, links }: { place: HelpPlace; links: readonly ArticleLink[] }) {
  return (
    <ul class="links">
      {links.map(({ slug, title, description }) => (
        <li key={slug}>
          <a href={`${place.url(place.locale)}/${slug}`}>
            <b>{title}</b>
            <span>{description}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function Crumbs({ place, parts }: { place: HelpPlace; parts: readonly { name: string; path: string }[] }) {
  const texts = helpTexts[place.locale]
  return (
    <nav class="crumbs" aria-label={texts.home}>
      <ol>
        <li>
          <a href={place.url(place.locale)}>{texts.home}</a>
        </li>
        {parts.map(({ name, path }) => (
          <li key={path}>
            <a href={place.url(place.locale) + path}>{name}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** One collection. */
export function collectionPage(place: HelpPlace, collection: PublicCollection): string {
  return page({
    place,
    title: collection.name,
    description: collection.description || collection.name,
    paths: same(place, `/collections/${collection.slug}`),
    children: (
      <main id="content" class="wide">
        <Crumbs place={place} parts={[]} />
        <h1 class="title">{collection.name}</h1>
        {collection.description && <p class="quiet">{collection.description}</p>}
        <Links place={place} links={collection.articles} />
      </main>
    ),
  })
}

/** What was found. */
export function searchPage(
  place: HelpPlace,
  query: string,
  found: { hits: readonly ArticleHit[]; corrected: string | null },
): string {
  const texts = helpTexts[place.locale]
  const title = found.corrected
    ? texts.resultsFor(found.corrected)
    : query
      ? texts.resultsFor(query)
      : texts.search
  const none = query !== '' && found.hits.length === 0
  return page({
    place,
    title,
    description: title,
    paths: same(place, `/search?q=${encodeURIComponent(query)}`),
    query,
    hidden: true,
    children: (
      <main id="content" class="wide">
        <h1 class="title">{none ? texts.nothing : title}</h1>
        {none && <p class="quiet">{texts.nothingHint}</p>}
        {found.corrected && <p class="quiet">{texts.insteadOf(query)}</p>}
        <ul class="links">
          {found.hits.map((hit) => (
            <li key={hit.slug}>
              <a href={hit.url}>
                <b>{hit.title}</b>
                <span>
                  {hit.excerpt.map((part, index) =>
                    part.mark ? <mark key={index}>{part.text}</mark> : part.text,
                  )}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </main>
    ),
  })
}

/** One article. */
export function articlePage(place: HelpPlace, article: PublicArticle): string {
  const texts = helpTexts[place.locale]
  const { collection } = article
  const headings = headingsOf(article.html)
  const date = new Intl.DateTimeFormat(place.locale, { dateStyle: 'long' }).format(
    new Date(article.updatedAt),
  )
  return page({
    place,
    title: article.title,
    description: article.description,
    slug: article.slug,
    paths: Object.fromEntries(article.locales.map(({ locale, slug }) => [locale, `/${slug}`])),
    markdownUrl: `${article.url}.md`,
    data: structured(place, article),
    children: (
      <main id="content" class="wide">
        <Crumbs
          place={place}
          parts={collection ? [{ name: collection.name, path: `/collections/${collection.slug}` }] : []}
        />
        <div class="columns">
          <article>
            <h1 class="title">{article.title}</h1>
            <p class="quiet">
              <time datetime={article.updatedAt}>{texts.updated(date)}</time>
            </p>
            {/* Rendered and sanitised when it was published. */}
            <div
              class="article"
              dangerouslySetInnerHTML={{ __html: nameCallOuts(article.html, article.locale) }}
            />
            <After texts={texts} />
          </article>
          <aside class="side">
            <nav aria-label={texts.contents}>
              {headings.length > 1 && (
                <div class="contents">
                  <h2>{texts.contents}</h2>
                  <ul>
                    {headings.map(({ id, text, level }) => (
                      <li key={id} class={level > 2 ? 'sub' : undefined}>
                        <a href={`#${id}`}>{text}</a>
                      </li>
                    ))}
                  </ul>
                  <br />
                </div>
              )}
              {article.related.length > 0 && (
                <>
                  <h2>{texts.related}</h2>
                  <ul>
                    {article.related.map(({ slug, title }) => (
                      <li key={slug}>
                        <a href={`${place.url(place.locale)}/${slug}`}>{title}</a>
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </nav>
          </aside>
        </div>
      </main>
    ),
  })
}

/** Needs scripts, so it is there only where they run. */
function After({ texts }: { texts: HelpTexts }) {
  return (
    <div class="after" hidden data-thanks={texts.thanks}>
      <p id="helpful">{texts.helpful}</p>
      <button type="button" name="helpful" value="yes" aria-describedby="helpful" aria-pressed="false">
        {texts.yes}
      </button>
      <button type="button" name="helpful" value="no" aria-describedby="helpful" aria-pressed="false">
        {texts.no}
      </button>
      <span role="status" />
      <button class="share" type="button" name="share" data-done={texts.copied}>
        {texts.share}
      </button>
    </div>
  )
}

function headingsOf(html: string): { id: string; text: string; level: number }[] {
  return [...html.matchAll(/<h([23]) id="([^"]+)">(.*?)<\/h\1>/g)].map(([, level, id = '', inner = '']) => ({
    id,
    level: Number(level),
    text: inner
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
  }))
}

function structured({ desk }: HelpPlace, article: PublicArticle): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'TechArticle',
    headline: article.title,
    description: article.description,
    inLanguage: article.locale,
    dateModified: article.updatedAt,
    mainEntityOfPage: article.url,
    publisher: { '@type': 'Organization', name: desk.settings.name },
  }
}

/** A page that is not there. */
export function missingPage(place: HelpPlace): string {
  const texts = helpTexts[place.locale]
  return page({
    place,
    title: texts.gone,
    description: texts.goneHint,
    paths: {},
    hidden: true,
    children: (
      <main id="content" class="wide">
        <h1 class="title">{texts.gone}</h1>
        <p class="quiet">{texts.goneHint}</p>
      </main>
    ),
  })
}
