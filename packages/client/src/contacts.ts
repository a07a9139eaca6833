import type { Api, Body, Contact, ContactSession, Query } from '@helpdesk/core/api'
import { deskPath } from './desks.ts'
import type { Answer, CallOptions, Http, Plain } from './http.ts'

type Routes = Api['contacts']

/** Who a visitor is to the desk: given with the first message, kept by the page. */
export interface Credentials {
  /** UUID. */
  contactId: string
  /** 43 characters; opens this contact's conversations, so treat it like a password. */
  contactToken: string
}

/** Where a page keeps its visitor's credentials, `localStorage` for example; both ways are synchronous. */
export interface CredentialStore {
  get(): Credentials | null
  set(credentials: Credentials | null): void
}

/** A body without its credentials: they travel in `Authorization` only. */
export type WithoutCredentials<T> = Plain<Omit<T, keyof Credentials>>

/** `{ email, name? }`. */
export type EmailUpdate = WithoutCredentials<Body<Routes['updateEmail']>>
/** `{ contact }`, as it sees itself. */
export type EmailUpdated = Answer<Routes['updateEmail']>

type IdentityFields = Required<Body<Routes['identify']>>

/**
 * Who the host says its user is: the attributes with their signature, or a JWT alone. Attributes alone will do
 * on a desk of level `open` only.
 */
export type IdentifyInput =
  | { identity: IdentityFields['identity']; signature?: string }
  | { identityToken: string }

/** What a visitor tells about itself. */
export interface VisitorContacts {
  /** Says where replies should be e-mailed to. */
  updateEmail(input: EmailUpdate, options?: CallOptions): Promise<EmailUpdated>
}

/** What a visitor tells about itself, over HTTP; `base` is the path of its desk. */
export function visitorContacts(http: Http, base: string): VisitorContacts {
  return {
    updateEmail: (body, options) =>
      http.call<Routes['updateEmail']>(`POST ${base}/update-email`, { body }, options),
  }
}

/** Exchanges an identity for a session, which takes the place of the credentials that were kept. */
export async function identify(
  http: Http,
  base: string,
  onIdentified: (known: Credentials) => void,
  input: IdentifyInput,
  options?: CallOptions,
): Promise<ContactSession> {
  const session = await http.call<Routes['identify']>(
    `POST ${base}/identify`,
    { body: input, repeatable: true },
    options,
  )
  onIdentified(session)
  return session
}

/** Ends the session and forgets the credentials, these in any case. */
export function signOut(
  http: Http,
  base: string,
  store: CredentialStore,
  options?: CallOptions,
): Promise<void> {
  return http.call<Routes['signOut']>(`POST ${base}/sign-out`, {}, options).finally(() => store.set(null))
}

/** `{ search?, limit?, cursor? }`; `search` is a part of a name, an address or an external id. */
export type ContactsQuery = Plain<Query<Routes['list']>>
/** `{ contacts, nextCursor }`, newest first. */
export type ContactsPage = Answer<Routes['list']>
/** `{ contact, merges }` with the merges that can be undone. */
export type ContactWithMerges = Answer<Routes['get']>
/** `{ contact, merge }`: the contact that was merged into. */
export type Merged = Answer<Routes['merge']>

/** `{ emailOptedOut?, emailBounce? }`; `emailBounce: null` tries the address again. */
export type ContactChange = Plain<Body<Routes['update']>>

/** The people who write to a desk, as its team sees them. */
export interface AgentContacts {
  /** A page of contacts. */
  list(deskId: string, query?: ContactsQuery, options?: CallOptions): Promise<ContactsPage>
  /** A contact with the merges that can be undone. */
  get(deskId: string, contactId: string, options?: CallOptions): Promise<ContactWithMerges>
  /** Notes what the contact wishes about e-mails, or tries an address again that bounced. */
  update(
    deskId: string,
    contactId: string,
    change: ContactChange,
    options?: CallOptions,
  ): Promise<{ contact: Contact }>
  /** Makes a contact part of another one, conversations included. */
  merge(deskId: string, contactId: string, intoContactId: string, options?: CallOptions): Promise<Merged>
  /** Takes a merge back; answers the contact that is on its own again. */
  undoMerge(deskId: string, mergeId: string, options?: CallOptions): Promise<{ contact: Contact }>
}

/** A desk's contacts over HTTP. */
export function agentContacts(http: Http): AgentContacts {
  const all = (deskId: string) => `${deskPath(deskId)}/contacts`
  const one = (deskId: string, contactId: string) => `${all(deskId)}/${encodeURIComponent(contactId)}`
  return {
    list: (deskId, query, options) => http.call<Routes['list']>(`GET ${all(deskId)}`, { query }, options),
    get: (deskId, contactId, options) =>
      http.call<Routes['get']>(`GET ${one(deskId, contactId)}`, {}, options),
    update: (deskId, contactId, body, options) =>
      http.call<Routes['update']>(`PATCH ${one(deskId, contactId)}`, { body }, options),
    merge: (deskId, contactId, intoContactId, options) =>
      http.call<Routes['merge']>(
        `POST ${one(deskId, contactId)}/merge`,
        { body: { intoContactId } },
        options,
      ),
    undoMerge: (deskId, mergeId, options) =>
      http.call<Routes['undoMerge']>(
        `POST ${deskPath(deskId)}/contact-merges/${encodeURIComponent(mergeId)}/undo`,
        {},
        options,
      ),
  }
}

/** Keeps credentials as long as the page lives. */
export function memoryCredentials(): CredentialStore {
  let kept: Credentials | null = null
  return {
    get: () => kept,
    set: (credentials) => {
      kept = credentials
    },
  }
}
