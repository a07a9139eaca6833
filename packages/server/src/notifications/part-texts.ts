import type { Locale } from '@helpdesk/core'

/** The fixed words around the messages: tickets, one-time links, how to answer, how to get no more. */
export interface PartTexts {
  /** Stands for a title that is absent, or that must not be told to an address which nobody has proved. */
  request: string
  /** The same to an agent. */
  plainConversation: string
  /** The author of what the reader wrote. */
  you: string
  /** Stands for a contact's name where it must not be told. */
  customer: string
  /** Stands for a contact's address where it must not be told. */
  address: string
  ticketCreated: string
  attachments: string
  replyHint: string
  /** To an agent; `#note` and `#resolve` are commands. */
  agentReplyHint: string
  unsubscribe: string
  linkTitle: string
  openLink: string
  code: string
  linkExpires: string
  linkIgnore: string
  whyLink: (desk: string) => string
}

const pl: PartTexts = {
  request: 'Twoje zgłoszenie',
  plainConversation: 'Rozmowa',
  you: 'Ty',
  customer: 'Klient',
  address: 'Twój adres',
  ticketCreated: 'Otrzymaliśmy Twoje zgłoszenie',
  attachments: 'Załączniki',
  replyHint: 'Aby odpowiedzieć, po prostu odpisz na tę wiadomość.',
  agentReplyHint:
    'Odpowiedź na tę wiadomość trafi do klienta. W pierwszym wierszu: #note – notatka dla zespołu, #resolve – rozwiązane.',
  unsubscribe: 'Nie chcę więcej e-maili',
  linkTitle: 'Twoje rozmowy',
  openLink: 'Otwórz moje rozmowy',
  code: 'Albo wpisz ten kod',
  linkExpires: 'Link i kod są ważne 15 minut i działają jeden raz.',
  linkIgnore: 'Jeśli to nie Ty o to prosisz, zignoruj tę wiadomość: nic się nie stanie.',
  whyLink: (desk) =>
    `Otrzymujesz tę wiadomość, ponieważ ktoś podał ten adres, aby wrócić do rozmów z: ${desk}.`,
}

const en: PartTexts = {
  request: 'Your request',
  plainConversation: 'Conversation',
  you: 'You',
  customer: 'customer',
  address: 'your address',
  ticketCreated: 'We have received your request',
  attachments: 'Attachments',
  replyHint: 'To answer, simply reply to this e-mail.',
  agentReplyHint:
    'Your reply to this e-mail goes to the contact. On the first line: #note keeps it inside the team, #resolve marks it as resolved.',
  unsubscribe: 'Unsubscribe from these e-mails',
  linkTitle: 'Your conversations',
  openLink: 'Open my conversations',
  code: 'Or type this code',
  linkExpires: 'The link and the code are valid for 15 minutes, and one of them works once.',
  linkIgnore: 'If you did not ask for this, you can ignore this e-mail: nothing will happen.',
  whyLink: (desk) =>
    `You are receiving this e-mail because somebody entered this address to return to conversations with ${desk}.`,
}

const uk: PartTexts = {
  request: 'Ваше звернення',
  plainConversation: 'Розмова',
  you: 'Ви',
  customer: 'Клієнт',
  address: 'ваша адреса',
  ticketCreated: 'Ми отримали ваше звернення',
  attachments: 'Вкладення',
  replyHint: 'Щоб відповісти, просто дайте відповідь на цей лист.',
  agentReplyHint:
    'Ваша відповідь на цей лист надійде клієнту. У першому рядку: #note – нотатка для команди, #resolve – вирішено.',
  unsubscribe: 'Відписатися від листів',
  linkTitle: 'Ваші розмови',
  openLink: 'Відкрити мої розмови',
  code: 'Або введіть цей код',
  linkExpires: 'Посилання і код дійсні 15 хвилин і спрацюють один раз.',
  linkIgnore: 'Якщо це були не ви, проігноруйте цей лист: нічого не станеться.',
  whyLink: (desk) =>
    `Ви отримали цей лист, бо хтось указав цю адресу, щоб повернутися до розмов із: ${desk}.`,
}

const de: PartTexts = {
  request: 'Ihre Anfrage',
  plainConversation: 'Unterhaltung',
  you: 'Sie',
  customer: 'Kunde',
  address: 'Ihre Adresse',
  ticketCreated: 'Wir haben Ihre Anfrage erhalten',
  attachments: 'Anhänge',
  replyHint: 'Antworten Sie einfach direkt auf diese E-Mail.',
  agentReplyHint:
    'Ihre Antwort auf diese E-Mail geht an den Kontakt. In der ersten Zeile: #note – Notiz für das Team, #resolve – gelöst.',
  unsubscribe: 'E-Mails abbestellen',
  linkTitle: 'Ihre Unterhaltungen',
  openLink: 'Meine Unterhaltungen öffnen',
  code: 'Oder geben Sie diesen Code ein',
  linkExpires: 'Link und Code gelten 15 Minuten und funktionieren einmal.',
  linkIgnore: 'Wenn Sie das nicht angefordert haben, ignorieren Sie diese E-Mail: Dann geschieht nichts.',
  whyLink: (desk) =>
    `Sie erhalten diese E-Mail, weil jemand diese Adresse angegeben hat, um zu Unterhaltungen mit ${desk} zurückzukehren.`,
}

const fr: PartTexts = {
  request: 'Votre demande',
  plainConversation: 'Discussion',
  you: 'Vous',
  customer: 'client',
  address: 'votre adresse',
  ticketCreated: 'Nous avons bien reçu votre demande',
  attachments: 'Pièces jointes',
  replyHint: 'Pour répondre, répondez simplement à cet e-mail.',
  agentReplyHint:
    'Votre réponse à cet e-mail est envoyée au contact. Sur la première ligne : #note – note pour l’équipe, #resolve – résolu.',
  unsubscribe: 'Ne plus recevoir d’e-mails',
  linkTitle: 'Vos conversations',
  openLink: 'Ouvrir mes conversations',
  code: 'Ou saisissez ce code',
  linkExpires: 'Le lien et le code sont valables 15 minutes et une seule fois.',
  linkIgnore: 'Si vous n’avez rien demandé, ignorez cet e-mail : il ne se passera rien.',
  whyLink: (desk) =>
    `Vous recevez cet e-mail parce que cette adresse a été donnée pour retrouver des conversations avec ${desk}.`,
}

const es: PartTexts = {
  request: 'Su solicitud',
  plainConversation: 'Conversación',
  you: 'Usted',
  customer: 'cliente',
  address: 'su dirección',
  ticketCreated: 'Hemos recibido su solicitud',
  attachments: 'Archivos adjuntos',
  replyHint: 'Para responder, conteste a este correo.',
  agentReplyHint:
    'Su respuesta a este correo llega al contacto. En la primera línea: #note – nota para el equipo, #resolve – resuelto.',
  unsubscribe: 'No recibir más correos',
  linkTitle: 'Sus conversaciones',
  openLink: 'Abrir mis conversaciones',
  code: 'O escriba este código',
  linkExpires: 'El enlace y el código valen 15 minutos y una sola vez.',
  linkIgnore: 'Si no lo pidió usted, ignore este correo: no pasará nada.',
  whyLink: (desk) =>
    `Recibe este correo porque alguien indicó esta dirección para volver a sus conversaciones con ${desk}.`,
}

const cs: PartTexts = {
  request: 'Váš požadavek',
  plainConversation: 'Konverzace',
  you: 'Vy',
  customer: 'zákazník',
  address: 'vaše adresa',
  ticketCreated: 'Přijali jsme váš požadavek',
  attachments: 'Přílohy',
  replyHint: 'Chcete-li odpovědět, stačí odpovědět na tento e-mail.',
  agentReplyHint:
    'Odpovědí na tento e-mail odpovíte zákazníkovi. Na prvním řádku: #note – poznámka pro tým, #resolve – vyřešeno.',
  unsubscribe: 'Neposílat další e-maily',
  linkTitle: 'Vaše konverzace',
  openLink: 'Otevřít moje konverzace',
  code: 'Nebo zadejte tento kód',
  linkExpires: 'Odkaz a kód platí 15 minut a fungují jednou.',
  linkIgnore: 'Pokud jste o to nežádali, e-mail ignorujte: nic se nestane.',
  whyLink: (desk) =>
    `Tento e-mail dostáváte, protože někdo zadal tuto adresu, aby se vrátil ke konverzacím s: ${desk}.`,
}

const sk: PartTexts = {
  request: 'Vaša požiadavka',
  plainConversation: 'Konverzácia',
  you: 'Vy',
  customer: 'zákazník',
  address: 'vaša adresa',
  ticketCreated: 'Prijali sme vašu požiadavku',
  attachments: 'Prílohy',
  replyHint: 'Ak chcete odpovedať, stačí odpovedať na tento e-mail.',
  agentReplyHint:
    'Odpoveďou na tento e-mail odpoviete zákazníkovi. Na prvom riadku: #note – poznámka pre tím, #resolve – vyriešené.',
  unsubscribe: 'Neposielať ďalšie e-maily',
  linkTitle: 'Vaše konverzácie',
  openLink: 'Otvoriť moje konverzácie',
  code: 'Alebo zadajte tento kód',
  linkExpires: 'Odkaz a kód platia 15 minút a fungujú raz.',
  linkIgnore: 'Ak ste o to nežiadali, e-mail ignorujte: nič sa nestane.',
  whyLink: (desk) =>
    `Tento e-mail dostávate, pretože niekto zadal túto adresu, aby sa vrátil ku konverzáciám s: ${desk}.`,
}

/** These words by language. */
export const partTexts: Readonly<Record<Locale, PartTexts>> = { pl, en, uk, de, fr, es, cs, sk }
