import type { Answers } from '../ask.ts'
import { changeDesk } from '../changes.ts'
import { toDesk, toPublicDesk } from '../views.ts'

/** Settings. */
export const desks: Answers['desks'] = {
  publicSettings: ({ desk }) => toPublicDesk(desk),
  list: ({ world, agent }) => ({
    desks: world.desks.flatMap((desk) => {
      const role = desk.roles.get(agent.id)
      return role ? [toDesk(desk, role)] : []
    }),
  }),
  get: ({ desk, role }) => toDesk(desk, role),
  update({ world, desk, role, body }) {
    changeDesk(world, desk, body)
    return toDesk(desk, role)
  },
}
