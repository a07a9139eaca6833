import type { EmailTemplatePreview } from '@helpdesk/client'
import type { EmailTemplate } from '@helpdesk/core/api'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { client, errorCode, errorText } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { applyFrameStyles } from '../ui/frame-styles.ts'
import { Segments } from '../ui/Segments.tsx'
import { theme } from '../ui/theme.ts'
import { type MailScheme, mailDocument } from './mail-document.ts'
import { words } from './template-words.ts'
import { dependsOnProof, templateItem } from './templates.ts'

const w = words.preview
const pauseMs = 400

interface PreviewProps {
  template: EmailTemplate
  subject: string
  body: string
  /** Whether an e-mail can be made of the words. */
  isRight: boolean
}

/** The e-mail that the words make, as somebody's mail program will show it. */
export function TemplatePreview({ template, subject, body, isRight }: PreviewProps) {
  const [form, setForm] = useState<keyof typeof w.forms>('html')
  const [scheme, setScheme] = useState<MailScheme>(shownScheme)
  const [address, setAddress] = useState<keyof typeof w.addresses>('proved')
  const { made, error } = useMade({ template, subject, body, isRight }, address === 'proved')
  return (
    <section class="mail-preview" aria-label={w.title}>
      <div class="mail-preview-choices">
        <Segments label={w.form} value={form} onChange={setForm} options={optionsOf(w.forms)} />
        {form === 'html' && (
          <Segments label={w.scheme} value={scheme} onChange={setScheme} options={optionsOf(w.schemes)} />
        )}
        {dependsOnProof(template.kind) && (
          <div class="mail-preview-address">
            <span class="soft">{w.address}</span>
            <Segments
              label={w.address}
              value={address}
              onChange={setAddress}
              options={optionsOf(w.addresses)}
            />
          </div>
        )}
      </div>
      {error !== null ? (
        <p class="notice warm" role="status">
          {w.failed} {errorText(error)}
        </p>
      ) : (
        !isRight && <p class="notice">{w.waiting}</p>
      )}
      {made ? (
        <Mail made={made} form={form} scheme={scheme} isStale={!isRight} />
      ) : (
        error === null && <p class="soft">{w.loading}</p>
      )}
    </section>
  )
}

function optionsOf<V extends string>(labels: Readonly<Record<V, string>>) {
  return (Object.entries(labels) as [V, string][]).map(([value, label]) => ({ value, label }))
}

/** To begin with, what is looked at stands in the colours of the page around it. */
function shownScheme(): MailScheme {
  if (theme.peek() !== 'auto') return theme.peek() === 'dark' ? 'dark' : 'light'
  return globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

interface Made {
  /** The template it was made of. */
  of: string
  made: EmailTemplatePreview | null
  error: unknown
}

/** Asked for when somebody pauses; what is asked for while another answer is awaited takes its place. */
function useMade({ template, subject, body, isRight }: PreviewProps, proved: boolean) {
  const desk = useDesk()
  const { kind, locale } = template
  const item = templateItem(template)
  const [state, setState] = useState<Made>({ of: item, made: null, error: null })
  const isFirst = state.made === null || state.of !== item
  useEffect(() => {
    if (!isRight) return
    const stop = new AbortController()
    const ask = async () => {
      try {
        const words = { subject, body, proved }
        const { signal } = stop
        const made = await withSession(() =>
          client.emailTemplates.preview(desk.id, { kind, locale }, words, { signal }),
        )
        setState({ of: item, made, error: null })
      } catch (error) {
        // What is too often comes again with the next letter.
        if (stop.signal.aborted || errorCode(error) === 'too_many_requests') return
        setState((before) => ({ of: item, made: before.of === item ? before.made : null, error }))
      }
    }
    const timer = setTimeout(ask, isFirst ? 0 : pauseMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [desk, item, subject, body, proved, isRight])
  return state
}

interface MailProps {
  made: EmailTemplatePreview
  form: 'html' | 'text'
  scheme: MailScheme
  /** The words have changed since, in a way that nothing can be made of. */
  isStale: boolean
}

function Mail({ made, form, scheme, isStale }: MailProps) {
  const page = useMemo(() => mailDocument(made.html, scheme), [made.html, scheme])
  return (
    <div class={isStale ? 'mail-frame stale' : 'mail-frame'}>
      <p class="mail-preview-subject">
        <span class="hidden-visually">{w.subject}: </span>
        {made.subject}
      </p>
      {form === 'html' ? (
        <Frame page={page} scheme={scheme} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section tabIndex={0} aria-label={w.label}>
          <pre>{made.text}</pre>
        </section>
      )}
    </div>
  )
}

/**
 * No scripts, no forms, no windows: an e-mail is looked at, nothing more. The one before stays until the new one stands,
 * so that nothing flickers while somebody writes.
 */
function Frame({ page, scheme }: { page: string; scheme: MailScheme }) {
  const [shown, setShown] = useState(page)
  const pages = shown === page ? [page] : [shown, page]
  return (
    <div class="mail-pages">
      {pages.map((one) => (
        <iframe
          key={one}
          class={one === shown ? undefined : 'coming'}
          title={one === shown ? w.label : w.loading}
          aria-hidden={one === shown ? undefined : true}
          sandbox="allow-same-origin"
          srcdoc={one}
          style={{ colorScheme: scheme }}
          onLoad={(event) => {
            applyFrameStyles(event.currentTarget)
            setShown(one)
          }}
        />
      ))}
    </div>
  )
}
