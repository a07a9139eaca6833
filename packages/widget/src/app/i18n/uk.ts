import type { Catalog } from './texts.ts'

/** Ukrainian. */
export const catalog: Catalog = {
  panel: 'Допомога – {desk}',
  close: 'Закрити',
  back: 'Назад',
  retry: 'Спробувати ще раз',
  loading: 'Завантаження…',
  offline: 'Ви офлайн. Написане буде надіслано, щойно з’явиться з’єднання.',
  unreachable: 'Немає зв’язку з нашою командою. Пробуємо ще раз…',

  greeting: 'Чим можемо допомогти?',
  write: 'Напишіть нам',
  writeHint: 'Відповідь буде тут і у вашій пошті.',
  newTicket: 'Нове звернення',
  newTicketHint: 'Повідомте про проблему й стежте за її розв’язанням.',
  tickets: 'Ваші звернення',
  allTickets: 'Усі звернення',
  conversations: 'Ваші розмови',
  moreConversations: 'Показати ще',
  fromYou: 'Ви: {text}',
  elsewhere: 'Писали нам з іншого браузера? Тут цього не видно, але наші відповіді надходять на вашу пошту.',
  lost: 'У цьому браузері вже не можна відкрити попередні розмови. Наші відповіді й далі надходять на вашу пошту.',
  unread: {
    one: '{count} нове повідомлення',
    few: '{count} нові повідомлення',
    many: '{count} нових повідомлень',
    other: '{count} нового повідомлення',
  },
  team: 'Наша команда',

  'status.pending': 'Отримано',
  'status.in_progress': 'В роботі',
  'status.waiting': 'Очікує вашої відповіді',
  'status.resolved': 'Вирішено',
  sending: 'Надсилання…',
  waiting: 'Очікує на з’єднання',
  failed: 'Не надіслано.',

  'error.identity_required': 'Спершу увійдіть на цьому сайті. Потім ви зможете написати нам тут.',
  'error.identity_rejected': 'Не вдалося підтвердити, хто ви. Увійдіть ще раз.',
  'error.origin_not_allowed': 'Повідомлення з цього сайту не приймаються.',
  'error.messaging_disabled': 'Зараз ми не приймаємо тут повідомлень.',
  'error.desk_inactive': 'Зараз ми не приймаємо нових повідомлень.',
  'error.unavailable': 'Зараз наш сервіс недоступний.',
  'error.network': 'Зараз немає з’єднання.',
  'error.unexpected': 'Сталося щось несподіване.',
}
