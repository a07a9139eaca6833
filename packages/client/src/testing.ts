import type { HttpHandler } from 'msw'
import { createControls } from './testing/controls.ts'
import { installationMail } from './testing/desk-mail.ts'
import { createHandlers } from './testing/handlers.ts'
import type { World } from './testing/records.ts'
import { type HelpdeskSeed, sow } from './testing/seed.ts'
import { createState, type HelpdeskState } from './testing/state.ts'

/** How the mock desk is set up. */
export interface HelpdeskHandlersOptions {
  /** The `url` the clients were given. (Default: any) */
  url?: string
  /** The public id of the main desk. (Default: `acme`) */
  desk?: string
  /** What is there before the first request. (Default: a desk, one agent, no conversation) */
  seed?: HelpdeskSeed
  /** The clock. (Default: the real one) */
  now?: () => Date
}

/** What {@link createHelpdeskHandlers} makes. */
export interface HelpdeskHandlers {
  /** For `setupServer` of `msw/node` or `setupWorker` of `msw/browser`. */
  handlers: HttpHandler[]
  state: HelpdeskState
}

/**
 * MSW handlers for every route of the contract, with a small desk behind them: what one client sends, the
 * other one gets. Requests are validated like the server does, answers always fit the contract.
 *
 * Ids and tokens are counted, not random. A signed-in agent is kept here and not in a cookie, so that it works
 * in Node too.
 * @example
 * import { createHelpdeskHandlers } from '@helpdesk/client/testing'
 * import { setupServer } from 'msw/node'
 *
 * const { handlers, state } = createHelpdeskHandlers()
 * const server = setupServer(...handlers)
 * beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
 * beforeEach(() => state.reset())
 * afterAll(() => server.close())
 *
 * test('an answer shows', async () => {
 *   const desk = createVisitorClient({ url: 'http://desk.test', desk: 'acme' })
 *   const { conversationId } = await desk.conversations.start({ email: 'ann@example.com', message: 'Hello?' })
 *   state.agentReplies(conversationId, 'Hi Ann!')
 *   expect(await desk.conversations.unread()).toEqual({ unreadCount: 1 })
 * })
 */
export function createHelpdeskHandlers(options: HelpdeskHandlersOptions = {}): HelpdeskHandlers {
  const { url = '*', desk = 'acme', seed = {}, now = () => new Date() } = options
  const controls = createControls()
  let world = createWorld(now)
  sow(world, desk, seed)
  const state = createState(
    () => world,
    controls,
    () => {
      world = createWorld(now)
      sow(world, desk, seed)
    },
  )
  return { handlers: createHandlers(url.replace(/\/+$/, ''), () => world, controls), state }
}

function createWorld(now: () => Date): World {
  let made = 0
  return {
    now,
    newId: () => `01900000-0000-7000-8000-${(++made).toString(16).padStart(12, '0')}`,
    newToken: () => `token-for-tests-${(++made).toString(16)}-`.padEnd(43, '0'),
    newSecret: () => (++made).toString(16).padStart(64, '5ec7e7'),
    setupToken: 'setup',
    setupNeeded: false,
    installationMail: installationMail(),
    agents: [],
    desks: [],
    wrongLinks: [],
    session: null,
  }
}

export type {
  KnowledgeSeed,
  SeedArticle,
  SeedCollection,
  SeedSearch,
  SeedText,
} from './testing/article-seed.ts'
export type { SeenRequest } from './testing/controls.ts'
export type { InstallationMail, MailSeed } from './testing/desk-mail.ts'
export { sampleSeed } from './testing/sample-seed.ts'
export {
  type HelpdeskSeed,
  type SeedContact,
  type SeedConversation,
  type SeedFile,
  seedPassword,
} from './testing/seed.ts'
export type { EmailOutcome, SeedEmail } from './testing/seed-emails.ts'
export type { HelpdeskState, RouteId } from './testing/state.ts'
