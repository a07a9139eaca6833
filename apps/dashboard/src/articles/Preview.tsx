import type { Locale } from '@helpdesk/core'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { client, errorCode, errorText } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { theme } from '../ui/theme.ts'
import { words } from './editor-words.ts'
import { helpCenterUrl } from './places.ts'
import readingStyle from './reading.css?url'
import type { TextDraft } from './text-draft.ts'

const w = words.preview
const pauseMs = 400

interface PreviewProps {
  draft: TextDraft
  /** How far the text beside it has been scrolled, from 0 to 1. */
  scrolled?: number | undefined
}

/** The text as readers see it: what the desk has rendered and sanitised, where nothing can run. */
export function Preview({ draft, scrolled }: PreviewProps) {
  const { html, error } = useRendered(draft)
  const title = draft.title.value
  return (
    <div class="preview-pane">
      {error !== null && (
        <p class="notice warm" role="status">
          {w.failed} {errorText(error)}
        </p>
      )}
      {html === '' && !title ? (
        <p class="soft preview-empty">{w.empty}</p>
      ) : (
        <Frame html={html} title={title} locale={draft.locale} scrolled={scrolled} />
      )}
    </div>
  )
}

/** The text as the desk renders it, asked for when somebody pauses; what was saved comes rendered already. */
function useRendered(draft: TextDraft): { html: string; error: unknown } {
  const desk = useDesk()
  const markdown = draft.markdown.value
  const saved = draft.saved.value
  const known = markdown === saved.markdown ? saved.html : markdown.trim() === '' ? '' : null
  const [made, setMade] = useState<{ html: string; error: unknown }>({ html: saved.html, error: null })
  useEffect(() => {
    if (known !== null) {
      setMade({ html: known, error: null })
      return
    }
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const { html } = await client.articles.preview(desk.id, markdown, { signal: stop.signal })
        setMade({ html, error: null })
      } catch (error) {
        // What is too often comes again with the next letter, or with the next save.
        if (stop.signal.aborted || errorCode(error) === 'too_many_requests') return
        setMade((before) => ({ ...before, error }))
      }
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [desk, markdown, known])
  return made
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

interface FrameProps {
  html: string
  title: string
  locale: Locale
  scrolled: number | undefined
}

/**
 * A document of its own without scripts: the sandbox lets none run, and the policy loads nothing but images and the
 * one style sheet. It keeps the origin only so that this page can put text into it.
 */
function Frame({ html, title, locale, scrolled }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const desk = useDesk()
  const chosen = theme.value
  const shell = useMemo(() => {
    const style = new URL(readingStyle, document.baseURI).href
    const policy = "default-src 'none'; img-src 'self' data:; style-src 'self'"
    return `<!doctype html><html lang="${locale}" data-theme="${chosen}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${escaped(w.label)}</title><link rel="stylesheet" href="${escaped(style)}"></head><body><h1></h1><div class="article"></div></body></html>`
  }, [locale, chosen])
  const fill = () => {
    const inside = frame.current?.contentDocument
    const [heading, body] = [inside?.querySelector('h1'), inside?.querySelector('.article')]
    if (!heading || !body) return
    heading.textContent = title
    body.innerHTML = html
  }
  useEffect(fill, [html, title])
  useEffect(() => {
    const page = frame.current?.contentDocument?.scrollingElement
    if (page && scrolled !== undefined) page.scrollTop = scrolled * (page.scrollHeight - page.clientHeight)
  }, [scrolled])
  const onLoad = () => {
    const base = `${helpCenterUrl(desk.id, locale)}/`
    frame.current?.contentDocument?.addEventListener('click', (event) => openOutside(event, base))
    fill()
  }
  return (
    <iframe
      ref={frame}
      class="preview-frame"
      title={w.label}
      sandbox="allow-same-origin"
      srcdoc={shell}
      onLoad={onLoad}
    />
  )
}

/** Links lead out of the preview, from where the article has its page; those within it go to their heading. */
function openOutside(event: MouseEvent, base: string): void {
  const target = event.target as Element | null
  const link = target?.closest?.('a')
  if (!link) return
  event.preventDefault()
  const to = link.getAttribute('href') ?? ''
  if (to.startsWith('#')) {
    link.ownerDocument.getElementById(to.slice(1))?.scrollIntoView()
    return
  }
  const url = URL.canParse(to, base) ? new URL(to, base) : null
  if (url && /^https?:$/.test(url.protocol)) window.open(url.href, '_blank', 'noopener,noreferrer')
}
