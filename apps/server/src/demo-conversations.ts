import type { api, Body, Result } from '@helpdesk/core/api'
import type { FastifyInstance } from 'fastify'
import type { DemoOwner } from './demo.ts'
import { type SampleConversation, type SampleStep, sampleConversations } from './sample-conversations.ts'

type Conversations = (typeof api)['conversations']
type Started = Result<Conversations['start']>

/** A sample conversation on its way: what the visitor's browser would remember. */
interface Running {
  sample: SampleConversation
  started?: Started
  /** Position of its newest message. */
  seq: number
}

/**
 * Fills an empty inbox with sample conversations, through the same endpoints that browsers use. While it does, the
 * clock shows the time at which each of them is meant to have happened.
 */
export async function addSampleConversations(
  app: FastifyInstance,
  deskId: string,
  owner: DemoOwner,
  clock: { now: () => Date },
): Promise<void> {
  const send = await signedIn(app, owner)
  const desk = `/api/desks/${deskId}/conversations`
  const inbox = await send<Result<Conversations['list']>>('GET', `${desk}?limit=1`)
  if (inbox.conversations.length > 0) return
  const real = clock.now
  const started = real().getTime()
  const running = sampleConversations.map((sample): Running => ({ sample, seq: 0 }))
  const timeline = running
    .flatMap((conversation) => conversation.sample.steps.map((step) => ({ conversation, step })))
    .sort((a, b) => b.step.ago - a.step.ago)
  try {
    for (const { conversation, step } of timeline) {
      clock.now = () => new Date(started - step.ago * 60_000)
      if ('visitor' in step) await visitorWrites(app, deskId, conversation, step.visitor)
      else if ('readBy' in step && step.readBy === 'visitor') await visitorReads(app, deskId, conversation)
      else await teamActs(send, `${desk}/${conversation.started?.conversationId}`, conversation, step)
    }
  } finally {
    clock.now = real
  }
  await send('POST', '/api/agents/sign-out')
}

/** Sends a request and answers its body. */
export type Send = <T>(method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) => Promise<T>

/** Requests as the owner's browser would send them, from now on signed in. */
export async function signedIn(app: FastifyInstance, owner: DemoOwner): Promise<Send> {
  const headers = { host: 'localhost', origin: 'http://localhost' }
  const request = { method: 'POST', url: '/api/agents/sign-in', headers, payload: owner } as const
  const response = await app.inject(request)
  const cookie = String(response.headers['set-cookie']).split(';', 1)[0] ?? ''
  return async (method, url, payload) =>
    answer(
      await app.inject({ method, url, headers: { ...headers, cookie }, ...(payload ? { payload } : {}) }),
    )
}

function answer<T>(response: { statusCode: number; body: string }): T {
  if (response.statusCode >= 300) throw new Error(`The sample data was refused: ${response.body}`)
  return (response.body === '' ? null : JSON.parse(response.body)) as T
}

/** A documentation address (RFC 5737): the sample visitors must not use up the limits of this machine's own. */
const remoteAddress = '192.0.2.1'

async function asVisitor<T>(
  app: FastifyInstance,
  deskId: string,
  { started }: Running,
  path: string,
  payload: object,
): Promise<T> {
  const authorization = started && `Bearer ${started.contactId}.${started.contactToken}`
  return answer<T>(
    await app.inject({
      method: 'POST',
      url: `/api/messaging/widget/${deskId}/${path}`,
      remoteAddress,
      headers: authorization ? { authorization } : {},
      payload,
    }),
  )
}

async function visitorWrites(
  app: FastifyInstance,
  deskId: string,
  conversation: Running,
  message: string,
): Promise<void> {
  const { sample, started } = conversation
  if (started) {
    const payload = { conversationId: started.conversationId, message }
    const reply = await asVisitor<Result<Conversations['reply']>>(app, deskId, conversation, 'reply', payload)
    conversation.seq = reply.seq
    return
  }
  const { name, email, page } = sample
  const payload: Body<Conversations['start']> = { name, email, message, pageUrl: `http://localhost${page}` }
  conversation.started = await asVisitor<Started>(app, deskId, conversation, 'message', payload)
  conversation.seq = conversation.started.message.seq
}

async function visitorReads(app: FastifyInstance, deskId: string, conversation: Running): Promise<void> {
  const path = `conversations/${conversation.started?.conversationId}/read`
  await asVisitor(app, deskId, conversation, path, { seq: conversation.seq })
}

async function teamActs(
  send: Send,
  url: string,
  conversation: Running,
  step: Exclude<SampleStep, { visitor: string }>,
): Promise<void> {
  if ('agent' in step) {
    const payload = { message: step.agent, ...(step.resolve ? { resolve: true } : {}) }
    const { message } = await send<Result<Conversations['agentReply']>>('POST', `${url}/replies`, payload)
    conversation.seq = message.seq
  } else if ('note' in step) {
    await send('POST', `${url}/notes`, { message: step.note })
  } else if ('taken' in step) {
    await send('PATCH', url, { status: 'in_progress', assignee: 'me' })
  } else {
    await send('POST', `${url}/read`, { seq: conversation.seq })
  }
}
