import type { PublicDesk } from '@helpdesk/core/api'

/** Whether a desk offers to open tickets and to follow them. */
export function offersTickets({ tickets, widget }: PublicDesk): boolean {
  return tickets && widget.homes.tickets
}

/** Whether a desk offers conversations without a title. */
export function offersMessages({ messaging, widget }: PublicDesk): boolean {
  return messaging && widget.homes.messages
}

/** Whether a desk offers a way to write to it. */
export function offersWriting(desk: PublicDesk): boolean {
  return offersTickets(desk) || offersMessages(desk)
}
