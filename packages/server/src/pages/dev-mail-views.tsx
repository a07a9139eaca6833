import type { ComponentChildren } from 'preact'
import { render } from 'preact-render-to-string'
import type { KeptMail, KeptMailLine } from '../adapters/kept-mail.ts'
import type { MailAddress } from '../adapters/mail.ts'
import { findLinks } from '../notifications/mail-view.ts'

/** The style sheet of the pages, to the byte as it stands in them. */
export const devMailStyle = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --line: #e3e6ea; --text: #1c2430; --quiet: #5b6675; --accent: #1d4ed8; --hover: #f0f4ff; }
@media (prefers-color-scheme: dark) { :root { --page: #0f1216; --card: #181d24; --line: #2b333e; --text: #e7eaee; --quiet: #a0abb9; --accent: #8ab4ff; --hover: #1f2733; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { max-width: 820px; margin: 0 auto; padding: 40px 20px 64px; }
h1 { margin: 0; font-size: 26px; line-height: 1.3; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 32px 0 10px; font-size: 15px; font-weight: 600; color: var(--quiet); }
p { margin: 6px 0 0; color: var(--quiet); }
a { color: var(--accent); }
.card { margin-top: 24px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.mails { list-style: none; padding: 0; }
.mails li + li { border-top: 1px solid var(--line); }
.mails a { display: grid; grid-template-columns: 1fr auto; gap: 2px 16px; padding: 14px 18px; color: inherit; text-decoration: none; }
.mails a:hover { background: var(--hover); }
.mails a:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.subject { font-weight: 600; overflow-wrap: anywhere; }
.to, time { color: var(--quiet); font-size: 14px; overflow-wrap: anywhere; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
h2 + .card { margin-top: 0; }
.empty { padding: 48px 24px; text-align: center; }
.empty p:first-child { color: var(--text); font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 8px 20px; margin: 0; padding: 18px 20px; font-size: 14px; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0; padding: 18px 20px; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
iframe { display: block; width: 100%; height: 520px; border: 0; background: var(--page); }
.back { display: inline-block; margin-bottom: 20px; font-size: 14px; }
@media (max-width: 560px) { main { padding: 24px 14px 48px; } .mails a, dl { grid-template-columns: 1fr; gap: 2px; } dd { margin-bottom: 8px; } }
`

function page(title: string, content: ComponentChildren, refreshSeconds?: number): string {
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {refreshSeconds !== undefined && <meta http-equiv="refresh" content={String(refreshSeconds)} />}
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: devMailStyle }} />
      </head>
      <body>
        <main>{content}</main>
      </body>
    </html>
  )
  return `<!doctype html>\n${render(document)}\n`
}

const mailbox = ({ name, address }: MailAddress) => (name === '' ? address : `${name} <${address}>`)

function Moment({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{at.toISOString().slice(0, 19).replace('T', ' ')} UTC</time>
}

/** The list of mails; it loads itself anew every few seconds. */
export function renderMailList(mails: readonly KeptMailLine[]): string {
  const list = (
    <ul class="mails card">
      {mails.map(({ id, to, subject, createdAt }) => (
        <li key={id}>
          {/* Relative to /dev/mail, whatever stands before it. */}
          <a href={`mail/${id}`}>
            <bdi class="subject">{subject}</bdi>
            <Moment at={createdAt} />
            <bdi class="to">To {mailbox(to)}</bdi>
          </a>
        </li>
      ))}
    </ul>
  )
  const empty = (
    <div class="card empty">
      <p>No mail yet</p>
      <p>E-mails appear here about a minute after a message that nobody has read.</p>
    </div>
  )
  return page(
    'Mail',
    <>
      <h1>Mail</h1>
      <p>There is no mail server, so e-mails are kept here. The newest 200, up to date every 5 seconds.</p>
      {mails.length === 0 ? empty : list}
    </>,
    5,
  )
}

/** One mail: its headers, its text, and its HTML in a frame that can do nothing. */
export function renderMail({ id, mail, createdAt }: KeptMail): string {
  const headers: [string, string][] = [
    ['From', mailbox(mail.from)],
    ['To', mailbox(mail.to)],
    ...(mail.replyTo ? [['Reply-To', mailbox(mail.replyTo)] as [string, string]] : []),
    ['Message-ID', mail.messageId],
    ...(mail.inReplyTo ? [['In-Reply-To', mail.inReplyTo] as [string, string]] : []),
    ...(mail.references ? [['References', mail.references.join(' ')] as [string, string]] : []),
    ...Object.entries(mail.headers),
  ]
  return page(
    mail.subject,
    <>
      <a class="back" href="../mail">
        ‹ All mail
      </a>
      <h1>
        <bdi>{mail.subject}</bdi>
      </h1>
      <p>
        <Moment at={createdAt} />
      </p>
      <div class="card">
        <iframe title="The e-mail as HTML" sandbox="" src={`${id}/html`} />
      </div>
      <h2>Text, with links that work</h2>
      <div class="card">
        <pre>
          {findLinks(mail.text).map((part, index) =>
            'href' in part ? (
              <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
                {part.text}
              </a>
            ) : (
              part.text
            ),
          )}
        </pre>
      </div>
      <h2>Headers</h2>
      <div class="card">
        <dl>
          {headers.map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </>
          ))}
        </dl>
      </div>
    </>,
  )
}

/** For a mail that is not, or no longer, kept. */
export function renderNoMail(): string {
  return page(
    'No such mail',
    <>
      <h1>No such mail</h1>
      <p>Only the newest 200 are kept.</p>
    </>,
  )
}
