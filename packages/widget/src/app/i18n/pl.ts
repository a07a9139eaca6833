import type { Catalog } from './texts.ts'

/** Polish. */
export const catalog: Catalog = {
  panel: 'Pomoc – {desk}',
  close: 'Zamknij',
  back: 'Wróć',
  retry: 'Spróbuj ponownie',
  loading: 'Wczytywanie…',
  offline: 'Jesteś offline. To, co napiszesz, wyślemy, gdy wróci połączenie.',
  unreachable: 'Brak połączenia z naszym zespołem. Próbujemy ponownie…',

  greeting: 'W czym możemy pomóc?',
  search: 'Szukaj pomocy',
  clear: 'Wyczyść wyszukiwanie',
  suggested: 'Przydatne artykuły',
  write: 'Napisz do nas',
  writeHint: 'Odpowiedź znajdziesz tutaj i w swojej poczcie.',
  newTicket: 'Nowe zgłoszenie',
  newTicketHint: 'Zgłoś problem i śledź, co się z nim dzieje.',
  tickets: 'Twoje zgłoszenia',
  allTickets: 'Wszystkie zgłoszenia',
  conversations: 'Twoje rozmowy',
  moreConversations: 'Pokaż więcej',
  fromYou: 'Ty: {text}',
  elsewhere:
    'Piszesz do nas także z innej przeglądarki? Tutaj tego nie zobaczysz, ale nasze odpowiedzi przychodzą e‑mailem.',
  lost: 'W tej przeglądarce nie da się już otworzyć wcześniejszych rozmów. Nasze odpowiedzi nadal przychodzą e‑mailem.',
  unread: {
    one: '{count} nowa wiadomość',
    few: '{count} nowe wiadomości',
    many: '{count} nowych wiadomości',
    other: '{count} nowej wiadomości',
  },
  team: 'Nasz zespół',

  'status.pending': 'Przyjęto',
  'status.in_progress': 'W trakcie',
  'status.waiting': 'Czeka na Twoją odpowiedź',
  'status.resolved': 'Rozwiązano',
  sending: 'Wysyłanie…',
  waiting: 'Czeka na połączenie',
  failed: 'Nie wysłano.',

  'error.identity_required': 'Najpierw zaloguj się w tym serwisie. Potem możesz do nas tutaj napisać.',
  'error.identity_rejected': 'Nie udało się potwierdzić, kim jesteś. Zaloguj się ponownie.',
  'error.origin_not_allowed': 'Wiadomości z tego serwisu nie są przyjmowane.',
  'error.messaging_disabled': 'W tej chwili nie przyjmujemy tutaj wiadomości.',
  'error.desk_inactive': 'W tej chwili nie przyjmujemy nowych wiadomości.',
  'error.unavailable': 'Nasz serwis jest w tej chwili niedostępny.',
  'error.network': 'W tej chwili nie ma połączenia.',
  'error.unexpected': 'Stało się coś nieoczekiwanego.',
}
