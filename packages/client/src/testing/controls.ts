import { type ErrorCode, HelpdeskError } from '@helpdesk/core'
import type { Route } from '@helpdesk/core/api'

/** What a request asked for, as tests like to look at it. */
export interface SeenRequest {
  /** The route of the contract, as `conversations.start`. */
  id: string
  url: string
  headers: Headers
  /** Parsed; `undefined` without one, the bytes of an upload. */
  body: unknown
}

/** The disturbances a test asks for. */
export interface Controls {
  offline: boolean
  streaming: boolean
  readonly requests: SeenRequest[]
  note(route: Route, request: Request, body: string | Uint8Array): void
  failNext(id: string, code: ErrorCode, options?: { times?: number; retryAfter?: number }): void
  takeFailure(id: string): HelpdeskError | undefined
  hold(id: string): () => void
  held(id: string): Promise<void> | undefined
  /** Answers a repeat of the same request with what the first one was answered. */
  once(key: string, asked: string, answer: () => Response): Response
  reset(): void
}

/** Controls of a network that works. */
export function createControls(): Controls {
  const failures = new Map<string, HelpdeskError[]>()
  const holds = new Map<string, Promise<void>>()
  const answered = new Map<string, { asked: string; response: Response }>()
  const requests: SeenRequest[] = []
  return {
    offline: false,
    streaming: true,
    requests,
    note({ id }, { url, headers }, body) {
      requests.push({ id, url, headers, body: body === '' ? undefined : readable(body) })
    },
    failNext(id, code, { times = 1, retryAfter } = {}) {
      const list = failures.get(id) ?? []
      for (let time = 0; time < times; time++) list.push(new HelpdeskError(code, { retryAfter }))
      failures.set(id, list)
    },
    takeFailure: (id) => failures.get(id)?.shift(),
    hold(id) {
      let release = () => {}
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      holds.set(id, held)
      return () => {
        if (holds.get(id) === held) holds.delete(id)
        release()
      }
    },
    held: (id) => holds.get(id),
    once(key, asked, answer) {
      const before = answered.get(key)
      if (before && before.asked !== asked) throw new HelpdeskError('idempotency_key_reused')
      const response = before?.response ?? answer()
      answered.set(key, { asked, response })
      return response.clone()
    },
    reset() {
      this.offline = false
      this.streaming = true
      requests.length = 0
      failures.clear()
      for (const id of [...holds.keys()]) holds.delete(id)
      answered.clear()
    },
  }
}

function readable(text: string | Uint8Array): unknown {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
