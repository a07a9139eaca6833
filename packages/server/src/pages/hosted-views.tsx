import { contrastText, isColor, type Locale, localized, readableAccent } from '@helpdesk/core'
import type { ConversationWithMessages, Message } from '@helpdesk/core/api'
import type { ComponentChildren } from 'preact'
import { render } from 'preact-render-to-string'
import type { DeskRecord } from '../desks/service.ts'
import { findLinks } from '../notifications/mail-view.ts'
import { type HostedTexts, hostedTexts } from './hosted-texts.ts'

/** The style sheet of the hosted pages, to the byte as it stands in them. */
export const hostedStyle = `
:root { color-scheme: light dark; --page: #f5f6f8; --card: #fff; --line: #e4e7ec; --text: #1b2430; --quiet: #596474; --own: #eef2f7; }
@media (prefers-color-scheme: dark) { :root { --page: #0f1216; --card: #171c23; --line: #2a323d; --text: #e7eaee; --quiet: #a2adba; --own: #212a35; } }
* { box-sizing: border-box; }
html { height: 100%; }
body { margin: 0; min-height: 100%; display: flex; flex-direction: column; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
.top { border-block-start: 4px solid var(--accent); background: var(--card); border-block-end: 1px solid var(--line); }
.top p { max-width: 800px; margin: 0 auto; padding: 14px 24px; font-weight: 600; overflow-wrap: anywhere; }
main { flex: 1; display: flex; flex-direction: column; width: 100%; max-width: 800px; margin: 0 auto; padding: 24px; }
.frame { flex: 1; display: grid; min-height: 560px; max-height: calc(100vh - 106px); overflow: auto; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
.frame:has(helpdesk-widget[data-ready]) { border: 0; background: none; overflow: hidden; }
.frame:has(helpdesk-widget[data-ready]) > .plain { display: none; }
.frame.small { flex: none; min-height: 0; margin-block: auto; }
.plain { padding: 28px 32px 36px; }
h1 { margin: 0; font-size: 24px; line-height: 1.3; letter-spacing: -0.01em; overflow-wrap: anywhere; }
.facts { margin: 6px 0 0; color: var(--quiet); font-size: 15px; }
ol { list-style: none; margin: 24px 0 0; padding: 0; display: grid; gap: 14px; }
li.message { padding: 14px 18px; border: 1px solid var(--line); border-radius: 12px; }
li.own { background: var(--own); border-color: transparent; }
.author { margin: 0 0 4px; font-size: 14px; color: var(--quiet); }
.author b { color: var(--text); font-weight: 600; }
.body { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: var(--link); }
@media (prefers-color-scheme: dark) { a { color: var(--link-dark); } }
a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; border-radius: 3px; }
.files { margin: 10px 0 0; padding: 0; list-style: none; font-size: 14px; }
.note { margin: 24px 0 0; padding: 12px 16px; border-radius: 10px; background: var(--own); color: var(--quiet); font-size: 15px; }
.center { padding: 72px 24px; text-align: center; }
.center p { margin: 10px auto 0; max-width: 46ch; color: var(--quiet); }
.center form { margin: 28px 0 0; }
button { padding: 12px 22px; border: 1px solid transparent; border-radius: 8px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
button.second { border-color: var(--line); background: none; color: var(--text); }
button:focus-visible { outline: 2px solid var(--text); outline-offset: 2px; }
@media (max-width: 560px) { main { padding: 0; } .frame { border: 0; border-radius: 0; max-height: none; --helpdesk-radius: 0px; } .plain { padding: 20px 18px 28px; } .top p { padding: 12px 18px; } }
@media print { body { background: #fff; } .frame { border: 0; max-height: none; } }
`

/** The colour of pages that belong to no desk. */
export const defaultColor = '#2563eb'

/**
 * Lets a link sign somebody in to the ticket centre: `#identity_token=<JWT>`. What stands behind `#` reaches no server
 * and no log; it is taken out of the address and kept for this tab.
 */
export const identityScript = `(() => {
  const found = /[#&]identity_token=([\\w.-]+)/.exec(location.hash)
  try {
    if (found) {
      sessionStorage.setItem('helpdesk-identity-token', found[1])
      history.replaceState(history.state, '', location.pathname + location.search)
    }
    const token = found ? found[1] : sessionStorage.getItem('helpdesk-identity-token')
    if (token) window.HelpdeskWidget = { identity_token: token }
  } catch {
    if (found) window.HelpdeskWidget = { identity_token: found[1] }
  }
})()
`

/** How a page reaches the plugin: its path on this origin, without a slash at the end. */
export interface HostedPlace {
  base: string
  locale: Locale
}

interface PageInput {
  desk: DeskRecord | null
  locale: Locale
  title: string
  children: ComponentChildren
}

/** A page of a desk. */
export function page({ desk, locale, title, children }: PageInput): string {
  const color = desk && isColor(desk.settings.widget.color) ? desk.settings.widget.color : defaultColor
  const name = desk?.settings.name
  const document = (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content={color} />
        <title>{name ? `${title} · ${name}` : title}</title>
        <style dangerouslySetInnerHTML={{ __html: hostedStyle }} />
        <style dangerouslySetInnerHTML={{ __html: colorStyle(color) }} />
      </head>
      <body>
        {name && (
          <header class="top">
            <p>
              <bdi>{name}</bdi>
            </p>
          </header>
        )}
        <main>{children}</main>
      </body>
    </html>
  )
  return `<!doctype html>\n${render(document)}\n`
}

/** The desk's colour; checked to be one, so that nothing else can stand here. */
export function colorStyle(color: string): string {
  return `:root { --accent: ${color}; --on-accent: ${contrastText(color)}; --link: ${readableAccent(color, '#ffffff')}; --link-dark: ${readableAccent(color, '#171c23')}; }`
}

/** The page of one conversation, readable without scripts; the widget takes its place where they run. */
export function ticketPage(
  desk: DeskRecord,
  ticket: ConversationWithMessages,
  { base, locale, token }: HostedPlace & { token: string },
): string {
  const texts = hostedTexts[locale]
  const title = ticket.subject ?? texts.ticket(ticket.number)
  return page({
    desk,
    locale,
    title,
    children: (
      <div class="frame" id="helpdesk-widget">
        <article class="plain">
          <h1>
            <bdi>{title}</bdi>
          </h1>
          <p class="facts">
            {texts.ticket(ticket.number)} · {texts.status[ticket.status]}
          </p>
          <ol>
            {ticket.messages.map((message) => (
              <Entry key={message.id} message={message} desk={desk} locale={locale} texts={texts} />
            ))}
          </ol>
          <noscript>
            <p class="note">{texts.reading}</p>
          </noscript>
        </article>
        <Widget base={base} desk={desk} locale={locale} more={{ 'data-link-token': token }} />
      </div>
    ),
  })
}

function Widget(props: { base: string; desk: DeskRecord; locale: Locale; more: Record<string, string> }) {
  const { base, desk, locale, more } = props
  return (
    <script
      src={`${base}/widget.js`}
      async
      data-helpdesk-id={desk.publicId}
      data-locale={locale}
      data-mode="page"
      {...more}
    />
  )
}

function Entry(props: { message: Message; desk: DeskRecord; locale: Locale; texts: HostedTexts }) {
  const { message, desk, locale, texts } = props
  const { author, createdAt, body, attachments } = message
  const isContact = author.type === 'contact'
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: desk.settings.timeZone,
  }).format(new Date(createdAt))
  return (
    <li class={isContact ? 'message own' : 'message'}>
      <p class="author">
        <b>
          <bdi>{author.name ?? (isContact ? texts.visitor : texts.team)}</bdi>
        </b>{' '}
        · <time datetime={createdAt}>{time}</time>
      </p>
      <p class="body" dir="auto">
        {findLinks(body).map((part, index) =>
          'href' in part ? (
            <a key={index} href={part.href} rel="noopener noreferrer nofollow">
              {part.text}
            </a>
          ) : (
            part.text
          ),
        )}
      </p>
      {attachments.length > 0 && (
        <ul class="files" aria-label={texts.files}>
          {attachments.map((file) => (
            <li key={file.id}>
              <a href={file.url} rel="noopener noreferrer nofollow">
                <bdi>{file.name}</bdi>
              </a>{' '}
              ({size(file.bytes, locale)})
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function size(bytes: number, locale: string): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}

/** A page for visitors. */
export type WidgetPageKind = 'contact' | 'tickets' | 'link'

/** The contact form, the ticket centre or the page that opens conversations by e-mail: the widget fills the page. */
export function widgetPage(
  desk: DeskRecord,
  { base, locale, kind }: HostedPlace & { kind: WidgetPageKind },
): string {
  const texts = hostedTexts[locale]
  const { welcomeNote, helpText } = desk.settings.widget
  const said = { contact: welcomeNote, tickets: helpText, link: {} }[kind]
  const note = localized(said, locale, desk.settings.locale)
  return page({
    desk,
    locale,
    title: texts[kind],
    children: (
      <div class="frame" id="helpdesk-widget">
        <div class="plain">
          <h1>{texts[kind]}</h1>
          {note && (
            <p class="body" dir="auto">
              {note}
            </p>
          )}
          <noscript>
            <p class="note">{kind === 'link' ? texts.opening : texts.writing}</p>
          </noscript>
        </div>
        {kind === 'tickets' && <script src={`${base}/p/identity.js`} />}
        <Widget
          base={base}
          desk={desk}
          locale={locale}
          more={{ 'data-page': kind === 'link' ? 'restore' : kind }}
        />
      </div>
    ),
  })
}

/** What every link that opens nothing shows, whatever the cause. */
export function gonePage(locale: Locale, problem: 'gone' | 'busy'): string {
  const texts = hostedTexts[locale]
  return page({
    desk: null,
    locale,
    title: texts[problem],
    children: (
      <div class="frame small">
        <div class="plain center">
          <h1>{texts[problem]}</h1>
          <p>{texts[`${problem}Hint`]}</p>
        </div>
      </div>
    ),
  })
}
