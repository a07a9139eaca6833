import { pickLocale } from '@helpdesk/core'

/** Every fixed word of the e-mails in one language. Another language is another entry of `catalogs`. */
export interface MailTexts {
  /** Subject of an e-mail to a contact. */
  replySubject: (count: number) => string
  /** Heading of an e-mail to a contact. */
  replyTitle: (count: number) => string
  /** Subject of an e-mail to an agent. */
  messageSubject: (count: number) => string
  /** Heading of an e-mail to an agent; `from` is a name, an address, or `visitor`. */
  messageTitle: (count: number, from: string) => string
  /** A contact without a name and an address. */
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
}

const en: MailTexts = {
  replySubject: (count) => (count === 1 ? 'New reply' : 'New replies'),
  replyTitle: (count) => (count === 1 ? 'You have a new reply' : 'You have new replies'),
  messageSubject: (count) => (count === 1 ? 'New message' : 'New messages'),
  messageTitle: (count, from) => `${count === 1 ? 'New message' : 'New messages'} from ${from}`,
  visitor: 'a visitor',
  unverified: 'not verified',
  conversation: (number) => `Conversation ${number}`,
  earlierMessages: 'Earlier messages are in the conversation.',
  openConversation: 'Open the conversation',
  openDesk: (desk) => `Go to ${desk}`,
  howToAnswer: 'To answer, open the chat on the page where you wrote to us.',
  openDashboard: 'Open in the dashboard',
  whyContact: (desk) =>
    `You get this e-mail because this address was given in a conversation with ${desk}. If that was not you, please ignore it.`,
  whyAgent: (desk) => `You get this e-mail because you answer for ${desk}.`,
}

const pl: MailTexts = {
  replySubject: (count) => (count === 1 ? 'Nowa odpowiedź' : 'Nowe odpowiedzi'),
  replyTitle: (count) => (count === 1 ? 'Masz nową odpowiedź' : 'Masz nowe odpowiedzi'),
  messageSubject: (count) => (count === 1 ? 'Nowa wiadomość' : 'Nowe wiadomości'),
  messageTitle: (count, from) => `${count === 1 ? 'Nowa wiadomość' : 'Nowe wiadomości'}, od: ${from}`,
  visitor: 'gość',
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
}

const catalogs = { en, pl }

/** The languages in which e-mails can be written. */
export const mailLocales = Object.keys(catalogs) as (keyof typeof catalogs)[]

/** The words for the first of the wanted languages that there is; English when there is none. */
export function mailTexts(wanted: readonly (string | null)[]): { locale: string; texts: MailTexts } {
  const locale = pickLocale(wanted, mailLocales, 'en')
  return { locale, texts: catalogs[locale] }
}
