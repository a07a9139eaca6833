import type { Desk } from '@helpdesk/core/api'
import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { languages, words } from './words.ts'

type Locale = Desk['locale']

const w = words.localized
const locales = Object.keys(languages) as Locale[]

interface TabsProps {
  /** What the languages are of, for screen readers. */
  label: string
  /** The desk's own language stands first: every other one falls back to it. */
  own: Locale
  isFilled: (locale: Locale) => boolean
  children: (locale: Locale) => ComponentChildren
}

/** A text per language: one tab for each, those that have a text are marked. */
export function LocaleTabs({ label, own, isFilled, children }: TabsProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [locale, setLocale] = useState<Locale>(own)
  const ordered = [own, ...locales.filter((one) => one !== own)]
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const edge = { Home: ordered[0], End: ordered.at(-1) }[event.key]
    const at = ordered.indexOf(locale)
    const next = step ? ordered[(at + step + ordered.length) % ordered.length] : edge
    if (!next) return
    event.preventDefault()
    setLocale(next)
    list.current?.querySelector<HTMLElement>(`[data-locale="${next}"]`)?.focus()
  }
  return (
    <div class="locale-tabs">
      <div ref={list} class="tab-list" role="tablist" aria-label={`${label}: ${w.tabs}`} onKeyDown={move}>
        {ordered.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`${id}-${one}`}
            data-locale={one}
            class={isFilled(one) ? 'tab filled' : 'tab'}
            aria-selected={one === locale}
            aria-controls={`${id}-panel`}
            tabIndex={one === locale ? 0 : -1}
            onClick={() => setLocale(one)}
          >
            <span lang={one}>{languages[one]}</span>
            <span class="hidden-visually">, {isFilled(one) ? w.filled : w.missing}</span>
          </button>
        ))}
      </div>
      <div class="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${locale}`}>
        {children(locale)}
      </div>
    </div>
  )
}
