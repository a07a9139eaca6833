import { HelpdeskError } from '@helpdesk/core'
import { type Answers, findVisible, mustHaveMessaging, mustTakeFiles, pageOfList, readPage } from '../ask.ts'
import { contactReads, readSeqOf } from '../changes.ts'
import { ownViewer, toContactSelf } from '../contact-views.ts'
import { claimFiles, mustSaySomething } from '../files.ts'
import { contactTypes } from '../log.ts'
import type { ConversationRecord, DeskRecord, Viewer } from '../records.ts'
import * as view from '../views.ts'
import { contactWrites, start } from '../writing.ts'
import { writerOf } from './starting.ts'

type VisitorVerb = 'start' | 'reply' | 'history' | 'unread' | 'messages' | 'read' | 'typing'

/** What visitors do with conversations. */
export const visitorConversations: Pick<Answers['conversations'], VisitorVerb> = {
  start(ask) {
    const { world, desk, body, userAgent, session } = ask
    if (!desk.settings.active) throw new HelpdeskError('desk_inactive')
    mustHaveMessaging(desk)
    mustTakeFiles(desk, body.attachments ?? [])
    const files = claimFiles(desk, body.attachments)
    mustSaySomething(body.message, files)
    const contact = writerOf(ask)
    const client = session ? session.client : null
    const conversation = start(world, desk, contact, { ...body, files, client, userAgent })
    const [message] = view.toConversationWithMessages(desk, conversation, ownViewer(contact)).messages
    if (!message) throw new HelpdeskError('internal')
    const { id: conversationId, number } = conversation
    const contactToken = session?.token ?? contact.token
    return { contactId: contact.id, contactToken, conversationId, number, message }
  },
  reply(ask) {
    const { desk, body, contact, viewer, session } = ask
    const place = findVisible(ask, body.conversationId)
    // A ticket goes on where messaging is not offered.
    if (place.conversation.subject === null) mustHaveMessaging(desk)
    mustTakeFiles(desk, body.attachments ?? [])
    const files = claimFiles(desk, body.attachments)
    mustSaySomething(body.message, files)
    const via = session?.link ? 'public_link' : null
    const message = contactWrites(place, body.message, { files, author: contact, via })
    return view.toMessage(place.conversation, message, viewer)
  },
  history({ desk, contact, viewer, query }) {
    const { items, nextCursor } = pageOfList(own(desk, viewer), query, { default: 20, most: 50 })
    return {
      contact: toContactSelf(contact),
      conversations: items.map((one) => view.toConversationWithMessages(desk, one, viewer)),
      nextCursor,
      eventSeq: desk.seq,
    }
  },
  unread({ desk, viewer }) {
    const counts = own(desk, viewer).map((one) => view.toConversation(desk, one, viewer).unreadCount)
    return { unreadCount: counts.reduce((sum, count) => sum + count, 0) }
  },
  messages(ask) {
    const { conversation } = findVisible(ask, ask.params.conversationId)
    const { limit, before } = readPage(ask.query, { default: 50, most: 100 })
    const { messages, olderMessages } = view.pageOf(view.replies(conversation), limit, before)
    return { messages: messages.map((one) => view.toMessage(conversation, one, ask.viewer)), olderMessages }
  },
  read(ask) {
    const place = findVisible(ask, ask.params.conversationId)
    contactReads(place, ask.body.seq, ask.contact)
    return { contactReadSeq: readSeqOf(place.conversation, ask.contact) }
  },
  typing(ask) {
    contactTypes(findVisible(ask, ask.params.conversationId))
    return null
  },
}

function own({ conversations }: DeskRecord, { contact, only }: Viewer): ConversationRecord[] {
  return conversations.filter((one) => one.contact === contact && (only === null || only === one))
}
