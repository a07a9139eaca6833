import { isColor, type Locale } from '@helpdesk/core'
import type { ArticleHit, ArticleLink, PublicArticle, PublicCollection } from '@helpdesk/core/api'
import type { ComponentChildren } from 'preact'
import { render } from 'preact-render-to-string'
import type { HelpCenter } from '../articles/reading.ts'
import type { DeskRecord } from '../desks/service.ts'
import { helpStyle } from './help-style.ts'
import { type HelpTexts, helpTexts } from './help-texts.ts'
import { colorStyle, defaultColor } from './hosted-views.tsx'

/** Where a page stands. */
export interface HelpPlace {
  desk: DeskRecord
  locale: Locale
  /** The languages in which the desk has articles. */
  locales: readonly Locale[]
  /** The plugin's path on this origin, without a slash at the end. */
  base: string
  /** The help centre in a language, absolute. */
  url: (locale: Locale) => string
  /** Whether the contact form is served. */
  contactUrl: string | null
}

interface PageInput {
  place: HelpPlace
  title: string
  description: string
  /** The path of this page in each language, after the address of the help centre. */
  paths: Partial<Record<Locale, string>>
  slug?: string
  query?: string
  /** The first thing on the page is the search, large. */
  hero?: boolean
  /** Not for search engines. */
  hidden?: boolean
  data?: object
  markdownUrl?: string
  children: ComponentChildren
}

/** The desk's colour, checked to be one. */
export const colorOf = (desk: DeskRecord) =>
  isColor(desk.settings.widget.color) ? desk.settings.widget.color : defaultColor

function page(input: PageInput): string {
  const { place, title, description, paths, hidden, children } = input
  const { desk, locale, base } = place
  const name = desk.settings.name
  const here = place.url(locale) + (paths[locale] ?? '')
  const full = title === name ? name : `${title} · ${name}`
  const document = (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content={colorOf(desk)} />
        <title>{full}</title>
        <meta name="description" content={description} />
        {hidden ? <meta name="robots" content="noindex" /> : <link rel="canonical" href={here} />}
        {Object.entries(paths).map(([other, path]) => (
          <link key={other} rel="alternate" hreflang={other} href={place.url(other as Locale) + path} />
        ))}
        <link
          rel="alternate"
          type="application/rss+xml"
          title={name}
          href={`${place.url(locale)}/feed.xml`}
        />
        {input.markdownUrl && <link rel="alternate" type="text/markdown" href={input.markdownUrl} />}
        <meta property="og:type" content={input.slug ? 'article' : 'website'} />
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        <meta property="og:url" content={here} />
        <meta property="og:site_name" content={name} />
        <meta property="og:locale" content={locale} />
        <style dangerouslySetInnerHTML={{ __html: helpStyle }} />
        <style dangerouslySetInnerHTML={{ __html: colorStyle(colorOf(desk)) }} />
        {input.data && <StructuredData data={input.data} />}
      </head>
      <body>
        <Top input={input} />
        {children}
        <Bottom place={place} />
        <script
          src={`${base}/help/app.js`}
          defer={false}
          data-api={`${base}/api/messaging/widget/${desk.publicId}`}
          data-locale={locale}
          data-slug={input.slug}
        />
        <script src={`${base}/widget.js`} async data-helpdesk-id={desk.publicId} data-locale={locale} />
      </body>
    </html>
  )
  return `<!doctype html>\n${render(document)}\n`
}

/** Data for search engines; `<` is written so that nothing in it can end the element. */
function StructuredData({ data }: { data: object }) {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />
}

function Top({ input }: { input: PageInput }) {
  const { place, paths, query = '', hero } = input
  const { desk, locale } = place
  const texts = helpTexts[locale]
  const others = Object.entries(paths) as [Locale, string][]
  return (
    <>
      <a class="skip" href="#content">
        {texts.skip}
      </a>
      <header class="top">
        <div class="wide">
          <a class="brand" href={place.url(locale)}>
            <bdi>{desk.settings.name}</bdi>
          </a>
          {others.length > 1 && (
            <details class="languages">
              <summary>
                <span>
                  <span class="quiet">{texts.languages}: </span>
                  {texts.language}
                </span>
              </summary>
              <ul>
                {others.map(([other, path]) => (
                  <li key={other}>
                    <a
                      href={place.url(other) + path}
                      lang={other}
                      hreflang={other}
                      aria-current={other === locale ? 'true' : undefined}
                    >
                      {helpTexts[other].language}
                    </a>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      </header>
      <div class={hero ? 'hero' : 'hero slim'}>
        <div class="wide">
          {hero && <h1>{texts.greeting}</h1>}
          <search>
            <form class="find" action={`${place.url(locale)}/search`} method="get">
              <input
                type="search"
                name="q"
                value={query}
                placeholder={texts.placeholder}
                aria-label={texts.placeholder}
                autocomplete="off"
                maxLength={200}
              />
              <button type="submit">{texts.search}</button>
            </form>
          </search>
        </div>
      </div>
    </>
  )
}

function Bottom({ place: { desk, locale, contactUrl } }: { place: HelpPlace }) {
  return (
    <footer class="bottom">
      <div class="wide">
        {contactUrl ? <a href={contactUrl}>{helpTexts[locale].contact}</a> : desk.settings.name}
      </div>
    </footer>
  )
}

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
            <div class="article" dangerouslySetInnerHTML={{ __html: article.html }} />
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
