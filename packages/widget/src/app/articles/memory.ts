import type { ArticlesFound } from '@helpdesk/client'
import type { PublicArticle } from '@helpdesk/core/api'
import type { Model } from '../model.ts'

/** What has been read and searched since the widget was opened. */
export interface Memory {
  /** By language and text. */
  readonly found: Map<string, ArticlesFound>
  /** Searches that the desk has been told about, by language and text. */
  readonly counted: Set<string>
  /** By language and slug. */
  readonly articles: Map<string, PublicArticle>
  /** What the visitor has said of articles, by their address. */
  readonly rated: Map<string, 'asked' | 'done'>
  /** The visitor wants no suggestions. */
  isQuiet: boolean
}

const memories = new WeakMap<Model, Memory>()

/** The memory of one application: it is forgotten with its visitor. */
export function memoryOf(model: Model): Memory {
  const known = memories.get(model)
  if (known) return known
  const memory: Memory = {
    found: new Map(),
    counted: new Set(),
    articles: new Map(),
    rated: new Map(),
    isQuiet: false,
  }
  memories.set(model, memory)
  return memory
}
