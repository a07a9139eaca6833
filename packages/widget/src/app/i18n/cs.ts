import type { Catalog } from './texts.ts'

/** Czech. */
export const catalog: Catalog = {
  panel: 'Pomoc – {desk}',
  close: 'Zavřít',
  back: 'Zpět',
  retry: 'Zkusit znovu',
  loading: 'Načítání…',
  offline: 'Jste offline. Co napíšete, odešleme, jakmile se připojení obnoví.',
  unreachable: 'S naším týmem teď není spojení. Zkoušíme to znovu…',

  greeting: 'Jak vám můžeme pomoci?',
  write: 'Napište nám',
  writeHint: 'Odpověď najdete zde i ve svém e-mailu.',
  newTicket: 'Nový požadavek',
  newTicketHint: 'Nahlaste problém a sledujte, jak se řeší.',
  tickets: 'Vaše požadavky',
  allTickets: 'Všechny požadavky',
  conversations: 'Vaše konverzace',
  moreConversations: 'Zobrazit další',
  fromYou: 'Vy: {text}',
  elsewhere: 'Psali jste nám z jiného prohlížeče? Zde to neuvidíte, ale naše odpovědi vám chodí e-mailem.',
  lost: 'Předchozí konverzace už v tomto prohlížeči nelze otevřít. Naše odpovědi vám dál chodí e-mailem.',
  unread: {
    one: '{count} nová zpráva',
    few: '{count} nové zprávy',
    many: '{count} nové zprávy',
    other: '{count} nových zpráv',
  },
  team: 'Náš tým',

  'status.pending': 'Přijato',
  'status.in_progress': 'Řeší se',
  'status.waiting': 'Čeká na vaši odpověď',
  'status.resolved': 'Vyřešeno',
  sending: 'Odesílání…',
  waiting: 'Čeká na připojení',
  failed: 'Neodesláno.',

  'error.identity_required': 'Nejprve se na tomto webu přihlaste. Potom nám zde můžete napsat.',
  'error.identity_rejected': 'Nepodařilo se potvrdit, kdo jste. Přihlaste se prosím znovu.',
  'error.origin_not_allowed': 'Zprávy z tohoto webu nepřijímáme.',
  'error.messaging_disabled': 'Zprávy zde teď nepřijímáme.',
  'error.desk_inactive': 'Nové zprávy teď nepřijímáme.',
  'error.unavailable': 'Naše služba je teď nedostupná.',
  'error.network': 'Teď není k dispozici připojení.',
  'error.unexpected': 'Stalo se něco neočekávaného.',
}
