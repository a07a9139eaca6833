import type { Locale } from '@helpdesk/core'
import type { ArticleHit } from '@helpdesk/core/api'
import { useRef, useState } from 'preact/hooks'
import { errorText } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { languages } from '../desks/words.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Icon } from '../ui/Icon.tsx'
import { announce } from '../ui/toasts.ts'
import { useFound } from './ArticleSearch.tsx'
import { words as w } from './insert-words.ts'
import { type InsertAs, insertionOf } from './insertion.ts'

interface InsertProps {
  /** What to look for before anybody types: what the conversation is about. */
  about: string | null
  open: boolean
  onOpen: (open: boolean) => void
  /** Gets what goes into the message. */
  onInsert: (text: string) => void
}

/** Finds an article and puts it into a message. */
export function InsertArticle({ about, open, onOpen, onInsert }: InsertProps) {
  return (
    <>
      <button
        type="button"
        class="button quiet icon"
        aria-label={w.insert}
        title={w.insertHint}
        aria-haspopup="dialog"
        onClick={() => onOpen(true)}
      >
        <Icon name="book" />
      </button>
      {open && (
        <Finder
          about={about}
          onClose={() => onOpen(false)}
          onPick={(hit, as) => {
            onOpen(false)
            onInsert(insertionOf(hit, as))
            announce(w.inserted(hit.title))
          }}
        />
      )}
    </>
  )
}

interface FinderProps {
  about: string | null
  onClose: () => void
  onPick: (hit: ArticleHit, as: InsertAs) => void
}

function Finder({ about, onClose, onPick }: FinderProps) {
  const desk = useDesk()
  const [text, setText] = useState('')
  const [locale, setLocale] = useState<Locale>(desk.settings.value?.locale ?? 'en')
  const frame = useRef<HTMLDivElement>(null)
  const suggested = text.trim() === '' && about !== null
  const found = useFound((suggested ? about : text).slice(0, 200), locale)
  const { hits } = found
  return (
    <Dialog label={w.insert} onClose={onClose} class="palette insert-article">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the field and the rows inside */}
      <div ref={frame} onKeyDown={(event) => move(event, frame.current)}>
        <div class="palette-input">
          <Icon name="search" />
          <input
            type="text"
            data-row=""
            aria-label={w.search}
            autoComplete="off"
            placeholder={w.placeholder}
            maxLength={200}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              const [first] = hits
              if (event.key !== 'Enter' || event.isComposing || !first || found.searching) return
              event.preventDefault()
              onPick(first, event.ctrlKey || event.metaKey ? 'excerpt' : 'link')
            }}
          />
          <select
            class="select"
            aria-label={w.language}
            value={locale}
            onChange={(event) => setLocale(event.currentTarget.value as Locale)}
          >
            {Object.entries(languages).map(([key, name]) => (
              <option key={key} value={key} lang={key}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <p class="insert-status soft" role="status">
          {statusOf(found, suggested, text)}
        </p>
        {hits.length > 0 && (
          <ul class="insert-list" aria-busy={found.searching}>
            {hits.map((hit) => (
              <Hit key={hit.slug} hit={hit} onPick={onPick} />
            ))}
          </ul>
        )}
        <p class="insert-keys soft">{w.keys}</p>
      </div>
    </Dialog>
  )
}

function statusOf(found: ReturnType<typeof useFound>, suggested: boolean, text: string): string {
  if (found.error !== null) return `${w.failed} ${errorText(found.error)}`
  const { hits, corrected, searching } = found
  if (suggested) return hits.length > 0 ? w.suggested : w.begin
  if (!text.trim()) return w.begin
  if (hits.length === 0) return searching ? '' : w.nothing
  return corrected ? w.corrected(corrected) : w.results(hits.length)
}

/** Arrow keys go from the text field through the rows and back. */
function move(event: KeyboardEvent, frame: HTMLElement | null): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step || !frame || (event.target as Element).tagName === 'SELECT') return
  event.preventDefault()
  const rows = [...frame.querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.findIndex(
    (row) => row === event.target || row.closest('li')?.contains(event.target as Node),
  )
  rows[(Math.max(at, 0) + step + rows.length) % rows.length]?.focus()
}

function Hit({ hit, onPick }: { hit: ArticleHit; onPick: FinderProps['onPick'] }) {
  const { title, excerpt, description, internal, collection } = hit
  return (
    <li class="insert-hit">
      <div class="insert-words">
        <p class="insert-title">
          <strong>{title}</strong>
          {collection && <span class="soft">{collection.name}</span>}
          {internal && (
            <span class="article-lock" title={w.internal}>
              <Icon name="lock" size={14} />
              <span class="hidden-visually">{w.internal}</span>
            </span>
          )}
        </p>
        <p class="article-excerpt soft">
          {excerpt.length > 0
            ? excerpt.map((part, index) => (part.mark ? <mark key={index}>{part.text}</mark> : part.text))
            : description}
        </p>
      </div>
      <button
        type="button"
        class="button outline"
        data-row=""
        aria-label={internal ? w.titleOf(title) : w.linkOf(title)}
        onClick={() => onPick(hit, 'link')}
      >
        <Icon name={internal ? 'note' : 'link'} />
        {internal ? w.text : w.link}
      </button>
      <button
        type="button"
        class="button outline"
        aria-label={w.excerptOf(title)}
        onClick={() => onPick(hit, 'excerpt')}
      >
        {w.excerpt}
      </button>
    </li>
  )
}
