import { type Locale, pickLocale } from '@helpdesk/core'
import { type PartTexts, partTexts } from './part-texts.ts'

/** Every fixed word of the e-mails in one language. Another language is another entry of `catalogs` and of `partTexts`. */
export type MailTexts = HeadTexts & PartTexts

interface HeadTexts {
  /** Heading of an e-mail to a contact. */
  replyTitle: (count: number) => string
  /** Heading of an e-mail to an agent; `from` is a name or an address, null for a contact without both. */
  messageTitle: (count: number, from: string | null) => string
  /** Stands where the name of a contact without one would. */
  visitor: string
  /** After an address that nobody has proved. */
  unverified: string
  conversation: (number: string) => string
  /** When an e-mail would be too long. */
  earlierMessages: string
  openConversation: string
  /** A link that leads to the desk, not to the conversation. */
  openDesk: (desk: string) => string
  /** How to answer, where the link does not lead to the conversation. */
  howToAnswer: string
  openDashboard: string
  whyContact: (desk: string) => string
  whyAgent: (desk: string) => string
  /** Subject and heading of the e-mail to an address that has been replaced. */
  addressChanged: string
  addressChangedHow: (desk: string) => string
  /** What to do when somebody else did it. */
  addressChangedHint: string
  whyAddressChanged: (desk: string) => string
}

const en: HeadTexts = {
  replyTitle: (count) => (count === 1 ? 'You have a new reply' : 'You have new replies'),
  messageTitle: (count, from) =>
    `${count === 1 ? 'New message' : 'New messages'} from ${from ?? 'a visitor'}`,
  visitor: 'Visitor',
  unverified: 'not verified',
  conversation: (number) => `Conversation ${number}`,
  earlierMessages: 'Earlier messages are in the conversation.',
  openConversation: 'Open the conversation',
  openDesk: (desk) => `Go to ${desk}`,
  howToAnswer: 'To answer, open the chat on the page where you wrote to us.',
  openDashboard: 'Open in the dashboard',
  whyContact: (desk) =>
    `You are receiving this e-mail because this address was given in a conversation with ${desk}. If that was not you, please ignore it.`,
  whyAgent: (desk) => `You are receiving this e-mail because you answer for ${desk}.`,
  addressChanged: 'Your e-mail address was changed',
  addressChangedHow: (desk) => `Answers from ${desk} now go to another address.`,
  addressChangedHint: 'If this was not you, tell us and sign out wherever you are signed in.',
  whyAddressChanged: (desk) =>
    `You are receiving this e-mail because answers from ${desk} used to come to this address.`,
}

const pl: HeadTexts = {
  replyTitle: (count) => (count === 1 ? 'Masz nową odpowiedź' : 'Masz nowe odpowiedzi'),
  messageTitle: (count, from) =>
    `${count === 1 ? 'Nowa wiadomość' : 'Nowe wiadomości'}, od: ${from ?? 'gość'}`,
  visitor: 'Gość',
  unverified: 'niepotwierdzony',
  conversation: (number) => `Rozmowa ${number}`,
  earlierMessages: 'Wcześniejsze wiadomości są w rozmowie.',
  openConversation: 'Otwórz rozmowę',
  openDesk: (desk) => `Przejdź do: ${desk}`,
  howToAnswer: 'Aby odpowiedzieć, otwórz czat na stronie, z której napisano do nas.',
  openDashboard: 'Otwórz w panelu',
  whyContact: (desk) =>
    `Otrzymujesz tę wiadomość, ponieważ ten adres podano w rozmowie z: ${desk}. Jeśli to nie Ty, zignoruj ją.`,
  whyAgent: (desk) => `Otrzymujesz tę wiadomość, ponieważ odpowiadasz w imieniu: ${desk}.`,
  addressChanged: 'Twój adres e-mail został zmieniony',
  addressChangedHow: (desk) => `Odpowiedzi od: ${desk} będą teraz przychodzić na inny adres.`,
  addressChangedHint: 'Jeśli to nie Ty, daj nam znać i wyloguj się wszędzie, gdzie jesteś zalogowany(-a).',
  whyAddressChanged: (desk) =>
    `Otrzymujesz tę wiadomość, ponieważ odpowiedzi od: ${desk} przychodziły dotąd na ten adres.`,
}

const uk: HeadTexts = {
  replyTitle: (count) => (count === 1 ? 'Ви маєте нову відповідь' : 'Ви маєте нові відповіді'),
  messageTitle: (count, from) =>
    `${count === 1 ? 'Нове повідомлення' : 'Нові повідомлення'} від: ${from ?? 'відвідувач'}`,
  visitor: 'Відвідувач',
  unverified: 'не підтверджено',
  conversation: (number) => `Розмова ${number}`,
  earlierMessages: 'Попередні повідомлення — у розмові.',
  openConversation: 'Відкрити розмову',
  openDesk: (desk) => `Перейти до: ${desk}`,
  howToAnswer: 'Щоб відповісти, відкрийте чат на сторінці, з якої ви нам написали.',
  openDashboard: 'Відкрити в панелі',
  whyContact: (desk) =>
    `Ви отримали цей лист, бо цю адресу вказали в розмові з: ${desk}. Якщо це були не ви, просто проігноруйте його.`,
  whyAgent: (desk) => `Ви отримали цей лист, бо відповідаєте від імені: ${desk}.`,
  addressChanged: 'Вашу електронну адресу змінено',
  addressChangedHow: (desk) => `Відповіді від: ${desk} тепер надходитимуть на іншу адресу.`,
  addressChangedHint: 'Якщо це були не ви, повідомте нас і вийдіть із системи на всіх пристроях.',
  whyAddressChanged: (desk) => `Ви отримали цей лист, бо досі відповіді від: ${desk} надходили на цю адресу.`,
}

const de: HeadTexts = {
  replyTitle: (count) => (count === 1 ? 'Sie haben eine neue Antwort' : 'Sie haben neue Antworten'),
  messageTitle: (count, from) =>
    `${count === 1 ? 'Neue Nachricht' : 'Neue Nachrichten'} von ${from ?? 'einem Besucher'}`,
  visitor: 'Besucher',
  unverified: 'nicht bestätigt',
  conversation: (number) => `Unterhaltung ${number}`,
  earlierMessages: 'Frühere Nachrichten stehen in der Unterhaltung.',
  openConversation: 'Unterhaltung öffnen',
  openDesk: (desk) => `Zu ${desk}`,
  howToAnswer: 'Um zu antworten, öffnen Sie den Chat auf der Seite, auf der Sie uns geschrieben haben.',
  openDashboard: 'Im Dashboard öffnen',
  whyContact: (desk) =>
    `Sie erhalten diese E-Mail, weil diese Adresse in einer Unterhaltung mit ${desk} angegeben wurde. Wenn Sie das nicht waren, ignorieren Sie sie bitte.`,
  whyAgent: (desk) => `Sie erhalten diese E-Mail, weil Sie für ${desk} antworten.`,
  addressChanged: 'Ihre E-Mail-Adresse wurde geändert',
  addressChangedHow: (desk) => `Antworten von ${desk} gehen ab jetzt an eine andere Adresse.`,
  addressChangedHint: 'Wenn Sie das nicht waren, sagen Sie uns Bescheid und melden Sie sich überall ab.',
  whyAddressChanged: (desk) =>
    `Sie erhalten diese E-Mail, weil Antworten von ${desk} bisher an diese Adresse gingen.`,
}

const fr: HeadTexts = {
  replyTitle: (count) => (count === 1 ? 'Vous avez une nouvelle réponse' : 'Vous avez de nouvelles réponses'),
  messageTitle: (count, from) =>
    `${count === 1 ? 'Nouveau message' : 'Nouveaux messages'} ${from === null ? 'd’un visiteur' : `de ${from}`}`,
  visitor: 'Visiteur',
  unverified: 'non vérifiée',
  conversation: (number) => `Conversation ${number}`,
  earlierMessages: 'Les messages précédents se trouvent dans la conversation.',
  openConversation: 'Ouvrir la conversation',
  openDesk: (desk) => `Aller à ${desk}`,
  howToAnswer: 'Pour répondre, ouvrez le chat sur la page depuis laquelle vous nous avez écrit.',
  openDashboard: 'Ouvrir dans le tableau de bord',
  whyContact: (desk) =>
    `Vous recevez cet e-mail parce que cette adresse a été indiquée dans une conversation avec ${desk}. Si ce n’était pas vous, ignorez-le.`,
  whyAgent: (desk) => `Vous recevez cet e-mail parce que vous répondez pour ${desk}.`,
  addressChanged: 'Votre adresse e-mail a été modifiée',
  addressChangedHow: (desk) => `Les réponses de ${desk} seront désormais envoyées à une autre adresse.`,
  addressChangedHint: 'Si ce n’était pas vous, prévenez-nous et déconnectez-vous de tous vos appareils.',
  whyAddressChanged: (desk) =>
    `Vous recevez cet e-mail parce que les réponses de ${desk} arrivaient jusqu’ici à cette adresse.`,
}

const es: HeadTexts = {
  replyTitle: (count) => (count === 1 ? 'Tiene una nueva respuesta' : 'Tiene nuevas respuestas'),
  messageTitle: (count, from) =>
    `${count === 1 ? 'Nuevo mensaje' : 'Nuevos mensajes'} de ${from ?? 'un visitante'}`,
  visitor: 'Visitante',
  unverified: 'sin verificar',
  conversation: (number) => `Conversación ${number}`,
  earlierMessages: 'Los mensajes anteriores están en la conversación.',
  openConversation: 'Abrir la conversación',
  openDesk: (desk) => `Ir a ${desk}`,
  howToAnswer: 'Para responder, abra el chat en la página desde la que nos escribió.',
  openDashboard: 'Abrir en el panel',
  whyContact: (desk) =>
    `Recibe este correo porque se indicó esta dirección en una conversación con ${desk}. Si no fue usted, ignórelo.`,
  whyAgent: (desk) => `Recibe este correo porque responde en nombre de ${desk}.`,
  addressChanged: 'Se ha cambiado su dirección de correo',
  addressChangedHow: (desk) => `A partir de ahora, las respuestas de ${desk} llegarán a otra dirección.`,
  addressChangedHint: 'Si no fue usted, avísenos y cierre la sesión en todos sus dispositivos.',
  whyAddressChanged: (desk) =>
    `Recibe este correo porque hasta ahora las respuestas de ${desk} llegaban a esta dirección.`,
}

const cs: HeadTexts = {
  replyTitle: (count) => (count === 1 ? 'Máte novou odpověď' : 'Máte nové odpovědi'),
  messageTitle: (count, from) => `${count === 1 ? 'Nová zpráva' : 'Nové zprávy'} od: ${from ?? 'návštěvník'}`,
  visitor: 'Návštěvník',
  unverified: 'neověřeno',
  conversation: (number) => `Konverzace ${number}`,
  earlierMessages: 'Dřívější zprávy najdete v konverzaci.',
  openConversation: 'Otevřít konverzaci',
  openDesk: (desk) => `Přejít na: ${desk}`,
  howToAnswer: 'Chcete-li odpovědět, otevřete chat na stránce, ze které jste nám napsali.',
  openDashboard: 'Otevřít v přehledu',
  whyContact: (desk) =>
    `Tento e-mail dostáváte, protože tato adresa byla uvedena v konverzaci s: ${desk}. Pokud jste to nebyli vy, ignorujte ho.`,
  whyAgent: (desk) => `Tento e-mail dostáváte, protože odpovídáte za: ${desk}.`,
  addressChanged: 'Vaše e-mailová adresa byla změněna',
  addressChangedHow: (desk) => `Odpovědi od: ${desk} budou nyní chodit na jinou adresu.`,
  addressChangedHint: 'Pokud jste to nebyli vy, dejte nám vědět a všude se odhlaste.',
  whyAddressChanged: (desk) =>
    `Tento e-mail dostáváte, protože odpovědi od: ${desk} dosud chodily na tuto adresu.`,
}

const sk: HeadTexts = {
  replyTitle: (count) => (count === 1 ? 'Máte novú odpoveď' : 'Máte nové odpovede'),
  messageTitle: (count, from) => `${count === 1 ? 'Nová správa' : 'Nové správy'} od: ${from ?? 'návštevník'}`,
  visitor: 'Návštevník',
  unverified: 'neoverené',
  conversation: (number) => `Konverzácia ${number}`,
  earlierMessages: 'Skoršie správy nájdete v konverzácii.',
  openConversation: 'Otvoriť konverzáciu',
  openDesk: (desk) => `Prejsť na: ${desk}`,
  howToAnswer: 'Ak chcete odpovedať, otvorte čet na stránke, z ktorej ste nám napísali.',
  openDashboard: 'Otvoriť v paneli',
  whyContact: (desk) =>
    `Tento e-mail dostávate, pretože táto adresa bola uvedená v konverzácii s: ${desk}. Ak ste to neboli vy, ignorujte ho.`,
  whyAgent: (desk) => `Tento e-mail dostávate, pretože odpovedáte za: ${desk}.`,
  addressChanged: 'Vaša e-mailová adresa bola zmenená',
  addressChangedHow: (desk) => `Odpovede od: ${desk} budú odteraz chodiť na inú adresu.`,
  addressChangedHint: 'Ak ste to neboli vy, dajte nám vedieť a všade sa odhláste.',
  whyAddressChanged: (desk) =>
    `Tento e-mail dostávate, pretože odpovede od: ${desk} doteraz chodili na túto adresu.`,
}

const catalogs = { pl, en, uk, de, fr, es, cs, sk } satisfies Record<Locale, HeadTexts>

/** The languages in which e-mails can be written. */
export const mailLocales = Object.keys(catalogs) as (keyof typeof catalogs)[]

/** The words for the first of the wanted languages that there is; English when there is none. */
export function mailTexts(wanted: readonly (string | null)[]): { locale: Locale; texts: MailTexts } {
  const locale = pickLocale(wanted, mailLocales, 'en')
  return { locale, texts: { ...catalogs[locale], ...partTexts[locale] } }
}
