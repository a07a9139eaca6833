/** Answers as mail programs of eight languages put them together: what stands over the quotation, and how it is marked. */
export interface CorpusMail {
  name: string
  charset: string
  /** What somebody wrote. */
  reply: string
  /** What the program put below it. */
  below: string
}

const ours: Record<string, string[]> = {
  en: ['Hello Jan,', 'your parcel leaves tomorrow.', '', 'Anna from the Shop'],
  pl: ['Dzień dobry,', 'paczka wyjdzie jutro rano.', '', 'Anna ze Sklepu'],
  uk: ['Доброго дня,', 'посилку надішлемо завтра.', '', 'Анна, Крамниця'],
  de: ['Guten Tag,', 'das Paket geht morgen hinaus.', '', 'Anna vom Laden'],
  fr: ['Bonjour,', 'le colis part demain matin.', '', 'Anna de la Boutique'],
  es: ['Hola:', 'el paquete sale mañana.', '', 'Anna, la Tienda'],
  cs: ['Dobrý den,', 'balík odešleme zítra ráno.', '', 'Anna z Obchodu'],
  sk: ['Dobrý deň,', 'balík odošleme zajtra ráno.', '', 'Anna z Obchodu'],
}
const replies: Record<string, string> = {
  en: 'Thank you, but I need it today.\n\nCould somebody call me at 10:30?',
  pl: 'Dziękuję, ale potrzebuję jej dziś.\n\nCzy ktoś może zadzwonić o 10:30?',
  uk: 'Дякую, але мені треба сьогодні.\n\nЧи може хтось зателефонувати о 10:30?',
  de: 'Danke, ich brauche es aber heute.\n\nKann mich jemand um 10:30 anrufen?',
  fr: "Merci, mais il me le faut aujourd'hui.\n\nQuelqu'un peut m'appeler à 10:30 ?",
  es: 'Gracias, pero lo necesito hoy.\n\n¿Puede alguien llamarme a las 10:30?',
  cs: 'Děkuji, ale potřebuji ho dnes.\n\nMůže mi někdo v 10:30 zavolat?',
  sk: 'Ďakujem, ale potrebujem ho dnes.\n\nMôže mi niekto o 10:30 zavolať?',
}
const charsets: Record<string, string> = {
  en: 'us-ascii',
  pl: 'iso-8859-2',
  uk: 'koi8-u',
  de: 'iso-8859-1',
  fr: 'windows-1252',
  es: 'utf-8',
  cs: 'windows-1250',
  sk: 'utf-8',
}

const marked = (language: string) => (ours[language] ?? []).map((line) => `> ${line}`.trimEnd()).join('\n')
const plain = (language: string) => (ours[language] ?? []).join('\n')

const mail = (language: string, program: string, below: string): CorpusMail => ({
  name: `${language}, ${program}`,
  charset: charsets[language] ?? 'utf-8',
  reply: replies[language] ?? '',
  below,
})
/** A heading over lines with a mark. */
const over = (language: string, program: string, heading: string, footer = '') =>
  mail(language, program, `${footer === '' ? '' : `\n${footer}\n`}\n${heading}\n\n${marked(language)}\n`)
/** A heading over the bare text. */
const bare = (language: string, program: string, heading: string, footer = '') =>
  mail(language, program, `${footer === '' ? '' : `\n${footer}\n`}\n${heading}\n\n${plain(language)}\n`)

/** Eight languages, each with Gmail, Apple Mail, Thunderbird, Outlook, a telephone and what is used in its country. */
export const corpus: readonly CorpusMail[] = [
  over('en', 'Gmail', 'On Mon, Nov 2, 2026 at 10:04 AM Anna (Shop) <support@shop.example>\nwrote:'),
  over('en', 'Apple Mail', 'On 2 Nov 2026, at 10:04, Anna (Shop) <support@shop.example> wrote:'),
  over('en', 'Thunderbird', 'On 02/11/2026 10:04, Anna (Shop) wrote:'),
  bare(
    'en',
    'Outlook',
    '________________________________\nFrom: Anna (Shop) <support@shop.example>\nSent: Monday, November 2, 2026 10:04 AM\nTo: Jan Novak <jan@home.example>\nSubject: Re: My parcel (2647-1)',
  ),
  bare(
    'en',
    'Outlook 2003',
    '-----Original Message-----\nFrom: Anna (Shop) [mailto:support@shop.example]\nSent: Monday, November 02, 2026 10:04 AM\nTo: Jan Novak\nSubject: RE: My parcel',
  ),
  over(
    'en',
    'iPhone',
    'On Nov 2, 2026, at 10:04 AM, Anna (Shop) <support@shop.example> wrote:',
    'Sent from my iPhone',
  ),
  bare(
    'en',
    'Outlook for iOS',
    '________________________________\nFrom: Anna (Shop) <support@shop.example>\nSent: Monday, November 2, 2026 10:04:11 AM\nTo: Jan Novak <jan@home.example>\nSubject: My parcel (2647-1)',
    'Get Outlook for iOS<https://aka.ms/o0ukef>',
  ),
  bare(
    'en',
    'Yahoo',
    '    On Monday, November 2, 2026, 10:04:11 AM GMT+1, Anna (Shop) <support@shop.example> wrote:  \n ',
  ),

  over('pl', 'Gmail', 'pon., 2 lis 2026 o 10:04 Anna (Sklep) <support@shop.example> napisał(a):'),
  over(
    'pl',
    'Apple Mail',
    'Wiadomość napisana przez Anna (Sklep) <support@shop.example> w dniu 2 lis 2026, o godz. 10:04:',
  ),
  over('pl', 'Thunderbird', 'W dniu 2.11.2026 o 10:04, Anna (Sklep) pisze:'),
  bare(
    'pl',
    'Outlook',
    'Od: Anna (Sklep) <support@shop.example>\nWysłano: poniedziałek, 2 listopada 2026 10:04\nDo: Jan Nowak <jan@home.example>\nTemat: Re: Moja paczka (2647-1)',
  ),
  over(
    'pl',
    'iPhone',
    'Wiadomość napisana przez Anna (Sklep) <support@shop.example> w dniu\n02.11.2026, o godz. 10:04:',
    'Wysłane z iPhone’a',
  ),
  over('pl', 'WP', 'Dnia 2 listopada 2026 10:04 Anna (Sklep) <support@shop.example> napisał(a):'),
  over('pl', 'Onet', 'W dniu 2026-11-02 10:04:11 użytkownik Anna (Sklep) <support@shop.example> napisał:'),
  bare(
    'pl',
    'Interia',
    'Od: "Anna (Sklep)" <support@shop.example>\nDo: jan@home.example; \nWysłane: 10:04 Poniedziałek 2026-11-02\nTemat: Moja paczka',
  ),
  bare(
    'pl',
    'Outlook, Android',
    '________________________________\nOd: Anna (Sklep) <support@shop.example>\nWysłane: poniedziałek, 2 listopada 2026 10:04\nDo: jan@home.example\nTemat: Moja paczka',
    'Pobierz aplikację Outlook dla systemu Android<https://aka.ms/AAb9ysg>',
  ),

  over('uk', 'Gmail', 'пн, 2 лист. 2026 р. о 10:04 Анна (Крамниця) <support@shop.example> пише:'),
  over('uk', 'Apple Mail', '2 лист. 2026 р. о 10:04 Анна (Крамниця) <support@shop.example> написав(ла):'),
  over('uk', 'Thunderbird', '02.11.26 10:04, Анна (Крамниця) пише:'),
  bare(
    'uk',
    'Outlook',
    'Від: Анна (Крамниця) <support@shop.example>\nНадіслано: 2 листопада 2026 р. 10:04\nКому: Ян Новак <jan@home.example>\nТема: Re: Посилка (2647-1)',
  ),
  over(
    'uk',
    'iPhone',
    '2 лист. 2026 р. о 10:04 Анна (Крамниця) <support@shop.example> пише:',
    'Надіслано з iPhone',
  ),
  over('uk', 'ukr.net', '2 листопада 2026, 10:04:11, від "Анна (Крамниця)" <support@shop.example>:'),
  bare(
    'uk',
    'i.ua',
    '--- Оригінальне повідомлення ---\nВід кого: "Анна" <support@shop.example>\nКому: jan@home.example\nДата: 2 листопада 2026, 10:04:11\nТема: Посилка',
  ),

  over('de', 'Gmail', 'Am Mo., 2. Nov. 2026 um 10:04 Uhr schrieb Anna (Laden) <\nsupport@shop.example>:'),
  over('de', 'Apple Mail', 'Am 02.11.2026 um 10:04 schrieb Anna (Laden) <support@shop.example>:'),
  over('de', 'Thunderbird', 'Am 02.11.26 um 10:04 schrieb Anna (Laden):'),
  bare(
    'de',
    'Outlook',
    'Von: Anna (Laden) <support@shop.example>\nGesendet: Montag, 2. November 2026 10:04\nAn: Jan Novak <jan@home.example>\nBetreff: Re: Mein Paket (2647-1)',
  ),
  over(
    'de',
    'iPhone',
    'Am 02.11.2026 um 10:04 schrieb Anna (Laden) <support@shop.example>:',
    'Von meinem iPhone gesendet',
  ),
  bare(
    'de',
    'GMX',
    'Gesendet: Montag, 2. November 2026 um 10:04 Uhr\nVon: "Anna (Laden)" <support@shop.example>\nAn: jan@home.example\nBetreff: Mein Paket',
  ),
  bare(
    'de',
    'Outlook 2010',
    '-----Ursprüngliche Nachricht-----\nVon: Anna (Laden) [mailto:support@shop.example]\nGesendet: Montag, 2. November 2026 10:04\nAn: Jan Novak\nBetreff: AW: Mein Paket',
  ),

  over('fr', 'Gmail', 'Le lun. 2 nov. 2026 à 10:04, Anna (Boutique) <support@shop.example> a\nécrit :'),
  over('fr', 'Apple Mail', 'Le 2 nov. 2026 à 10:04, Anna (Boutique) <support@shop.example> a écrit :'),
  over('fr', 'Thunderbird', 'Le 02/11/2026 à 10:04, Anna (Boutique) a écrit :'),
  bare(
    'fr',
    'Outlook',
    'De : Anna (Boutique) <support@shop.example>\nEnvoyé : lundi 2 novembre 2026 10:04\nÀ : Jan Novak <jan@home.example>\nObjet : Re: Mon colis (2647-1)',
  ),
  over(
    'fr',
    'iPhone',
    'Le 2 nov. 2026 à 10:04, Anna (Boutique) <support@shop.example> a écrit :',
    'Envoyé de mon iPhone',
  ),
  bare(
    'fr',
    'Orange',
    '> Message du 02/11/26 10:04\n> De : "Anna" <support@shop.example>\n> A : jan@home.example\n> Objet : Mon colis'.replace(
      /^> /gm,
      '',
    ),
  ),

  over('es', 'Gmail', 'El lun, 2 nov 2026 a las 10:04, Anna (Tienda) (<support@shop.example>)\nescribió:'),
  over('es', 'Apple Mail', 'El 2 nov 2026, a las 10:04, Anna (Tienda) <support@shop.example> escribió:'),
  over('es', 'Thunderbird', 'El 2/11/26 a las 10:04, Anna (Tienda) escribió:'),
  bare(
    'es',
    'Outlook',
    'De: Anna (Tienda) <support@shop.example>\nEnviado el: lunes, 2 de noviembre de 2026 10:04\nPara: Jan Novak <jan@home.example>\nAsunto: Re: Mi paquete (2647-1)',
  ),
  over(
    'es',
    'iPhone',
    'El 2 nov 2026, a las 10:04, Anna (Tienda) <support@shop.example> escribió:',
    'Enviado desde mi iPhone',
  ),

  over('cs', 'Gmail', 'po 2. 11. 2026 v 10:04 odesílatel Anna (Obchod) <support@shop.example>\nnapsal:'),
  over('cs', 'Apple Mail', '2. 11. 2026 v 10:04, Anna (Obchod) <support@shop.example>:'),
  over('cs', 'Thunderbird', 'Dne 02. 11. 26 v 10:04 Anna (Obchod) napsal(a):'),
  bare(
    'cs',
    'Outlook',
    'Od: Anna (Obchod) <support@shop.example>\nOdesláno: pondělí 2. listopadu 2026 10:04\nKomu: Jan Novák <jan@home.example>\nPředmět: Re: Můj balík (2647-1)',
  ),
  bare(
    'cs',
    'Seznam',
    '---------- Původní e-mail ----------\nOd: Anna (Obchod) <support@shop.example>\nKomu: jan@home.example\nDatum: 2. 11. 2026 10:04:11\nPředmět: Můj balík',
  ),
  over('cs', 'iPhone', '2. 11. 2026 v 10:04, Anna (Obchod) <support@shop.example>:', 'Odesláno z iPhonu'),

  over('sk', 'Gmail', 'po 2. 11. 2026 o 10:04 Anna (Obchod) <support@shop.example> napísal(a):'),
  over('sk', 'Apple Mail', '2. 11. 2026, o 10:04, Anna (Obchod) <support@shop.example> napísal/a:'),
  over('sk', 'Thunderbird', 'Dňa 2. 11. 2026 o 10:04 Anna (Obchod) napísal(a):'),
  bare(
    'sk',
    'Outlook',
    'Od: Anna (Obchod) <support@shop.example>\nOdoslané: pondelok 2. novembra 2026 10:04\nKomu: Ján Novák <jan@home.example>\nPredmet: Re: Môj balík (2647-1)',
  ),
  over(
    'sk',
    'iPhone',
    'Dňa 2. 11. 2026 o 10:04 Anna (Obchod) <support@shop.example> napísal:',
    'Odoslané z iPhonu',
  ),
  bare(
    'sk',
    'Azet',
    '---------- Pôvodná správa ----------\nOd: Anna <support@shop.example>\nKomu: jan@home.example\nDátum: 2. 11. 2026 10:04:11\nPredmet: Môj balík',
  ),
]
