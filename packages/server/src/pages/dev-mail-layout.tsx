import type { ComponentChildren } from 'preact'
import { render } from 'preact-render-to-string'
import type { MailAddress } from '../adapters/mail.ts'
import { type Fate, fateWords } from './dev-mail-fate.ts'
import { devMailScript } from './dev-mail-script.ts'
import { devMailStyle } from './dev-mail-style.ts'

/** A whole page. @param live with something in it that changes by itself, marked with a name in `data-live` */
export function devMailPage(title: string, content: ComponentChildren, live = false): string {
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {live && (
          <noscript>
            <meta http-equiv="refresh" content="5" />
          </noscript>
        )}
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: devMailStyle }} />
      </head>
      <body>
        <main>{content}</main>
        <script dangerouslySetInnerHTML={{ __html: devMailScript }} />
      </body>
    </html>
  )
  return `<!doctype html>\n${render(document)}\n`
}

/** A name and an address as mail programs show them. */
export const mailbox = ({ name, address }: MailAddress) => (name === '' ? address : `${name} <${address}>`)

/** A moment; with scripts on, by the reader's clock. */
export function Moment({ at, exact = false }: { at: Date; exact?: boolean }) {
  const text = at.toISOString().replace('T', ' ')
  return (
    <time dateTime={at.toISOString()} {...(exact ? { 'data-exact': '' } : {})}>
      {exact ? text.slice(0, 19) : text.slice(0, 16)} UTC
    </time>
  )
}

/** A button that copies the text of the element with an id; only scripts can, so without them it is not there. */
export function Copy({ of, label }: { of: string; label: string }) {
  return (
    <button type="button" class="button small" data-copy={of} hidden>
      {label}
    </button>
  )
}

const paths = {
  /** It came from the desk. */
  out: 'M3 5.5h14v9H3zM3.5 6l6.5 5 6.5-5',
  /** It went to the desk. */
  in: 'M8 5 3.5 9.5 8 14M4 9.5h7.5a5 5 0 0 1 5 5V15',
}

/** A small picture that says which way a mail went. */
export function Direction({ way, size = 20 }: { way: keyof typeof paths; size?: number }) {
  return (
    <svg class={way} width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path
        d={paths[way]}
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}

/** Bytes in the unit in which they can be read. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  const kib = bytes / 1024
  return kib < 1024 ? `${kib.toFixed(kib < 10 ? 1 : 0)} KiB` : `${(kib / 1024).toFixed(1)} MiB`
}

/** What became of a mail to the desk; it changes by itself. */
export function FateCard({ fate, conversation }: { fate: Fate; conversation: string | null }) {
  const { title, why } = fateWords(fate)
  return (
    <div class={`card fate ${fate.state}`} data-live="fate" role="status">
      <div>
        <p>{title}</p>
        {why !== '' && <p>{why}</p>}
      </div>
      {conversation && (
        <a href={conversation} target="_blank" rel="noopener noreferrer">
          Open in the dashboard
        </a>
      )}
    </div>
  )
}

/** For a mail that is not, or no longer, kept, and for what else cannot be done. @param root the way to the list */
export function renderNothing(title: string, why: string, root: string): string {
  return devMailPage(
    title,
    <>
      <a class="back" href={root}>
        ‹ All mail
      </a>
      <h1>{title}</h1>
      <p class="soft">{why}</p>
    </>,
  )
}
