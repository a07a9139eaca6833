import type { Catalog } from './texts.ts'

/** German. */
export const catalog: Catalog = {
  panel: 'Hilfe von {desk}',
  close: 'Schließen',
  back: 'Zurück',
  retry: 'Erneut versuchen',
  loading: 'Wird geladen…',
  offline: 'Sie sind offline. Was Sie schreiben, wird gesendet, sobald die Verbindung wieder da ist.',
  unreachable: 'Gerade keine Verbindung zu unserem Team. Neuer Versuch…',

  greeting: 'Wie können wir helfen?',
  search: 'Hilfe suchen',
  clear: 'Suche leeren',
  suggested: 'Hilfreiche Artikel',
  write: 'Schreiben Sie uns',
  writeHint: 'Unsere Antwort erhalten Sie hier und per E-Mail.',
  newTicket: 'Neues Ticket',
  newTicketHint: 'Melden Sie ein Problem und verfolgen Sie den Stand.',
  tickets: 'Ihre Tickets',
  allTickets: 'Alle Tickets',
  conversations: 'Ihre Unterhaltungen',
  moreConversations: 'Mehr anzeigen',
  fromYou: 'Sie: {text}',
  restore: 'Schon einmal geschrieben? Unterhaltungen finden',
  lost: 'Ihre früheren Unterhaltungen lassen sich in diesem Browser nicht mehr öffnen.',
  unread: { one: '{count} neue Nachricht', other: '{count} neue Nachrichten' },
  team: 'Unser Team',

  'status.pending': 'Eingegangen',
  'status.in_progress': 'In Bearbeitung',
  'status.waiting': 'Wartet auf Ihre Antwort',
  'status.resolved': 'Gelöst',
  sending: 'Wird gesendet…',
  waiting: 'Wartet auf Verbindung',
  failed: 'Nicht gesendet.',

  'error.identity_required':
    'Bitte melden Sie sich zuerst auf dieser Website an. Danach können Sie uns hier schreiben.',
  'error.identity_rejected':
    'Diese Website konnte nicht bestätigen, wer Sie sind. Bitte melden Sie sich erneut an.',
  'error.origin_not_allowed': 'Nachrichten von dieser Website werden nicht angenommen.',
  'error.messaging_disabled': 'Wir nehmen hier zurzeit keine Nachrichten an.',
  'error.desk_inactive': 'Wir nehmen zurzeit keine neuen Nachrichten an.',
  'error.unavailable': 'Wir sind gerade nicht erreichbar.',
  'error.network': 'Gerade besteht keine Verbindung.',
  'error.unexpected': 'Etwas Unerwartetes ist passiert.',
}
