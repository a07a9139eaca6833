/** What a ticket of the demo shop can be about, in the languages of the widget. */
export const demoCategories = [
  {
    code: 'gear',
    name: {
      en: 'Gear and repairs',
      pl: 'Sprzęt i naprawy',
      uk: 'Прилади та ремонт',
      de: 'Geräte und Reparaturen',
      fr: 'Matériel et réparations',
      es: 'Utensilios y reparaciones',
      cs: 'Vybavení a opravy',
      sk: 'Vybavenie a opravy',
    },
    helpText: {
      en: 'A picture of the part helps us more than a thousand words.',
      pl: 'Zdjęcie części pomoże nam bardziej niż tysiąc słów.',
      de: 'Ein Bild des Teils hilft uns mehr als tausend Worte.',
    },
  },
  {
    code: 'beans',
    name: {
      en: 'Beans by post',
      pl: 'Kawa pocztą',
      uk: 'Кава поштою',
      de: 'Bohnen per Post',
      fr: 'Café par la poste',
      es: 'Café por correo',
      cs: 'Káva poštou',
      sk: 'Káva poštou',
    },
    helpText: { en: 'Changes until Thursday noon count for the parcel of that Friday.' },
  },
  {
    code: 'billing',
    name: {
      en: 'Invoices and payment',
      pl: 'Faktury i płatności',
      uk: 'Рахунки та оплата',
      de: 'Rechnungen und Zahlung',
      fr: 'Factures et paiement',
      es: 'Facturas y pagos',
      cs: 'Faktury a platby',
      sk: 'Faktúry a platby',
    },
    helpText: {},
  },
]
