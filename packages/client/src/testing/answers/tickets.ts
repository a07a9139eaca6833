import { cleanTitle, HelpdeskError, isOpen, localized, normalizeNumber } from '@helpdesk/core'
import type { Api } from '@helpdesk/core/api'
import { type Answers, type Ask, mustTakeFiles, pageOfList } from '../ask.ts'
import { categoryName, readCategory } from '../categories.ts'
import { maySee, ownViewer, toContactSession } from '../contact-views.ts'
import { claimFiles, mustSaySomething } from '../files.ts'
import { openSession } from '../identities.ts'
import { refusal } from '../schema.ts'
import { toConversation, toConversationWithMessages } from '../views.ts'
import { start } from '../writing.ts'
import { writerOf } from './starting.ts'

const wrongLinksAMinute = 20

/** Tickets, as clients open and follow them. */
export const tickets: Answers['tickets'] = {
  form({ desk, query }) {
    const { settings } = desk
    const { helpText, emailRequired, attachments } = settings.widget
    const text = (texts: Record<string, string>) =>
      localized(texts, query.locale ?? settings.locale, settings.locale)
    const categories = desk.categories.map((category) => ({
      code: category.code,
      name: text(category.name) || categoryName(desk, category),
      helpText: text(category.helpText),
    }))
    return { helpText: text(helpText), emailRequired, attachments, categories }
  },
  create: (ask) => {
    const { world, desk, body, userAgent, session } = ask
    const { settings } = desk
    if (!settings.tickets.enabled) throw new HelpdeskError('tickets_disabled')
    if (!settings.active) throw new HelpdeskError('desk_inactive')
    mustTakeFiles(desk, body.attachments ?? [])
    const category = body.category === undefined ? null : readCategory(desk, body.category)
    const files = claimFiles(desk, body.attachments)
    mustSaySomething(body.content, files, 'content')
    const subject = readTitle(body.title)
    const contact = writerOf(ask)
    const { content: message, priority, channel, pageUrl } = body
    const client = session ? session.client : null
    const beginning = { message, files, subject, priority, category, channel, pageUrl, userAgent, client }
    return toCreated(ask, start(world, desk, contact, beginning))
  },
  list({ desk, viewer, query }) {
    const shown = desk.conversations.filter(
      (one) =>
        one.subject !== null &&
        maySee(desk, viewer, one) &&
        (!query.status || (query.status === 'open') === isOpen(one.status)),
    )
    const { items, nextCursor } = pageOfList(shown, query, { default: 20, most: 100 })
    return {
      tickets: items.map((one) => toConversation(desk, one, viewer)),
      nextCursor,
      eventSeq: desk.seq,
    }
  },
  get({ desk, viewer, params }) {
    const number = normalizeNumber(params.number)
    const found = desk.conversations.find(
      (one) => normalizeNumber(one.number) === number && maySee(desk, viewer, one),
    )
    if (!found) throw new HelpdeskError('not_found')
    return { ticket: toConversationWithMessages(desk, found, viewer), eventSeq: desk.seq }
  },
  openLink({ world, body }) {
    for (const desk of world.desks) {
      const conversation = desk.conversations.find(({ linkToken }) => linkToken === body.token)
      if (!conversation) continue
      const link = { conversation, token: body.token }
      const session = openSession(world, desk, { contact: conversation.contact, form: 'link', link })
      return { helpdeskId: desk.settings.id, session: toContactSession(session) }
    }
    // Whoever has a right link is never kept waiting.
    const now = world.now().getTime()
    world.wrongLinks = [...world.wrongLinks.filter((at) => at > now - 60_000), now]
    if (world.wrongLinks.length <= wrongLinksAMinute) throw new HelpdeskError('not_found')
    throw new HelpdeskError('too_many_requests', { retryAfter: 60 })
  },
}

type Create = Api['tickets']['create']

function toCreated({ desk, session }: Ask<Create>, conversation: ReturnType<typeof start>) {
  const { contact, id: conversationId, number } = conversation
  const shown = toConversationWithMessages(desk, conversation, ownViewer(contact))
  const [message] = shown.messages
  if (!message) throw new HelpdeskError('internal')
  return {
    contactId: contact.id,
    contactToken: session?.token ?? contact.token,
    conversationId,
    number,
    conversation: toConversation(desk, conversation, ownViewer(contact)),
    message,
  }
}

function readTitle(text: string): string {
  const title = cleanTitle(text)
  if (title) return title
  throw refusal([{ pointer: '/body/title', detail: 'must have at least 1 visible character' }])
}
