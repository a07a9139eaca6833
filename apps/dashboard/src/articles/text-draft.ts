import type { Locale } from '@helpdesk/core'
import type { ArticleDraft } from '@helpdesk/core/api'
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client, errorCode, fieldProblems } from '../client.ts'

/** How what is on the screen stands to what is on the desk. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict' | 'untitled'

/** What somebody else has saved meanwhile. */
export interface Theirs {
  draft: ArticleDraft
  author: string | null
}

/** One language of an article while somebody writes it; it saves itself when they pause. */
export interface TextDraft {
  readonly locale: Locale
  readonly saved: ReadonlySignal<ArticleDraft>
  readonly title: ReadonlySignal<string>
  readonly markdown: ReadonlySignal<string>
  readonly state: ReadonlySignal<SaveState>
  readonly dirty: ReadonlySignal<boolean>
  readonly error: ReadonlySignal<unknown>
  readonly theirs: ReadonlySignal<Theirs | null>
  set(change: { title?: string; markdown?: string }): void
  /** Saves now. Gives back whether everything is on the desk. */
  save(): Promise<boolean>
  /** After a conflict: what is here wins, what they wrote stays in the history. */
  keepMine(): Promise<boolean>
  /** After a conflict: what they wrote is shown here. */
  takeTheirs(): void
  publish(): Promise<void>
  unpublish(): Promise<void>
  moveTo(slug: string): Promise<void>
  /** Saves what is left; nothing is saved after it. */
  close(): void
  /** Nothing is saved any more: the text is gone. */
  drop(): void
}

interface DraftOptions {
  deskId: string
  articleId: string
  /** Told of every new state on the desk. */
  onSaved: (draft: ArticleDraft) => void
  /** Told when what was left at the end could not be saved. */
  onLost: (title: string, error: unknown) => void
}

const pauseMs = 2_000
/** Whoever writes without a pause is saved all the same. */
const longestMs = 20_000
const retryMs = 10_000
/** What may work the next time. */
const passing = ['network', 'timeout', 'unavailable', 'too_many_requests', 'internal']

/** A language of an article, from how it stands on the desk. */
export function createTextDraft(first: ArticleDraft, options: DraftOptions): TextDraft {
  const { deskId, articleId } = options
  const { locale } = first
  const saved = signal(first)
  const title = signal(first.title)
  const markdown = signal(first.markdown)
  const saving = signal(false)
  const error = signal<unknown>(null)
  const theirs = signal<Theirs | null>(null)
  const dirty = computed(() => title.value !== saved.value.title || markdown.value !== saved.value.markdown)
  const state = computed((): SaveState => {
    if (theirs.value) return 'conflict'
    if (saving.value) return 'saving'
    if (!dirty.value) return 'saved'
    if (!title.value.trim()) return 'untitled'
    return error.value === null ? 'unsaved' : 'failed'
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  let since: number | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let closed = false

  function plan(ms: number): void {
    clearTimeout(timer)
    if (!closed) timer = setTimeout(() => void save(), ms)
  }

  function take(draft: ArticleDraft): void {
    saved.value = draft
    options.onSaved(draft)
  }

  /** What a text is after saving is what was sent, as far as nobody typed on; titles lose their outer blanks. */
  function settle(draft: ArticleDraft, sent: { title: string; markdown: string }): void {
    batch(() => {
      if (title.peek() === sent.title) title.value = draft.title
      take(draft)
      error.value = null
    })
  }

  async function saveOnce(): Promise<boolean> {
    if (!dirty.peek()) return true
    if (theirs.peek() || !title.peek().trim()) return false
    const sent = { title: title.peek(), markdown: markdown.peek() }
    const { revision, title: oldTitle, markdown: oldMarkdown } = saved.peek()
    saving.value = true
    try {
      const body = {
        revision,
        ...(sent.title === oldTitle ? {} : { title: sent.title }),
        ...(sent.markdown === oldMarkdown ? {} : { markdown: sent.markdown }),
      }
      settle(await withSession(() => client.articles.save(deskId, articleId, locale, body)), sent)
      since = null
      if (dirty.peek()) plan(pauseMs)
      return !dirty.peek()
    } catch (caught) {
      await failed(caught)
      return false
    } finally {
      saving.value = false
    }
  }

  async function failed(caught: unknown): Promise<void> {
    if (errorCode(caught) === 'conflict' && !fieldProblems(caught).slug) {
      theirs.value = await lookAtTheirs().catch(() => null)
      if (theirs.peek()) return
    }
    error.value = caught
    if (passing.includes(errorCode(caught))) plan(retryMs)
  }

  async function lookAtTheirs(): Promise<Theirs | null> {
    const [article, history] = await Promise.all([
      withSession(() => client.articles.get(deskId, articleId)),
      withSession(() => client.articles.revisions(deskId, articleId, locale, { limit: 1 })),
    ])
    const draft = article.texts.find((one) => one.locale === locale)
    return draft ? { draft, author: history.revisions[0]?.author ?? null } : null
  }

  /** One after the other: each needs the revision that the one before has made. */
  function inTurn<V>(work: () => Promise<V>): Promise<V> {
    const next = queue.then(work, work)
    queue = next.catch(() => undefined)
    return next
  }

  function save(): Promise<boolean> {
    clearTimeout(timer)
    return inTurn(saveOnce)
  }

  const saveFirst = async (work: () => Promise<ArticleDraft>) => {
    if (!(await save())) return
    take(await withSession(work))
  }

  return {
    locale,
    saved,
    title,
    markdown,
    state,
    dirty,
    error,
    theirs,
    set(change) {
      batch(() => {
        if (change.title !== undefined) title.value = change.title
        if (change.markdown !== undefined) markdown.value = change.markdown
        error.value = null
      })
      since ??= Date.now()
      plan(Math.max(0, Math.min(pauseMs, since + longestMs - Date.now())))
    },
    save,
    keepMine() {
      const other = theirs.peek()
      if (!other) return save()
      batch(() => {
        take(other.draft)
        theirs.value = null
      })
      return save()
    },
    takeTheirs() {
      const other = theirs.peek()
      if (!other) return
      batch(() => {
        take(other.draft)
        title.value = other.draft.title
        markdown.value = other.draft.markdown
        theirs.value = null
        error.value = null
      })
    },
    publish: () => saveFirst(() => client.articles.publish(deskId, articleId, locale)),
    unpublish: () => saveFirst(() => client.articles.unpublish(deskId, articleId, locale)),
    moveTo: (slug) =>
      saveFirst(() =>
        client.articles.save(deskId, articleId, locale, { slug, revision: saved.peek().revision }),
      ),
    close() {
      const left = state.peek() === 'unsaved' || state.peek() === 'saving'
      clearTimeout(timer)
      closed = true
      if (!left) return
      const name = title.peek()
      void save().then((done) => {
        if (!done) options.onLost(name, error.peek())
      })
    },
    drop() {
      clearTimeout(timer)
      closed = true
    },
  }
}
