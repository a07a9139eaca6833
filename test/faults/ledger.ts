import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

/** One message that a client sent until it was acknowledged. */
export interface Entry {
  /** Stands in the message's body: `client 3 message 17`. */
  body: string
  conversationId: string
}

/** A contact with one conversation, and what it was promised. */
export interface Client {
  contactId: string
  contactToken: string
  conversationId: string
  acknowledged: Entry[]
}

/** Where the server is right now; it moves when it is killed and started again. */
export interface Target {
  url(): Promise<string>
}

async function untilAnswered(target: Target, path: string, body: object): Promise<Record<string, string>> {
  // The same key on every try: a try whose answer got lost may have been done.
  const key = randomUUID()
  const until = Date.now() + 60_000
  while (Date.now() < until) {
    try {
      const response = await fetch(`${await target.url()}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        signal: AbortSignal.timeout(10_000),
      })
      const answer = (await response.json()) as Record<string, string>
      if (response.status === 201) return answer
      if (response.status < 500 && response.status !== 409)
        throw new Error(`refused: ${JSON.stringify(answer)}`)
    } catch (error) {
      if ((error as Error).message.startsWith('refused')) throw error
    }
    await pause(20)
  }
  throw new Error(`No answer in 60 s: ${path}`)
}

/** Sends messages one after the other, each until it is acknowledged, as long as `more` says so. */
export async function runClient(
  target: Target,
  desk: string,
  name: string,
  more: () => boolean,
): Promise<Client> {
  const base = `/api/messaging/widget/${desk}`
  const first = `${name} message 0`
  const started = await untilAnswered(target, `${base}/message`, {
    email: 'v@visitor.example',
    message: first,
  })
  const client: Client = {
    contactId: started.contactId as string,
    contactToken: started.contactToken as string,
    conversationId: started.conversationId as string,
    acknowledged: [{ body: first, conversationId: started.conversationId as string }],
  }
  const { contactId, contactToken, conversationId } = client
  for (let index = 1; more(); index++) {
    const body = `${name} message ${index}`
    await untilAnswered(target, `${base}/reply`, { contactId, contactToken, conversationId, message: body })
    client.acknowledged.push({ body, conversationId })
  }
  return client
}

/** What became of the promises. */
export interface Verdict {
  acknowledged: number
  lost: string[]
  doubled: string[]
  outOfOrder: string[]
}

/** Compares what was acknowledged with the rows of the database, in the order of their positions. */
export function compare(
  clients: readonly Client[],
  rows: readonly { conversation_id: string; body: string }[],
): Verdict {
  const verdict: Verdict = { acknowledged: 0, lost: [], doubled: [], outOfOrder: [] }
  const stored = Map.groupBy(rows, (row) => row.conversation_id)
  for (const { conversationId, acknowledged } of clients) {
    const bodies = (stored.get(conversationId) ?? []).map((row) => row.body)
    const seen = new Set<string>()
    for (const body of bodies) {
      if (seen.has(body)) verdict.doubled.push(body)
      seen.add(body)
    }
    const promised = acknowledged.map((entry) => entry.body)
    verdict.acknowledged += promised.length
    verdict.lost.push(...promised.filter((body) => !seen.has(body)))
    const kept = [...seen].filter((body) => promised.includes(body))
    const expected = promised.filter((body) => seen.has(body))
    if (kept.join() !== expected.join()) verdict.outOfOrder.push(conversationId)
  }
  return verdict
}
