import type { ComponentType } from 'preact'
import type { Shell } from '../lazy.ts'
import { loadAllTexts } from './i18n/index.ts'
import type { Model } from './model.ts'
import type { Screen } from './screen.ts'

/** Screens that are loaded when they are first gone to. */
export interface Part {
  readonly styles: readonly string[]
  readonly View: ComponentType<{ screen: Screen }>
}

const parts = {
  articles: () => import('./articles/part.tsx').then((module): Part => module.articlesPart),
  conversations: () => import('./conversations/part.tsx').then((module): Part => module.conversationsPart),
  restore: () => import('./contacts/part.tsx').then((module): Part => module.restorePart),
  tickets: () => import('./tickets/part.tsx').then((module): Part => module.ticketsPart),
}

/** The name of a part. */
export type PartName = keyof typeof parts

const adopted = new WeakMap<Shell, Set<string>>()

/** The part that a screen is in; home is there from the beginning. */
export function partOf({ name }: Screen): PartName | undefined {
  if (name === 'home') return undefined
  if (name === 'article') return 'articles'
  if (name === 'restore') return name
  return name === 'message' || name === 'thread' ? 'conversations' : 'tickets'
}

/** Loads a part with its texts, in the language that is spoken. */
export async function loadPart(model: Model, name: PartName): Promise<void> {
  const { shell, store, signal } = model
  const { locale } = store.get().texts
  const [part, allTexts] = await Promise.all([parts[name](), loadAllTexts(locale)])
  const sheets = adopted.get(shell) ?? new Set()
  adopted.set(shell, sheets)
  if (signal.aborted) return
  for (const css of part.styles) {
    if (!sheets.has(css)) shell.adopt(css)
    sheets.add(css)
  }
  const { parts: loaded, texts } = store.get()
  store.set({
    parts: { ...loaded, [name]: part },
    allTexts: texts.locale === locale ? allTexts : store.get().allTexts,
  })
}

/** Begins to load what a screen needs, for somebody who is about to go there. */
export function prepare(model: Model, screen: Screen): void {
  const name = partOf(screen)
  // Whoever goes there is told when it cannot be loaded.
  if (name && !model.store.get().parts[name]) loadPart(model, name).catch(() => {})
}
