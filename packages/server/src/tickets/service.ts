import { type Channel, type FieldError, HelpdeskError, localized } from '@helpdesk/core'
import type { api, Body, Conversation, TicketForm } from '@helpdesk/core/api'
import { categoryByCode, formCategories } from '../categories/service.ts'
import { readClaims } from '../contacts/identity.ts'
import { ownScope } from '../contacts/scope.ts'
import type { ContactActor } from '../contacts/service.ts'
import { type Started, startConversation } from '../conversations/starting.ts'
import { contactConversations } from '../conversations/visitor-service.ts'
import { assertAttachments } from '../conversations/writing.ts'
import type { Deps } from '../deps.ts'
import { type DeskRecord, deskTakesFiles } from '../desks/service.ts'
import type { IdempotencyRequest } from '../idempotency/service.ts'

/** What the new-ticket form needs, in one language. */
export async function ticketForm(
  deps: Deps,
  desk: DeskRecord,
  locale: string = desk.settings.locale,
): Promise<TicketForm> {
  const { widget } = desk.settings
  return {
    helpText: localized(widget.helpText, locale, desk.settings.locale),
    emailRequired: widget.emailRequired,
    attachments: deskTakesFiles(deps, desk),
    categories: await formCategories(deps, desk, locale),
  }
}

/**
 * Opens a ticket: a conversation with a title.
 * @throws HelpdeskError tickets_disabled, attachments_disabled, desk_inactive, validation_failed, forbidden
 */
export async function createTicket(
  deps: Deps,
  desk: DeskRecord,
  contact: (ContactActor & { contactToken: string }) | null,
  body: Body<(typeof api)['tickets']['create']>,
  facts: { userAgent: string | null },
  idempotency: IdempotencyRequest | null,
): Promise<Started & { conversation: Conversation }> {
  if (!desk.settings.tickets.enabled) throw new HelpdeskError('tickets_disabled')
  assertAttachments(desk, body.attachments)
  const category = body.category === undefined ? null : await categoryByCode(deps, desk, body.category)
  const input = {
    message: body.content,
    email: body.email,
    name: body.name,
    attachments: body.attachments,
    claims: readClaims(body.claims),
    pageUrl: body.pageUrl,
    userAgent: facts.userAgent,
    channel: (body.channel ?? 'widget') satisfies Channel,
    ticket: {
      title: readTitle(body.title),
      priority: body.priority ?? 'normal',
      categoryId: category?.id ?? null,
    },
  }
  const started = await startConversation(deps, desk, contact, input, idempotency)
  const scope = contact?.scope ?? ownScope(started.contactId)
  const found = await contactConversations(deps, desk.deskId, scope, [started.conversationId])
  const conversation = found.get(started.conversationId)
  // The contact became part of another one meanwhile, its new ticket with it.
  if (!conversation) throw new HelpdeskError('contact_unknown')
  return { ...started, conversation }
}

/** A title of which something can be seen. @throws HelpdeskError validation_failed */
function readTitle(title: string): string {
  if (/[^\p{Z}\p{C}]/u.test(title)) return title
  const errors: FieldError[] = [{ pointer: '/body/title', detail: 'must not be blank' }]
  throw new HelpdeskError('validation_failed', { detail: 'Check title', errors })
}
