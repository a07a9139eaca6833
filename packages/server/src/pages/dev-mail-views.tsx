import type { ComponentChildren } from 'preact'
import type { KeptMail, KeptMailLine } from '../adapters/kept-mail.ts'
import type { ReadMail } from '../emails/reading.ts'
import { findLinks } from '../notifications/mail-view.ts'
import type { Fate } from './dev-mail-fate.ts'
import type { MailTheme } from './dev-mail-frame.ts'
import { Copy, Direction, devMailPage, FateCard, Moment, mailbox, sizeOf } from './dev-mail-layout.tsx'
import { Lines } from './dev-mail-list.tsx'

/** What of a mail is looked at. */
export const mailViews = ['html', 'text', 'headers', 'source', 'files'] as const

/** A kept mail with everything that its page shows. */
export interface OpenedMail {
  kept: KeptMail
  /** As it travels. */
  raw: Uint8Array
  /** What a mail program reads from that; null when it cannot. */
  read: ReadMail | null
  fate: Fate | null
  /** The mails of its thread, newest first, itself among them. */
  thread: KeptMailLine[]
  fates: ReadonlyMap<string, Fate>
}

/** How a mail is looked at. */
export interface MailLook {
  view: (typeof mailViews)[number]
  theme: MailTheme
  narrow: boolean
}

/** More of a text than this is no reading matter, and would make the page slow. */
const shownCharacters = 200_000

/** One mail: what became of it, its views, its thread. @param options `conversation`: the address of its conversation */
export function renderMail(opened: OpenedMail, look: MailLook, conversation: string | null): string {
  const { kept, fate, thread } = opened
  const { mail, takenInAs, id } = kept
  const others = thread.filter((line) => line.id !== id)
  return devMailPage(
    mail.subject || '(no subject)',
    <>
      <a class="back" href="../mail">
        ‹ All mail
      </a>
      <div class="head">
        <div>
          <h1>
            <bdi>{mail.subject || '(no subject)'}</bdi>
          </h1>
          <Brief kept={kept} />
        </div>
        {takenInAs === null && mail.replyTo && (
          <div class="actions">
            <a class="button primary" href={`${id}/reply`}>
              <Direction way="in" size={18} />
              Reply as the recipient
            </a>
          </div>
        )}
      </div>
      {fate && <FateCard fate={fate} conversation={conversation} />}
      <Views opened={opened} look={look} />
      {others.length > 0 && (
        <>
          <h2 class="thread">In the same thread</h2>
          <div class="mails card">
            <Lines lines={others} fates={opened.fates} root="../mail" />
          </div>
        </>
      )}
    </>,
    fate?.state === 'received',
  )
}

function Brief({ kept: { mail, createdAt, takenInAs } }: { kept: KeptMail }) {
  return (
    <dl class="brief">
      <dt>From</dt>
      <dd>
        <bdi>{mailbox(mail.from)}</bdi>
      </dd>
      <dt>To</dt>
      <dd>
        <bdi>{mailbox(mail.to)}</bdi>
      </dd>
      {takenInAs === null && (
        <>
          <dt>Answers to</dt>
          <dd>
            {mail.replyTo ? (
              <bdi id="reply-to">{mail.replyTo.address}</bdi>
            ) : (
              'nobody: it has no reply address'
            )}
          </dd>
        </>
      )}
      <dt>{takenInAs ? 'Written' : 'Kept'}</dt>
      <dd>
        <Moment at={createdAt} exact />
      </dd>
    </dl>
  )
}

const names = {
  html: 'HTML',
  text: 'Text',
  headers: 'Headers',
  source: 'Source',
  files: 'Attachments',
} as const

const query = ({ view, theme, narrow }: MailLook) =>
  `?view=${view}${theme === null ? '' : `&theme=${theme}`}${narrow ? '&width=narrow' : ''}`

/** Links of which one is where the reader is. */
function Choices(props: {
  class: string
  label: string
  of: { name: string; href: string; here: boolean }[]
}) {
  return (
    <nav class={props.class} aria-label={props.label}>
      {props.of.map(({ name, href, here }) => (
        <a key={name} href={href} {...(here ? { 'aria-current': 'page' } : {})}>
          {name}
        </a>
      ))}
    </nav>
  )
}

function Views({ opened, look }: { opened: OpenedMail; look: MailLook }) {
  const files = opened.read?.parts ?? []
  const { id } = opened.kept
  const to = (change: Partial<MailLook>) => `${id}${query({ ...look, ...change })}`
  const views = mailViews.filter((view) => view !== 'files' || files.length > 0)
  return (
    <section class="card" aria-label="The e-mail">
      <div class="bar">
        <Choices
          class="tabs"
          label="Views"
          of={views.map((view) => ({
            name: view === 'files' ? `${names[view]} (${files.length})` : names[view],
            href: to({ view }),
            here: view === look.view,
          }))}
        />
        <div class="switches">
          <Tools look={look} to={to} id={id} />
        </div>
      </div>
      <View opened={opened} look={look} />
    </section>
  )
}

function Tools({ look, to, id }: { look: MailLook; to: (change: Partial<MailLook>) => string; id: string }) {
  const { view, theme, narrow } = look
  if (view === 'text') return <Copy of="shown" label="Copy text" />
  if (view === 'headers') return <Copy of="shown" label="Copy headers" />
  if (view === 'files') return null
  if (view === 'source') {
    return (
      <>
        <Copy of="shown" label="Copy source" />
        <a class="button small" href={`${id}/source.eml`}>
          Download .eml
        </a>
      </>
    )
  }
  const themes = [null, 'light', 'dark'] as const
  return (
    <>
      <Choices
        class="switch"
        label="Light"
        of={themes.map((one) => ({
          name: one === null ? 'System' : one === 'light' ? 'Light' : 'Dark',
          href: to({ theme: one }),
          here: one === theme,
        }))}
      />
      <Choices
        class="switch"
        label="Width"
        of={[false, true].map((one) => ({
          name: one ? 'Narrow' : 'Wide',
          href: to({ narrow: one }),
          here: one === narrow,
        }))}
      />
    </>
  )
}

function View({ opened, look }: { opened: OpenedMail; look: MailLook }) {
  const { kept, read, raw } = opened
  const { view, theme, narrow } = look
  if (view === 'html') {
    const classes = ['stage', narrow ? 'narrow' : 'wide', theme ?? 'system'].join(' ')
    return (
      <div class={classes}>
        <iframe
          title="The e-mail as HTML"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          src={`${kept.id}/html${theme === null ? '' : `?theme=${theme}`}`}
        />
      </div>
    )
  }
  if (view === 'text') {
    return <Long whole={kept.mail.text}>{(text) => <Linked text={text} />}</Long>
  }
  if (view === 'source') return <Long whole={Buffer.from(raw).toString('utf8')}>{(text) => text}</Long>
  if (view === 'headers') return <Headers read={read} />
  return <Files id={kept.id} read={read} />
}

function Long({ whole, children }: { whole: string; children: (text: string) => ComponentChildren }) {
  const isCut = whole.length > shownCharacters
  const shown = isCut ? whole.slice(0, shownCharacters).toWellFormed() : whole
  return (
    <>
      <pre id="shown">{children(shown)}</pre>
      {isCut && (
        <p class="limit">
          The first {shownCharacters.toLocaleString('en')} of {whole.length.toLocaleString('en')} characters.
          The whole is in the download under Source.
        </p>
      )}
    </>
  )
}

function Linked({ text }: { text: string }) {
  const parts = findLinks(text).map((part, index) =>
    'href' in part ? (
      <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
        {part.text}
      </a>
    ) : (
      part.text
    ),
  )
  return <>{parts}</>
}

function Headers({ read }: { read: ReadMail | null }) {
  if (read === null) return <p class="limit">They could not be read. Source shows them as they are.</p>
  return (
    <>
      <dl class="pad">
        {read.headerList.map(({ name, value }) => (
          <>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </>
        ))}
      </dl>
      {/* For the button that copies them. */}
      <pre id="shown" hidden>
        {read.headerList.map(({ name, value }) => `${name}: ${value}\n`)}
      </pre>
    </>
  )
}

function Files({ id, read }: { id: string; read: ReadMail | null }) {
  return (
    <ul class="files">
      {(read?.parts ?? []).map(({ name, type, bytes }, place) => (
        <li key={place}>
          <a href={`${id}/files/${place}`}>
            <bdi>{name}</bdi>
          </a>
          <span class="soft">
            {type}, {sizeOf(bytes.length)}
          </span>
        </li>
      ))}
    </ul>
  )
}
