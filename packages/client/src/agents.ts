import type { Api, Body, Session } from '@helpdesk/core/api'
import type { Answer, CallOptions, Http, Plain } from './http.ts'

type Routes = Api['agents']

/** `{ setupToken, name, email, password, deskName, locale? }`. */
export type Setup = Plain<Body<Routes['setup']>>
/** `{ email, password }`. */
export type SignIn = Plain<Body<Routes['signIn']>>
/** `{ name?, locale?, notifications? }`; of `notifications`, the channels that are named. */
export type AgentChange = Plain<Body<Routes['updateMe']>>

/** Who answers: signing in and out, and an agent's own settings. */
export interface Agents {
  /** Whether the first owner is still to be made. */
  setupState(options?: CallOptions): Promise<Answer<Routes['setupState']>>
  /** Makes the first owner and the first desk, and signs in. */
  setup(input: Setup, options?: CallOptions): Promise<Session>
  /** Starts a session (a cookie); fails with `sign_in_failed`. */
  signIn(input: SignIn, options?: CallOptions): Promise<Session>
  /** Ends the session on the server. */
  signOut(options?: CallOptions): Promise<void>
  /** The signed-in agent and its desks; fails with `unauthenticated`. */
  me(options?: CallOptions): Promise<Session>
  /** Changes what is named of the agent's own settings. */
  updateMe(change: AgentChange, options?: CallOptions): Promise<Session>
}

/** Signing in and out, and an agent's own settings, over HTTP. */
export function agents(http: Http): Agents {
  const me = '/api/agents/me'
  return {
    setupState: (options) => http.call<Routes['setupState']>('GET /api/setup', {}, options),
    setup: (body, options) => http.call<Routes['setup']>('POST /api/setup', { body }, options),
    signIn: (body, options) => http.call<Routes['signIn']>('POST /api/agents/sign-in', { body }, options),
    signOut: (options) => http.call<Routes['signOut']>('POST /api/agents/sign-out', {}, options),
    me: (options) => http.call<Routes['me']>(`GET ${me}`, {}, options),
    updateMe: (body, options) => http.call<Routes['updateMe']>(`PATCH ${me}`, { body }, options),
  }
}
