import type { EmailTemplateKind, EmailTemplateText, Locale } from '@helpdesk/core'

/** The same in every mail of a conversation, so that mail programs show one thread. */
const subject = '[{{desk.name}}] {{ticket.title}} ({{ticket.number}})'

type Words = Record<EmailTemplateKind, EmailTemplateText>

const words = (texts: {
  reply: string
  ticketCreated: string
  linkSubject: string
  link: string
  agentMessage: string
}): Words => ({
  reply: { subject, body: texts.reply },
  ticket_created: { subject, body: texts.ticketCreated },
  email_link: { subject: `[{{desk.name}}] ${texts.linkSubject}`, body: texts.link },
  agent_message: { subject, body: texts.agentMessage },
})

/** The words of every kind of e-mail that a desk has not changed. No name of a person is inflected in them. */
export const defaultTemplates: Readonly<Record<Locale, Words>> = {
  pl: words({
    reply: '{{agent.name}} odpowiada na Twoje zgłoszenie {{ticket.number}}.',
    ticketCreated:
      'Dziękujemy za wiadomość. Twoje zgłoszenie ma numer {{ticket.number}}. Odpowiemy najszybciej, jak to możliwe.',
    linkSubject: 'Link do Twoich rozmów',
    link: 'Ten link otwiera Twoje rozmowy w przeglądarce, w której go klikniesz. Możesz też wpisać kod na stronie, na której o niego poproszono.',
    agentMessage: '{{contact.name}} czeka na odpowiedź.',
  }),
  en: words({
    reply: '{{agent.name}} answered your request {{ticket.number}}.',
    ticketCreated:
      'Thank you for writing. Your request has the number {{ticket.number}}. We will answer as soon as we can.',
    linkSubject: 'The link to your conversations',
    link: 'Open the link to see your conversations in this browser, or enter the code on the page where you asked for it.',
    agentMessage: '{{contact.name}} is waiting for an answer.',
  }),
  uk: words({
    reply: '{{agent.name}} відповідає на ваше звернення {{ticket.number}}.',
    ticketCreated:
      'Дякуємо за повідомлення. Ваше звернення має номер {{ticket.number}}. Ми відповімо якнайшвидше.',
    linkSubject: 'Посилання на ваші розмови',
    link: 'Це посилання відкриває ваші розмови у браузері, у якому ви його натиснете. Також можна ввести код на сторінці, де його запросили.',
    agentMessage: '{{contact.name}} чекає на відповідь.',
  }),
  de: words({
    reply: '{{agent.name}} hat auf Ihre Anfrage {{ticket.number}} geantwortet.',
    ticketCreated:
      'Vielen Dank für Ihre Nachricht. Ihre Anfrage hat die Nummer {{ticket.number}}. Wir antworten so bald wie möglich.',
    linkSubject: 'Der Link zu Ihren Unterhaltungen',
    link: 'Dieser Link öffnet Ihre Unterhaltungen in dem Browser, in dem Sie ihn anklicken. Sie können auch den Code auf der Seite eingeben, auf der er angefordert wurde.',
    agentMessage: '{{contact.name}} wartet auf eine Antwort.',
  }),
  fr: words({
    reply: '{{agent.name}} a répondu à votre demande {{ticket.number}}.',
    ticketCreated:
      'Merci pour votre message. Votre demande porte le numéro {{ticket.number}}. Nous vous répondrons dès que possible.',
    linkSubject: 'Le lien vers vos conversations',
    link: 'Ce lien ouvre vos conversations dans le navigateur où vous cliquez dessus. Vous pouvez aussi saisir le code sur la page où il a été demandé.',
    agentMessage: '{{contact.name}} attend une réponse.',
  }),
  es: words({
    reply: '{{agent.name}} ha respondido a su solicitud {{ticket.number}}.',
    ticketCreated:
      'Gracias por escribirnos. Su solicitud tiene el número {{ticket.number}}. Le responderemos lo antes posible.',
    linkSubject: 'El enlace a sus conversaciones',
    link: 'Este enlace abre sus conversaciones en el navegador en el que haga clic. También puede escribir el código en la página en la que se pidió.',
    agentMessage: '{{contact.name}} espera una respuesta.',
  }),
  cs: words({
    reply: '{{agent.name}} odpovídá na váš požadavek {{ticket.number}}.',
    ticketCreated:
      'Děkujeme za zprávu. Váš požadavek má číslo {{ticket.number}}. Odpovíme, jakmile to bude možné.',
    linkSubject: 'Odkaz na vaše konverzace',
    link: 'Tento odkaz otevře vaše konverzace v prohlížeči, ve kterém na něj kliknete. Můžete také zadat kód na stránce, kde jste o něj požádali.',
    agentMessage: '{{contact.name}} čeká na odpověď.',
  }),
  sk: words({
    reply: '{{agent.name}} odpovedá na vašu požiadavku {{ticket.number}}.',
    ticketCreated:
      'Ďakujeme za správu. Vaša požiadavka má číslo {{ticket.number}}. Odpovieme hneď, ako to bude možné.',
    linkSubject: 'Odkaz na vaše konverzácie',
    link: 'Tento odkaz otvorí vaše konverzácie v prehliadači, v ktorom naň kliknete. Môžete tiež zadať kód na stránke, kde ste oň požiadali.',
    agentMessage: '{{contact.name}} čaká na odpoveď.',
  }),
}
