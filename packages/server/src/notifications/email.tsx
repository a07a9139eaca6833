import { contrastText, isColor, readableAccent } from '@helpdesk/core'
import { Fragment } from 'preact'
import { render } from 'preact-render-to-string'
import { findLinks, type MailFile, type MailMessage, type MailView } from './mail-view.ts'

const light = { page: '#f3f4f6', card: '#ffffff', line: '#e5e7eb', text: '#1f2937', quiet: '#5b6472' }
const dark = { page: '#0f1216', card: '#191e25', line: '#2d3541', text: '#e7eaee', quiet: '#a3adba' }

const font =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif"

/** Inline styles stand for the bright form, which every mail program shows; these rules turn it dark where known. */
const darkRules = (accent: string) => `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background-color: ${dark.page} !important; }
  .card { background-color: ${dark.card} !important; border-color: ${dark.line} !important; }
  .line { border-color: ${dark.line} !important; }
  .text { color: ${dark.text} !important; }
  .quiet { color: ${dark.quiet} !important; }
  .link { color: ${accent} !important; }
  .code { background-color: ${dark.page} !important; color: ${dark.text} !important; }
}
@media (max-width: 480px) { .inside { padding: 24px 20px !important; } }`

/** The HTML form of an e-mail: a whole document, readable without its styles, with nothing to load. */
export function htmlDocument(view: MailView): string {
  return `<!doctype html>\n${render(<MailDocument view={view} />)}\n`
}

function MailDocument({ view }: { view: MailView }) {
  const color = isColor(view.color) ? view.color : '#2563eb'
  return (
    <html lang={view.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{view.subject}</title>
        {/* Our own text, no input: a colour was checked to be one. */}
        <style dangerouslySetInnerHTML={{ __html: darkRules(readableAccent(color, dark.card)) }} />
      </head>
      <body class="page" style={{ margin: '0', padding: '0', backgroundColor: light.page, fontFamily: font }}>
        <div class="page" style={{ backgroundColor: light.page, padding: '32px 12px' }}>
          <div style={{ maxWidth: '560px', margin: '0 auto' }}>
            {view.delimiter !== null && <Small text={view.delimiter} margin="0 8px 14px" />}
            <Card view={view} color={color} />
            <Small text={view.footer} margin="20px 8px 0" />
            {view.unsubscribe !== null && (
              <p style={{ ...smallStyle, margin: '8px 8px 0' }}>
                <a class="quiet" href={view.unsubscribe.url} style={{ color: light.quiet }}>
                  {view.unsubscribe.label}
                </a>
              </p>
            )}
          </div>
        </div>
      </body>
    </html>
  )
}

function Card({ view, color }: { view: MailView; color: string }) {
  const accent = readableAccent(color, light.card)
  const card = {
    backgroundColor: light.card,
    border: `1px solid ${light.line}`,
    borderRadius: '12px',
    overflow: 'hidden',
  }
  return (
    <div class="card" style={card}>
      <div style={{ height: '4px', backgroundColor: color, fontSize: '0', lineHeight: '0' }} />
      <div class="inside" style={{ padding: '26px 32px 32px' }}>
        <h1
          class="text"
          style={{ margin: '0', fontSize: '21px', lineHeight: '1.35', fontWeight: '650', color: light.text }}
        >
          <bdi>{view.title}</bdi>
        </h1>
        {view.facts.map((fact) => (
          <p
            key={fact}
            class="quiet"
            style={{ margin: '4px 0 0', fontSize: '14px', lineHeight: '1.5', color: light.quiet }}
          >
            <bdi>
              <Unbroken text={fact} piece={view.number} />
            </bdi>
          </p>
        ))}
        {view.intro !== '' && (
          <div class="text" dir="auto" style={{ ...bodyStyle, margin: '16px 0 0' }}>
            <Lines text={view.intro} accent={accent} number={view.number} />
          </div>
        )}
        {view.omitted !== null && <Quiet text={view.omitted} />}
        {view.messages.map((message, index) => (
          <Message key={index} message={message} accent={accent} filesLabel={view.filesLabel} />
        ))}
        <p style={{ margin: '28px 0 0' }}>
          <a href={view.action.url} style={buttonStyle(color)}>
            {view.action.label}
          </a>
        </p>
        {view.code !== null && <Code {...view.code} />}
        {view.hints.map((hint) => (
          <Quiet key={hint} text={hint} />
        ))}
      </div>
    </div>
  )
}

function Quiet({ text }: { text: string }) {
  return (
    <p class="quiet" style={{ margin: '16px 0 0', fontSize: '14px', lineHeight: '1.5', color: light.quiet }}>
      {text}
    </p>
  )
}

function Small({ text, margin }: { text: string; margin: string }) {
  return (
    <p class="quiet" style={{ ...smallStyle, margin }}>
      {text}
    </p>
  )
}

/** Digits that can be read from across a room, and copied without anything between them. */
function Code({ label, value }: { label: string; value: string }) {
  return (
    <>
      <Quiet text={`${label}:`} />
      <p style={{ margin: '8px 0 0' }}>
        <span class="code" style={codeStyle}>
          {value}
        </span>
      </p>
    </>
  )
}

function Message(props: { message: MailMessage; accent: string; filesLabel: string }) {
  const { message, accent, filesLabel } = props
  return (
    <div class="line" style={{ marginTop: '22px', paddingTop: '20px', borderTop: `1px solid ${light.line}` }}>
      <p style={{ margin: '0 0 8px', fontSize: '14px', lineHeight: '1.5' }}>
        <bdi class="text" style={{ color: light.text, fontWeight: '600' }}>
          {message.author}
        </bdi>
        <span class="quiet" style={{ color: light.quiet }}>
          , {message.time}
        </span>
      </p>
      {message.body !== '' && (
        <div class="text" dir="auto" style={bodyStyle}>
          <Lines text={message.body} accent={accent} />
        </div>
      )}
      {message.files.length > 0 && <Files files={message.files} label={filesLabel} accent={accent} />}
    </div>
  )
}

function Files({ files, label, accent }: { files: MailFile[]; label: string; accent: string }) {
  return (
    <>
      <Quiet text={`${label}:`} />
      {files.map(({ name, size, url }, index) => (
        <p
          key={index}
          class="quiet"
          style={{ margin: '4px 0 0', fontSize: '15px', lineHeight: '1.5', color: light.quiet }}
        >
          -{' '}
          {url === null ? (
            <bdi class="text" style={{ color: light.text }}>
              {name}
            </bdi>
          ) : (
            <a class="link" href={url} style={{ color: accent, textDecoration: 'underline' }}>
              <bdi>{name}</bdi>
            </a>
          )}{' '}
          ({size})
        </p>
      ))}
    </>
  )
}

interface TextProps {
  text: string
  accent: string
  /** Stays on one line. */
  number?: string
}

function Lines({ text, ...look }: TextProps) {
  return (
    <>
      {text.split(/\r\n?|\n/).map((line, index) => (
        <Fragment key={index}>
          {index > 0 && <br />}
          <Line text={line} {...look} />
        </Fragment>
      ))}
    </>
  )
}

/** A text in which one piece, such as a number with a hyphen, is not broken at the end of a line. */
function Unbroken({ text, piece }: { text: string; piece: string }) {
  const [first, ...others] = piece === '' ? [text] : text.split(piece)
  return (
    <>
      {first}
      {others.map((rest, index) => (
        <Fragment key={index}>
          <span style={{ whiteSpace: 'nowrap' }}>{piece}</span>
          {rest}
        </Fragment>
      ))}
    </>
  )
}

function Line({ text, accent, number = '' }: TextProps) {
  return (
    <>
      {findLinks(text).map((part, index) =>
        'href' in part ? (
          <a
            key={index}
            class="link"
            href={part.href}
            rel="noopener noreferrer nofollow"
            style={{ color: accent, textDecoration: 'underline' }}
          >
            {part.text}
          </a>
        ) : (
          <Unbroken key={index} text={part.text} piece={number} />
        ),
      )}
    </>
  )
}

const smallStyle = { fontSize: '13px', lineHeight: '1.5', color: light.quiet } as const

const codeStyle = {
  display: 'inline-block',
  padding: '10px 12px 10px 20px',
  borderRadius: '8px',
  backgroundColor: light.page,
  color: light.text,
  fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  fontSize: '32px',
  lineHeight: '1.2',
  fontWeight: '600',
  letterSpacing: '8px',
} as const

/** Line breaks are elements; where styles are known, the spaces at the start of a line stay as well. */
const bodyStyle = {
  fontSize: '16px',
  lineHeight: '1.6',
  color: light.text,
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
} as const

function buttonStyle(color: string) {
  return {
    display: 'inline-block',
    padding: '12px 22px',
    borderRadius: '8px',
    backgroundColor: color,
    color: contrastText(color),
    fontSize: '15px',
    lineHeight: '1.3',
    fontWeight: '600',
    textAlign: 'center',
    textDecoration: 'none',
  }
}
