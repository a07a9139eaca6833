import type { Locale } from '@helpdesk/core'

/** The words of the page on which a contact asks for no more e-mails. */
export interface UnsubscribeTexts {
  title: string
  question: (desk: string) => string
  confirm: string
  done: string
  doneHint: (desk: string) => string
  undo: string
  undone: string
  undoneHint: (desk: string) => string
}

/** Those words by language. */
export const unsubscribeTexts: Readonly<Record<Locale, UnsubscribeTexts>> = {
  en: {
    title: 'Unsubscribe?',
    question: (desk) => `${desk} will not send you e-mails any more, not even answers to what you write.`,
    confirm: 'Unsubscribe',
    done: 'You are unsubscribed',
    doneHint: (desk) => `${desk} will not send you e-mails any more. You find the answers where you wrote.`,
    undo: 'Undo',
    undone: 'You will get e-mails again',
    undoneHint: (desk) => `${desk} will send you its answers by e-mail, as before.`,
  },
  pl: {
    title: 'Koniec e-maili?',
    question: (desk) =>
      `${desk} – z tego adresu nie przyjdzie już żaden e-mail, także z odpowiedzią na Twoje wiadomości.`,
    confirm: 'Nie chcę więcej e-maili',
    done: 'Nie wyślemy więcej e-maili',
    doneHint: (desk) => `${desk} – nie wysyłamy Ci już e-maili. Odpowiedzi znajdziesz tam, gdzie piszesz.`,
    undo: 'Cofnij',
    undone: 'Znów będziesz otrzymywać e-maile',
    undoneHint: (desk) => `${desk} – odpowiedzi będą przychodzić e-mailem, tak jak dotąd.`,
  },
  uk: {
    title: 'Більше не надсилати листів?',
    question: (desk) => `${desk} більше не надсилатиме вам листів, навіть відповідей на ваші повідомлення.`,
    confirm: 'Відписатися',
    done: 'Ви більше не отримуватимете листів',
    doneHint: (desk) => `${desk} більше не надсилає вам листів. Відповіді залишаються там, де ви писали.`,
    undo: 'Скасувати',
    undone: 'Ви знову отримуватимете листи',
    undoneHint: (desk) => `${desk} надсилатиме вам відповіді електронною поштою, як і раніше.`,
  },
  de: {
    title: 'Keine E-Mails mehr?',
    question: (desk) =>
      `${desk} schickt Ihnen dann keine E-Mails mehr, auch keine Antworten auf das, was Sie schreiben.`,
    confirm: 'E-Mails abbestellen',
    done: 'Sie erhalten keine E-Mails mehr',
    doneHint: (desk) =>
      `${desk} schickt Ihnen keine E-Mails mehr. Antworten finden Sie dort, wo Sie geschrieben haben.`,
    undo: 'Rückgängig machen',
    undone: 'Sie erhalten wieder E-Mails',
    undoneHint: (desk) => `${desk} schickt Ihnen Antworten wie bisher per E-Mail.`,
  },
  fr: {
    title: 'Ne plus recevoir d’e-mails ?',
    question: (desk) =>
      `${desk} ne vous enverra plus d’e-mails, pas même les réponses à ce que vous écrivez.`,
    confirm: 'Ne plus recevoir d’e-mails',
    done: 'Vous ne recevrez plus d’e-mails',
    doneHint: (desk) => `${desk} ne vous envoie plus d’e-mails. Les réponses restent là où vous avez écrit.`,
    undo: 'Annuler',
    undone: 'Vous recevrez de nouveau des e-mails',
    undoneHint: (desk) => `${desk} vous envoie ses réponses par e-mail, comme avant.`,
  },
  es: {
    title: '¿No recibir más correos?',
    question: (desk) => `${desk} ya no le enviará correos, ni siquiera respuestas a lo que escriba.`,
    confirm: 'No recibir más correos',
    done: 'Ya no recibirá correos',
    doneHint: (desk) => `${desk} ya no le envía correos. Las respuestas quedan donde usted escribió.`,
    undo: 'Deshacer',
    undone: 'Vuelve a recibir correos',
    undoneHint: (desk) => `${desk} le envía sus respuestas por correo, como antes.`,
  },
  cs: {
    title: 'Už žádné e-maily?',
    question: (desk) => `${desk} vám už nebude posílat e-maily, ani odpovědi na to, co napíšete.`,
    confirm: 'Neposílat další e-maily',
    done: 'Už vám nebudou chodit e-maily',
    doneHint: (desk) => `${desk} vám už neposílá e-maily. Odpovědi najdete tam, kde jste psali.`,
    undo: 'Vrátit zpět',
    undone: 'E-maily vám budou znovu chodit',
    undoneHint: (desk) => `${desk} vám posílá odpovědi e-mailem jako dříve.`,
  },
  sk: {
    title: 'Už žiadne e-maily?',
    question: (desk) => `${desk} vám už nebude posielať e-maily, ani odpovede na to, čo napíšete.`,
    confirm: 'Neposielať ďalšie e-maily',
    done: 'Už vám nebudú chodiť e-maily',
    doneHint: (desk) => `${desk} vám už neposiela e-maily. Odpovede nájdete tam, kde ste písali.`,
    undo: 'Vrátiť späť',
    undone: 'E-maily vám budú znova chodiť',
    undoneHint: (desk) => `${desk} vám posiela odpovede e-mailom ako predtým.`,
  },
}
