import type { Catalog } from './texts.ts'

/** Slovak. */
export const catalog: Catalog = {
  panel: 'Pomoc – {desk}',
  close: 'Zavrieť',
  back: 'Späť',
  retry: 'Skúsiť znova',
  loading: 'Načítava sa…',
  offline: 'Ste offline. Čo napíšete, odošleme, len čo sa pripojenie obnoví.',
  unreachable: 'S naším tímom teraz nie je spojenie. Skúšame to znova…',

  greeting: 'Ako vám môžeme pomôcť?',
  write: 'Napíšte nám',
  writeHint: 'Odpoveď nájdete tu aj vo svojom e-maile.',
  newTicket: 'Nová požiadavka',
  newTicketHint: 'Nahláste problém a sledujte, ako sa rieši.',
  tickets: 'Vaše požiadavky',
  allTickets: 'Všetky požiadavky',
  conversations: 'Vaše konverzácie',
  moreConversations: 'Zobraziť ďalšie',
  fromYou: 'Vy: {text}',
  elsewhere: 'Písali ste nám z iného prehliadača? Tu to neuvidíte, ale naše odpovede vám chodia e-mailom.',
  lost: 'Predchádzajúce konverzácie sa už v tomto prehliadači nedajú otvoriť. Naše odpovede vám naďalej chodia e-mailom.',
  unread: {
    one: '{count} nová správa',
    few: '{count} nové správy',
    many: '{count} novej správy',
    other: '{count} nových správ',
  },
  team: 'Náš tím',

  'status.pending': 'Prijaté',
  'status.in_progress': 'Rieši sa',
  'status.waiting': 'Čaká na vašu odpoveď',
  'status.resolved': 'Vyriešené',
  sending: 'Odosiela sa…',
  waiting: 'Čaká na pripojenie',
  failed: 'Neodoslané.',

  'error.identity_required': 'Najprv sa na tomto webe prihláste. Potom nám tu môžete napísať.',
  'error.identity_rejected': 'Nepodarilo sa potvrdiť, kto ste. Prihláste sa, prosím, znova.',
  'error.origin_not_allowed': 'Správy z tohto webu neprijímame.',
  'error.messaging_disabled': 'Správy tu teraz neprijímame.',
  'error.desk_inactive': 'Nové správy teraz neprijímame.',
  'error.unavailable': 'Naša služba je teraz nedostupná.',
  'error.network': 'Teraz nie je k dispozícii pripojenie.',
  'error.unexpected': 'Stalo sa niečo neočakávané.',
}
