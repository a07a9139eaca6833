import { normalizeEmail } from '@helpdesk/core'
import { api } from '@helpdesk/core/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { type MountContext, mount } from '../http/mount.ts'
import { checkOrigin } from '../http/origin.ts'
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from '../http/session-cookie.ts'
import { createThrottle } from '../http/throttle.ts'
import { setup, setupNeeded } from './first-owner.ts'
import { sessionMaxAgeSeconds, sessionView, signIn, signOut, updateMe } from './service.ts'

/** Serves sign-in, sign-out, the set-up page's calls and the agent's own profile. */
export function agentRoutes(context: MountContext): void {
  const { deps } = context
  const throttle = createThrottle()

  mount(context, api.agents.setupState, async () => ({ needed: await setupNeeded(deps) }))

  mount(context, api.agents.setup, async ({ body, request, reply }) => {
    // Another site's page must not sign this browser in, neither here nor below.
    checkOrigin(deps.config, request)
    const previousToken = readSessionCookie(deps.config, request)
    const work = () => setup(deps, { ...body, previousToken })
    // Counted for the address alone: a stranger's wrong tokens must not keep the owner out.
    const { token, session } = await throttle.attempt(request.ip, `setup ${request.ip}`, work)
    giveCookie(deps, request, reply, token)
    return session
  })

  mount(context, api.agents.signIn, async ({ body, request, reply }) => {
    checkOrigin(deps.config, request)
    const previousToken = readSessionCookie(deps.config, request)
    const work = () => signIn(deps, { ...body, previousToken })
    const account = normalizeEmail(body.email) ?? body.email
    const { token, session } = await throttle.attempt(request.ip, account, work)
    giveCookie(deps, request, reply, token)
    return session
  })

  mount(context, api.agents.signOut, async ({ request, reply }) => {
    const token = readSessionCookie(deps.config, request)
    if (token !== null) await signOut(deps, token)
    clearSessionCookie(deps.config, request, reply)
    return null
  })

  mount(context, api.agents.me, async ({ agent }) => await sessionView(deps, agent.id))

  mount(context, api.agents.updateMe, async ({ agent, body }) => await updateMe(deps, agent.id, body))
}

function giveCookie(deps: Deps, request: FastifyRequest, reply: FastifyReply, token: string): void {
  writeSessionCookie(deps.config, request, reply, token, sessionMaxAgeSeconds)
}
