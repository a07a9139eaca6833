import type { ConversationStatus, Locale } from '@helpdesk/core'

/** Every fixed word of the hosted pages in one language. */
export interface HostedTexts {
  contact: string
  tickets: string
  /** The page to which one-time links lead. */
  link: string
  ticket: (number: string) => string
  status: Record<ConversationStatus, string>
  team: string
  visitor: string
  files: string
  /** Where scripts are off. */
  reading: string
  writing: string
  opening: string
  gone: string
  goneHint: string
  busy: string
  busyHint: string
}

/** The words of the hosted pages by language. */
export const hostedTexts: Record<Locale, HostedTexts> = {
  en: {
    contact: 'Contact us',
    tickets: 'Your tickets',
    link: 'Your conversations',
    ticket: (number) => `Ticket ${number}`,
    status: {
      pending: 'Received',
      in_progress: 'In progress',
      waiting: 'Waiting for your reply',
      resolved: 'Resolved',
    },
    team: 'Our team',
    visitor: 'You',
    files: 'Attachments',
    reading: 'JavaScript is off: you can read here, but not reply.',
    writing: 'Please turn on JavaScript to write to us.',
    opening: 'Please turn on JavaScript to open your conversations.',
    gone: 'This link does not work',
    goneHint:
      'It may be incomplete, or it was replaced or withdrawn. The newest e-mail from us has the current one.',
    busy: 'Please wait a moment',
    busyHint: 'Too many pages were opened from your network. Try again in a minute.',
  },
  pl: {
    contact: 'Skontaktuj się z nami',
    tickets: 'Twoje zgłoszenia',
    link: 'Twoje rozmowy',
    ticket: (number) => `Zgłoszenie ${number}`,
    status: {
      pending: 'Przyjęte',
      in_progress: 'W toku',
      waiting: 'Czeka na Twoją odpowiedź',
      resolved: 'Rozwiązane',
    },
    team: 'Nasz zespół',
    visitor: 'Ty',
    files: 'Załączniki',
    reading: 'JavaScript jest wyłączony: możesz tu czytać, ale nie odpowiadać.',
    writing: 'Włącz JavaScript, aby do nas napisać.',
    opening: 'Włącz JavaScript, aby otworzyć swoje rozmowy.',
    gone: 'Ten link nie działa',
    goneHint:
      'Może być niepełny albo został wymieniony lub wycofany. Aktualny jest w najnowszym e-mailu od nas.',
    busy: 'Chwileczkę',
    busyHint: 'Z Twojej sieci otwarto zbyt wiele stron. Spróbuj ponownie za minutę.',
  },
  uk: {
    contact: 'Напишіть нам',
    tickets: 'Ваші звернення',
    link: 'Ваші розмови',
    ticket: (number) => `Звернення ${number}`,
    status: {
      pending: 'Отримано',
      in_progress: 'В роботі',
      waiting: 'Чекає на вашу відповідь',
      resolved: 'Вирішено',
    },
    team: 'Наша команда',
    visitor: 'Ви',
    files: 'Вкладення',
    reading: 'JavaScript вимкнено: тут можна читати, але не відповідати.',
    writing: 'Увімкніть JavaScript, щоб написати нам.',
    opening: 'Увімкніть JavaScript, щоб відкрити свої розмови.',
    gone: 'Це посилання не працює',
    goneHint:
      'Можливо, воно неповне або його замінили чи відкликали. Чинне посилання — у найновішому листі від нас.',
    busy: 'Зачекайте хвилинку',
    busyHint: 'З вашої мережі відкрили забагато сторінок. Спробуйте ще раз за хвилину.',
  },
  de: {
    contact: 'Kontakt',
    tickets: 'Ihre Tickets',
    link: 'Ihre Unterhaltungen',
    ticket: (number) => `Ticket ${number}`,
    status: {
      pending: 'Eingegangen',
      in_progress: 'In Bearbeitung',
      waiting: 'Wartet auf Ihre Antwort',
      resolved: 'Gelöst',
    },
    team: 'Unser Team',
    visitor: 'Sie',
    files: 'Anhänge',
    reading: 'JavaScript ist ausgeschaltet: Sie können hier lesen, aber nicht antworten.',
    writing: 'Bitte schalten Sie JavaScript ein, um uns zu schreiben.',
    opening: 'Bitte schalten Sie JavaScript ein, um Ihre Unterhaltungen zu öffnen.',
    gone: 'Dieser Link funktioniert nicht',
    goneHint:
      'Er ist vielleicht unvollständig oder wurde ersetzt oder zurückgezogen. Den aktuellen finden Sie in unserer neuesten E-Mail.',
    busy: 'Einen Moment bitte',
    busyHint: 'Aus Ihrem Netz wurden zu viele Seiten geöffnet. Versuchen Sie es in einer Minute noch einmal.',
  },
  fr: {
    contact: 'Nous contacter',
    tickets: 'Vos demandes',
    link: 'Vos conversations',
    ticket: (number) => `Demande ${number}`,
    status: {
      pending: 'Reçue',
      in_progress: 'En cours',
      waiting: 'En attente de votre réponse',
      resolved: 'Résolue',
    },
    team: 'Notre équipe',
    visitor: 'Vous',
    files: 'Pièces jointes',
    reading: 'JavaScript est désactivé : vous pouvez lire ici, mais pas répondre.',
    writing: 'Veuillez activer JavaScript pour nous écrire.',
    opening: 'Veuillez activer JavaScript pour ouvrir vos conversations.',
    gone: 'Ce lien ne fonctionne pas',
    goneHint:
      'Il est peut-être incomplet, ou il a été remplacé ou retiré. Le lien actuel se trouve dans notre dernier e-mail.',
    busy: 'Un instant, s’il vous plaît',
    busyHint: 'Trop de pages ont été ouvertes depuis votre réseau. Réessayez dans une minute.',
  },
  es: {
    contact: 'Contacto',
    tickets: 'Sus solicitudes',
    link: 'Sus conversaciones',
    ticket: (number) => `Solicitud ${number}`,
    status: {
      pending: 'Recibida',
      in_progress: 'En curso',
      waiting: 'A la espera de su respuesta',
      resolved: 'Resuelta',
    },
    team: 'Nuestro equipo',
    visitor: 'Usted',
    files: 'Adjuntos',
    reading: 'JavaScript está desactivado: aquí puede leer, pero no responder.',
    writing: 'Active JavaScript para escribirnos.',
    opening: 'Active JavaScript para abrir sus conversaciones.',
    gone: 'Este enlace no funciona',
    goneHint:
      'Puede que esté incompleto, o que se haya sustituido o retirado. El actual está en nuestro correo más reciente.',
    busy: 'Espere un momento',
    busyHint: 'Desde su red se abrieron demasiadas páginas. Inténtelo de nuevo en un minuto.',
  },
  cs: {
    contact: 'Kontaktujte nás',
    tickets: 'Vaše požadavky',
    link: 'Vaše konverzace',
    ticket: (number) => `Požadavek ${number}`,
    status: {
      pending: 'Přijato',
      in_progress: 'Řeší se',
      waiting: 'Čeká na vaši odpověď',
      resolved: 'Vyřešeno',
    },
    team: 'Náš tým',
    visitor: 'Vy',
    files: 'Přílohy',
    reading: 'JavaScript je vypnutý: můžete zde číst, ale ne odpovídat.',
    writing: 'Chcete-li nám napsat, zapněte JavaScript.',
    opening: 'Chcete-li otevřít své konverzace, zapněte JavaScript.',
    gone: 'Tento odkaz nefunguje',
    goneHint: 'Možná není úplný, nebo byl nahrazen či zrušen. Aktuální najdete v našem posledním e-mailu.',
    busy: 'Chvilku strpení',
    busyHint: 'Z vaší sítě bylo otevřeno příliš mnoho stránek. Zkuste to znovu za minutu.',
  },
  sk: {
    contact: 'Kontaktujte nás',
    tickets: 'Vaše požiadavky',
    link: 'Vaše konverzácie',
    ticket: (number) => `Požiadavka ${number}`,
    status: {
      pending: 'Prijaté',
      in_progress: 'Rieši sa',
      waiting: 'Čaká na vašu odpoveď',
      resolved: 'Vyriešené',
    },
    team: 'Náš tím',
    visitor: 'Vy',
    files: 'Prílohy',
    reading: 'JavaScript je vypnutý: môžete tu čítať, ale nie odpovedať.',
    writing: 'Ak nám chcete napísať, zapnite JavaScript.',
    opening: 'Ak chcete otvoriť svoje konverzácie, zapnite JavaScript.',
    gone: 'Tento odkaz nefunguje',
    goneHint:
      'Možno nie je úplný, alebo bol nahradený či zrušený. Aktuálny nájdete v našom poslednom e-maile.',
    busy: 'Chvíľu strpenia',
    busyHint: 'Z vašej siete bolo otvorených priveľa stránok. Skúste to znova o minútu.',
  },
}
