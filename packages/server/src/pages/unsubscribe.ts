import type { FastifyReply, FastifyRequest } from 'fastify'
import type { MountContext } from '../http/mount.ts'
import { mailScope } from '../http/upload.ts'
import { readUnsubscribeToken, type Subscriber, setWantsEmails } from '../notifications/unsubscribe.ts'
import { sendGone, sendPage, wantedLocale } from './hosted.ts'
import { unsubscribePage } from './unsubscribe-view.tsx'

type TokenRequest = FastifyRequest<{ Params: { token: string } }>

/**
 * The page on which a contact asks for no more e-mails (`/p/unsubscribe/:token`). Opening it changes nothing: programs
 * that look at every link of an e-mail open it as well. Its form posts; so may a mail program.
 */
export function unsubscribePages({ app, deps, rateLimit }: MountContext): void {
  const base = new URL(deps.config.publicUrl).pathname.replace(/\/$/, '')

  const withSubscriber = async (
    request: TokenRequest,
    reply: FastifyReply,
    answer: (subscriber: Subscriber) => Promise<FastifyReply> | FastifyReply,
  ) => {
    const subscriber = await readUnsubscribeToken(deps, request.params.token)
    return subscriber ? answer(subscriber) : sendGone(request, reply, rateLimit)
  }

  const show = (
    request: TokenRequest,
    reply: FastifyReply,
    { desk }: Subscriber,
    state: 'asked' | 'done' | 'undone',
  ) => {
    const locale = wantedLocale(request, desk)
    const action = `${base}/p/unsubscribe/${request.params.token}?locale=${locale}`
    const page = unsubscribePage(desk, { locale, state, action })
    return sendPage(reply, desk, page, { framed: false, form: true })
  }

  app.get('/p/unsubscribe/:token', (request: TokenRequest, reply) =>
    withSubscriber(request, reply, (subscriber) => show(request, reply, subscriber, 'asked')),
  )
  // What a mail program opens that knows the address of `List-Unsubscribe`, but not how to post to it.
  app.get('/api/email/unsubscribe/:token', (request: TokenRequest, reply) =>
    withSubscriber(request, reply, () =>
      reply
        .header('cache-control', 'no-store')
        .redirect(`${base}/p/unsubscribe/${request.params.token}`, 302),
    ),
  )
  mailScope(app, (scope) =>
    scope.post('/p/unsubscribe/:token', (request: TokenRequest, reply) =>
      withSubscriber(request, reply, async (subscriber) => {
        const wants = isUndo(request.body)
        await setWantsEmails(deps, subscriber.desk.deskId, subscriber.contactId, wants)
        return show(request, reply, subscriber, wants ? 'undone' : 'done')
      }),
    ),
  )
}

const isUndo = (body: unknown) =>
  Buffer.isBuffer(body) && new URLSearchParams(body.toString('utf8')).get('wish') === 'undo'
