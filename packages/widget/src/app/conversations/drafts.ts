import type { DeskStorage } from '../../storage.ts'
import type { Model } from '../model.ts'

/** Where the forms keep their fields, beside the conversations' ids. */
export const formFields = {
  message: ['email', 'name', 'message'],
  ticket: ['email', 'name', 'title', 'content', 'priority', 'category'],
} as const

/** A form that starts a conversation. */
export type FormName = keyof typeof formFields

/** A field of the message form. */
export type FormField = (typeof formFields.message)[number]

/** The drafts that an earlier page has kept. */
export function readDrafts(storage: DeskStorage): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(storage.get('drafts') ?? '{}')
    const texts = Object.entries(kept ?? {}).filter(([, text]) => typeof text === 'string')
    return Object.fromEntries(texts)
  } catch {
    return {}
  }
}

/** Remembers what has been typed; past a reload only if the visitor has sent something before. */
export function keepDraft({ store, storage }: Model, name: string, text: string): void {
  const drafts = Object.fromEntries(
    Object.entries({ ...store.get().drafts, [name]: text }).filter(([, one]) => one),
  )
  store.set({ drafts })
  if (storage.get('') !== undefined)
    storage.set('drafts', Object.keys(drafts).length ? JSON.stringify(drafts) : undefined)
}
