import type { Api, Body } from '@helpdesk/core/api'
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
