import { createHelpdeskHandlers, type HelpdeskSeed, type HelpdeskState } from '@helpdesk/client/testing'
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { App } from './App.tsx'
import { forgetSession, session, setUpNeeded, setUpToken } from './agents/session.ts'
import { followAddress, heldBack } from './router.ts'
import { closeOverlay } from './ui/overlay.ts'
import { followKeys } from './ui/shortcuts.ts'
import { toasts } from './ui/toasts.ts'
import { followVisibility } from './ui/visibility.ts'

// Other work may be going on on the same machine: a second is not for ever.
configure({ asyncUtilTimeout: 8_000 })

/** A desk to begin with: two agents, three conversations. */
export const someSeed: HelpdeskSeed = {
  desk: { name: 'Acme Support' },
  agents: [
    { name: 'Ola Nowak', email: 'ola@example.com', role: 'owner' },
    { name: 'Sam Reed', email: 'sam@example.com', role: 'agent' },
  ],
  conversations: [
    {
      contact: { name: 'Ben Ortiz', email: 'ben@example.com' },
      messages: [['contact', 'The export stops at 1,000 rows.']],
    },
    {
      contact: { name: 'Ann Lee', email: 'ann@example.com' },
      messages: [
        ['contact', 'Where is my invoice?'],
        ['agent', 'Under Settings, then Billing.'],
        ['contact', 'Found it!'],
      ],
      pageUrl: 'https://shop.example.com/billing',
    },
    { contact: { email: 'eva@example.com' }, messages: [['contact', 'Is anybody there?']] },
  ],
  signedIn: true,
}

const { setTimeout: later } = globalThis
/** By the real clock, whatever a test has made of time. */
const pause = (ms: number) => new Promise((resolve) => later(resolve, ms))

/** A mock desk for the tests of a file, new before each of them. */
export function startDesk(seed: HelpdeskSeed = someSeed): HelpdeskState {
  const { handlers, state } = createHelpdeskHandlers({ url: 'http://localhost:3000', seed })
  const server = setupServer(...handlers)
  const stops: (() => void)[] = []
  const traffic = followTraffic()
  beforeAll(() => {
    server.listen()
    traffic.start()
  })
  beforeEach(() => {
    state.reset()
    localStorage.clear()
    forgetSession()
    session.value = undefined
    setUpNeeded.value = undefined
    setUpToken.value = ''
    heldBack.value = null
    toasts.value = []
    closeOverlay()
    addDialogs()
    stops.push(followKeys(), followVisibility())
  })
  afterEach(async () => {
    // Preact ends the effects of what is gone only after the next paint: they would see the next test begin.
    await act(cleanup)
    await traffic.quiet()
    for (const stop of stops.splice(0)) stop()
  })
  afterAll(async () => {
    // Effects that wait for a frame would find no window any more: Preact gives a frame up after 35 ms.
    await pause(100)
    await traffic.quiet()
    traffic.stop()
    server.close()
  })
  return state
}

/**
 * Knows which requests are under way. A late one would disturb the next test: take the failure that is meant for
 * another, or fail itself for want of a desk and be tried again half a second later.
 */
function followTraffic() {
  const real = globalThis.fetch
  let underWay = 0
  return {
    start() {
      const mocked = globalThis.fetch
      globalThis.fetch = async (...request) => {
        underWay++
        try {
          return await mocked(...request)
        } finally {
          underWay--
        }
      }
    },
    /** Waits for all answers; not for long, as some tests hold one back. */
    async quiet() {
      const longest = performance.now() + 500
      // What an answer leads to is asked for before the next turn.
      do await pause(0)
      while (underWay > 0 && performance.now() < longest)
    },
    stop() {
      globalThis.fetch = real
    },
  }
}

/** Opens the dashboard at an address. */
export function openDashboard(hash = '#/desks/acme/messages/all'): void {
  history.replaceState(null, '', `/dashboard/${hash}`)
  followAddress()
  render(<App />)
}

/** Opens the conversation with a contact of {@link someSeed}; gives its text field. */
export async function openConversation(state: HelpdeskState, name: string): Promise<HTMLTextAreaElement> {
  openDashboard(`#/desks/acme/messages/all/${conversationOf(state, name)}`)
  return screen.findByRole('textbox', { name: /^(Reply to|Note)/ }) as Promise<HTMLTextAreaElement>
}

/** The id of the conversation with a contact. */
export function conversationOf(state: HelpdeskState, name: string): string {
  const found = state.conversations.find((one) => [one.contact.name, one.contact.email].includes(name))
  if (!found) throw new Error(`No conversation with ${name}`)
  return found.id
}

/** Types a text into a field, in place of what is there. */
export function type(field: Element, text: string): void {
  fireEvent.input(field, { target: { value: text } })
}

/** Waits until the dashboard listens to the desk's events. */
export async function listening(state: HelpdeskState): Promise<void> {
  await waitFor(() => {
    if (state.streams !== 1) throw new Error(`${state.streams} streams`)
  })
}

/** The bodies of all requests of one route, oldest first. */
export function requestsOf(state: HelpdeskState, route: string): unknown[] {
  return state.requests.filter((one) => one.id === route).map((one) => one.body)
}

/** jsdom has dialogs that cannot be opened. */
function addDialogs(): void {
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.setAttribute('open', '')
  }
  HTMLDialogElement.prototype.close = function close() {
    this.removeAttribute('open')
  }
}
