import { HelpdeskError } from '@helpdesk/core'
import { type Answers, readName } from '../ask.ts'
import { addAgent } from '../seed.ts'
import { toSession } from '../views.ts'

/** Signing in and out, and an agent's own settings. */
export const agents: Answers['agents'] = {
  setupState: ({ world }) => ({ needed: world.setupNeeded }),
  setup({ world, desk, body }) {
    if (!world.setupNeeded) throw new HelpdeskError('setup_done')
    if (body.setupToken !== world.setupToken) throw new HelpdeskError('forbidden')
    desk.settings.name = body.deskName
    const agent = addAgent(world, body)
    if (body.locale) agent.locale = desk.settings.locale = body.locale
    world.setupNeeded = false
    world.session = agent
    return toSession(world, agent)
  },
  signIn({ world, body }) {
    const agent = world.agents.find(({ email }) => email === body.email.trim().toLowerCase())
    if (agent?.password !== body.password) throw new HelpdeskError('sign_in_failed')
    world.session = agent
    return toSession(world, agent)
  },
  signOut({ world }) {
    world.session = null
    return null
  },
  me: ({ world, agent }) => toSession(world, agent),
  updateMe({ world, agent, body }) {
    const notifications = { ...agent.notifications, ...body.notifications }
    Object.assign(agent, body, { name: readName(body.name) ?? agent.name, notifications })
    return toSession(world, agent)
  },
}
