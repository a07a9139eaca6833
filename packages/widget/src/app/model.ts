import { createVisitorClient, type VisitorClient } from '@helpdesk/client'
import type { Channel, Identity } from '@helpdesk/core'
import type { Prefilled, Shell } from '../lazy.ts'
import { createStorage, type DeskStorage } from '../storage.ts'
import { readDrafts } from './conversations/drafts.ts'
import { loadHistory } from './conversations/history.ts'
import { createLive, type Live } from './conversations/live.ts'
import type { Outbox } from './conversations/outbox.ts'
import { openOutbox } from './conversations/sending.ts'
import { countUnread } from './conversations/threads.ts'
import type { Texts } from './i18n/texts.ts'
import { createStore, initialState, type State, type Store } from './state.ts'

/** Everything that actions work with; views read the store and call actions. */
export interface Model {
  readonly shell: Shell
  readonly store: Store<State>
  readonly client: VisitorClient
  readonly storage: DeskStorage
  readonly outbox: Outbox
  readonly live: Live
  /** What the page says of its user and nobody vouches for: it goes along with a first message or ticket. */
  readonly claims: Identity | undefined
  /** What the page says of its user, for forms. */
  readonly prefill: Prefilled
  /** Where conversations that begin here come from. */
  readonly channel: Extract<Channel, 'widget' | 'contact_form' | 'ticket_center'>
  /** With a public link: the number of the only conversation there is to see. No way leads away from it. */
  readonly only: string | undefined
  /** Loads the conversations of the credentials that the browser has now. */
  reload(): Promise<void>
  /** Ends everything. */
  readonly signal: AbortSignal
}

/** Creates the model and begins: history, events and the outbox, if the browser has credentials. */
export function createModel(shell: Shell, texts: Texts, signal: AbortSignal): Model {
  const { visitor, options } = shell
  const storage = visitor?.storage ?? createStorage(options.desk)
  const store = createStore(initialState(shell.desk(), texts))
  const client = createClient(shell, storage)
  if (visitor) visitor.isCounted = true
  const model: Model = {
    shell,
    store,
    client,
    storage,
    signal,
    claims: visitor?.claims,
    prefill: visitor?.prefill ?? {},
    channel: channels[(options.mode && options.page) ?? 'widget'] ?? 'widget',
    only: visitor?.only,
    reload: () => loadHistory(model),
    get outbox() {
      return outbox
    },
    get live() {
      return live
    },
  }
  const outbox = openOutbox(model)
  const live = createLive(model)
  // The page knows better who is there than what was typed in this browser once.
  store.set({ drafts: { ...readDrafts(storage), ...known(visitor?.prefill) } })
  store.subscribe(() => {
    const { history, conversations } = store.get()
    if (history === 'ready' || history === 'none') shell.setUnread(countUnread(conversations))
  })
  watchConnection(model)
  watchOtherTabs(model)
  void loadHistory(model)
  return model
}

const known = ({ email, name }: Prefilled = {}) => ({ ...(email && { email }), ...(name && { name }) })

const channels: Readonly<Record<string, Model['channel']>> = {
  contact: 'contact_form',
  tickets: 'ticket_center',
}

/** A client with the visitor's session, which is renewed when it has to be, or with the browser's own credentials. */
function createClient({ options: { desk }, address, visitor }: Shell, storage: DeskStorage): VisitorClient {
  const [url = ''] = address.split('/api/messaging/widget/')
  const credentials = credentialStore(storage)
  const client = createVisitorClient({ url, desk, credentials, fetch: visitor?.fetch })
  if (!visitor?.fetch) return client
  const session = {
    get() {
      const [contactId, contactToken] = visitor.credentials()?.split('.') ?? []
      return contactId && contactToken ? { contactId, contactToken } : null
    },
    set() {},
  }
  // Without a `fetch` of ours, so that it can say how far it is; the session is fresh, or the next request renews it.
  const { uploadAttachment } = createVisitorClient({ url, desk, credentials: session })
  return Object.assign(client, { uploadAttachment })
}

/** Credentials are one text, `<contactId>.<contactToken>`, which the eager shell can send as it is. */
function credentialStore(storage: DeskStorage) {
  return {
    get() {
      const [contactId, contactToken] = storage.get('')?.split('.') ?? []
      return contactId && contactToken ? { contactId, contactToken } : null
    },
    set(known: { contactId: string; contactToken: string } | null) {
      storage.set('', known ? `${known.contactId}.${known.contactToken}` : undefined)
    },
  }
}

function watchConnection(model: Model): void {
  const { store, outbox, live, signal } = model
  const check = () => {
    store.set({ connection: navigator.onLine ? 'ok' : 'offline' })
    if (!navigator.onLine) return
    void outbox.sync()
    if (store.get().history === 'failed') void loadHistory(model)
  }
  addEventListener('online', check, { signal })
  addEventListener('offline', check, { signal })
  const look = () => {
    store.set({ isPageVisible: !document.hidden })
    live.check()
  }
  document.addEventListener('visibilitychange', look, { signal })
  check()
}

/** Another tab has sent the first message, lost the credentials, or touched the outbox. */
function watchOtherTabs(model: Model): void {
  const { store, storage, outbox, live, signal } = model
  const onStorage = ({ key }: StorageEvent) => {
    const name = key === null ? '' : storage.nameOf(key)
    if (name?.startsWith('outbox:')) void outbox.sync()
    if (name !== '') return
    // It may be somebody else's by now.
    if (storage.get('') !== undefined) return void loadHistory(model)
    live.stop()
    store.set({ history: 'none', conversations: [], contact: null })
  }
  addEventListener('storage', onStorage, { signal })
}
