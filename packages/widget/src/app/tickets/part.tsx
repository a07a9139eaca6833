import { conversationsPart } from '../conversations/part.tsx'
import type { Part } from '../parts.ts'
import type { Screen } from '../screen.ts'
import { NewTicket } from './NewTicket.tsx'
import { Ticket } from './Ticket.tsx'
import { TicketList } from './TicketList.tsx'
import { ticketsCss } from './tickets.css.ts'

/** Opening tickets and following them. A ticket is read like any conversation. */
export const ticketsPart: Part = {
  styles: [...conversationsPart.styles, ticketsCss],
  View({ screen }: { screen: Screen }) {
    if (screen.name === 'ticket') return <Ticket key={screen.number} number={screen.number} />
    if (screen.name === 'new-ticket') return <NewTicket draft={screen.draft} from={screen.from} />
    return <TicketList />
  },
}
