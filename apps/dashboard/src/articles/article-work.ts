import type { Locale } from '@helpdesk/core'
import type { ArticleDetail, ArticleDraft } from '@helpdesk/core/api'
import { type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client, errorText } from '../client.ts'
import type { OpenDesk } from '../desks/open-desk.ts'
import { say } from '../ui/toasts.ts'
import { words } from './editor-words.ts'
import { libraryOf } from './library.ts'
import { createTextDraft, type TextDraft } from './text-draft.ts'

/** What of an article belongs to all its languages. */
export type Placement = Pick<ArticleDetail, 'collectionId' | 'internal' | 'featured'>

/** An article while somebody works on it. */
export interface ArticleWork {
  readonly id: string
  readonly placement: ReadonlySignal<Placement>
  readonly drafts: ReadonlySignal<readonly TextDraft[]>
  /** Shows the change at once; goes back when the desk refuses. */
  place(change: Partial<Placement>): Promise<void>
  /** A new language, with nothing or with what stands in another one. */
  addLanguage(locale: Locale, title: string, markdown: string): Promise<void>
  removeLanguage(locale: Locale): Promise<void>
  remove(): Promise<void>
  close(): void
}

/** Opens an article as the desk has answered it. */
export function openArticle(desk: OpenDesk, article: ArticleDetail): ArticleWork {
  const { id, collectionId, internal, featured } = article
  const library = libraryOf(desk)
  const placement = signal<Placement>({ collectionId, internal, featured })
  const draftOf = (text: ArticleDraft) =>
    createTextDraft(text, {
      deskId: desk.id,
      articleId: id,
      onSaved: (draft) => library.putText(id, draft),
      onLost: (title, error) => say(words.lost(title, errorText(error)), { tone: 'danger' }),
    })
  const drafts = signal<readonly TextDraft[]>(article.texts.map(draftOf))
  library.put(article)

  return {
    id,
    placement,
    drafts,
    async place(change) {
      const before = placement.peek()
      placement.value = { ...before, ...change }
      try {
        library.put(await withSession(() => client.articles.update(desk.id, id, change)))
      } catch (error) {
        placement.value = before
        say(words.notChanged(errorText(error)), { tone: 'danger' })
      }
    },
    async addLanguage(locale, title, markdown) {
      const made = await withSession(() =>
        client.articles.save(desk.id, id, locale, { title, markdown, revision: 0 }),
      )
      library.putText(id, made)
      drafts.value = [...drafts.peek(), draftOf(made)]
    },
    async removeLanguage(locale) {
      await withSession(() => client.articles.removeText(desk.id, id, locale))
      drafts
        .peek()
        .find((one) => one.locale === locale)
        ?.drop()
      drafts.value = drafts.peek().filter((one) => one.locale !== locale)
      library.put(await withSession(() => client.articles.get(desk.id, id)))
    },
    async remove() {
      await withSession(() => client.articles.remove(desk.id, id))
      for (const draft of drafts.peek()) draft.drop()
      drafts.value = []
      library.forget(id)
    },
    close() {
      for (const draft of drafts.peek()) draft.close()
    },
  }
}
