import type { Locale } from '@helpdesk/core'

/** An invented conversation, for previews of e-mails. */
export interface SampleTexts {
  title: string
  contact: string
  agent: string
  question: string
  answer: string
  file: string
}

/** The invented conversation by language. */
export const sampleTexts: Readonly<Record<Locale, SampleTexts>> = {
  pl: {
    title: 'Nie mogę zmienić adresu dostawy',
    contact: 'Jan Nowak',
    agent: 'Anna Kowalska',
    question: 'Dzień dobry, chcę zmienić adres dostawy zamówienia, ale przycisk jest szary.',
    answer: 'Dzień dobry, adres został zmieniony. Potwierdzenie w załączniku.\n\nCzy pomóc w czymś jeszcze?',
    file: 'potwierdzenie.pdf',
  },
  en: {
    title: 'I cannot change the delivery address',
    contact: 'John Miller',
    agent: 'Anna Smith',
    question: 'Hello, I want to change the delivery address of my order, but the button is grey.',
    answer:
      'Hello, the address is changed now. The confirmation is attached.\n\nIs there anything else that I can do?',
    file: 'confirmation.pdf',
  },
  uk: {
    title: 'Не можу змінити адресу доставки',
    contact: 'Іван Коваль',
    agent: 'Олена Шевченко',
    question: 'Добрий день, хочу змінити адресу доставки замовлення, але кнопка сіра.',
    answer: 'Добрий день, адресу змінено. Підтвердження додаю.\n\nЧи можу ще чимось допомогти?',
    file: 'підтвердження.pdf',
  },
  de: {
    title: 'Ich kann die Lieferadresse nicht ändern',
    contact: 'Jonas Müller',
    agent: 'Anna Schmidt',
    question:
      'Guten Tag, ich möchte die Lieferadresse meiner Bestellung ändern, aber die Schaltfläche ist grau.',
    answer:
      'Guten Tag, die Adresse ist jetzt geändert. Die Bestätigung hängt an.\n\nKann ich sonst noch etwas für Sie tun?',
    file: 'bestätigung.pdf',
  },
  fr: {
    title: 'Je ne peux pas modifier l’adresse de livraison',
    contact: 'Jean Martin',
    agent: 'Anne Bernard',
    question:
      'Bonjour, je voudrais modifier l’adresse de livraison de ma commande, mais le bouton est grisé.',
    answer:
      'Bonjour, l’adresse est maintenant modifiée. La confirmation est jointe.\n\nPuis-je faire autre chose pour vous ?',
    file: 'confirmation.pdf',
  },
  es: {
    title: 'No puedo cambiar la dirección de entrega',
    contact: 'Juan García',
    agent: 'Ana López',
    question: 'Hola, quiero cambiar la dirección de entrega de mi pedido, pero el botón está gris.',
    answer: 'Hola, la dirección ya está cambiada. Adjunto la confirmación.\n\n¿Puedo ayudarle en algo más?',
    file: 'confirmación.pdf',
  },
  cs: {
    title: 'Nemohu změnit adresu doručení',
    contact: 'Jan Novák',
    agent: 'Anna Dvořáková',
    question: 'Dobrý den, chci změnit adresu doručení objednávky, ale tlačítko je šedé.',
    answer: 'Dobrý den, adresa je změněna. Potvrzení je v příloze.\n\nMohu pro vás udělat ještě něco?',
    file: 'potvrzení.pdf',
  },
  sk: {
    title: 'Nemôžem zmeniť adresu doručenia',
    contact: 'Ján Novák',
    agent: 'Anna Horváthová',
    question: 'Dobrý deň, chcem zmeniť adresu doručenia objednávky, ale tlačidlo je sivé.',
    answer: 'Dobrý deň, adresa je zmenená. Potvrdenie je v prílohe.\n\nMôžem pre vás urobiť ešte niečo?',
    file: 'potvrdenie.pdf',
  },
}
