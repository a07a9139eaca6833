import { isColor, type Locale } from '@helpdesk/core'
import type { ComponentChildren } from 'preact'
import { render } from 'preact-render-to-string'
import type { DeskRecord } from '../desks/service.ts'
import { helpStyle } from './help-style.ts'
import { helpTexts } from './help-texts.ts'
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

/** What a page of the help centre is made of. */
export interface PageInput {
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

/** A whole page around its content. */
export function page(input: PageInput): string {
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
