import { HelpdeskError, notificationStates } from '@helpdesk/core'
import type { NotificationsPage } from '../../notifications.ts'
import { type Answers, readPage } from '../ask.ts'
import { repeat, toNotification } from '../notifications.ts'
import type { DeskRecord, World } from '../records.ts'

const weekMs = 7 * 86_400_000

/** The e-mails that a desk owes to contacts and agents. */
export const notifications: Answers['notifications'] = {
  list({ world, desk, query }) {
    const { limit, before } = readPage(query, { default: 50, most: 100 })
    const words = query.search?.trim().toLowerCase().replace(/^#/, '') ?? ''
    const found = desk.notifications
      .map((record, index) => ({ record, shown: toNotification(record), position: index + 1 }))
      .filter(({ position }) => position < before)
      .filter(({ shown }) => !query.state || shown.state === query.state)
      .filter(({ shown }) => !query.recipient || shown.recipient.type === query.recipient)
      .filter(({ shown }) => !query.conversationId || shown.conversation.id === query.conversationId)
      .filter(({ shown: { recipient, conversation } }) =>
        [recipient.email ?? '', conversation.number].some((text) => text.toLowerCase().includes(words)),
      )
      .toReversed()
    const page = found.slice(0, limit)
    const nextCursor = page.length < found.length ? String(page.at(-1)?.position) : null
    return { notifications: page.map(({ shown }) => shown), nextCursor, counts: countsOf(world, desk) }
  },
  resend({ world, desk, params }) {
    const notification = desk.notifications.find(({ id }) => id === params.notificationId)
    if (!notification) throw new HelpdeskError('not_found')
    const { state, conversation } = notification
    if (state === 'scheduled' || state === 'sending') throw new HelpdeskError('conflict')
    return toNotification(repeat({ world, desk, conversation }, notification))
  },
}

function countsOf(world: World, { notifications: all }: DeskRecord): NotificationsPage['counts'] {
  const since = world.now().getTime() - weekMs
  const recent = all.filter(({ createdAt }) => Date.parse(createdAt) >= since)
  const counts = notificationStates.map((state) => [
    state,
    recent.filter((one) => one.state === state).length,
  ])
  return Object.fromEntries(counts) as NotificationsPage['counts']
}
