/**
 * The lines with which mail programs begin a quotation. They are told by what they are made of (a date, a time, an
 * address, a verb of writing, a colon at the end), because every program, version and language words them differently.
 */

const verbs =
  /(?:\bwrote|\bschrieb|a écrit|\bécrit|escribió|napisał|pisze|napsal|napísal|пише|написав|написала|писав|wiadomość napisana przez)/iu

const date = /\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b|\b\d{4}-\d\d-\d\d\b/u
const time = /\b\d{1,2}[:.h]\s?\d{2}\b/u
const address = /<[^<>\s]{1,200}@[^<>\s]{1,200}>|\[mailto:[^\]\s]{1,200}\]|\([^()\s]{1,200}@[^()\s]{1,200}\)/u

/** Whether a line, put together from the few that a mail program broke it into, begins a quotation. */
export function isWroteLine(line: string): boolean {
  if (line.length > 400 || !/[:：]\s*$/.test(line)) return false
  const facts = [date, time, address].filter((one) => one.test(line)).length
  // Without a verb it takes all three; prose has a verb and perhaps a date, but not also a time.
  return verbs.test(line) ? facts >= 2 : facts === 3 || isBareDateAndName(line)
}

/** `2. 11. 2026 v 10:00, Anna Nováková <…>:` and its like without an address. */
const isBareDateAndName = (line: string) =>
  /^(?:\p{L}{2,4}\.?,?\s)?\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\s(?:v|o|в|о)\s\d{1,2}:\d{2},\s[^:]{2,80}:\s*$/u.test(
    line,
  )

const labels = {
  subject: 'subject|betreff|objet|asunto|temat|předmět|predmet|тема|sujet',
  from: 'from|von|de|od|від|від кого|odesílatel|odosielateľ|expéditeur|absender|remitente|nadawca',
  other: [
    'sent|date|gesendet|datum|envoyé|envoyé le|enviado|enviado el|fecha|wysłano|wysłane|data|odesláno|odoslané|dátum',
    'надіслано|дата|to|an|à|a|para|do|komu|кому|destinataire|adresat|reply-to',
    'cc|kopie|kopia|kópia|копія',
  ].join('|'),
}
const fromLabel = new RegExp(`^[*_\\s]*(?:${labels.from})\\s?[*_]*\\s?[:：]`, 'iu')
const subjectLabel = new RegExp(`^[*_\\s]*(?:${labels.subject})\\s?[*_]*\\s?[:：]`, 'iu')
const otherLabel = new RegExp(`^[*_\\s]*(?:${labels.other}|${labels.subject})\\s?[*_]*\\s?[:：]`, 'iu')

/**
 * Whether a block of fields as Outlook, Seznam and others put them begins here: a sender and two more of them. One has an
 * address or is a subject: `From`, `To` and `Date` are also said of a journey and of a parcel.
 */
export function isFieldBlock(lines: readonly string[], at: number): boolean {
  const [first = '', ...next] = lines.slice(at, at + 9)
  if (!fromLabel.test(first)) return false
  const others = next.filter((line) => otherLabel.test(line))
  return (
    others.length >= 2 && [first, ...others].some((line) => line.includes('@') || subjectLabel.test(line))
  )
}

/** Whether a line is one of those fields, or what some programs put over them. */
export const isField = (line: string) => otherLabel.test(line) || /^message du \d/i.test(line.trim())

/** Whether the first words of a quotation say when, or by whom, it was written. */
export const isIntroduction = (text: string) => address.test(text) || (date.test(text) && time.test(text))

const separators = [
  /^[-_=\s>]*(?:original message|forwarded message|original appointment|ursprüngliche nachricht|weitergeleitete nachricht|originalnachricht)[-_=\s:]*$/iu,
  /^[-_=\s>]*(?:message d['’]origine|message original|message transféré|message initial|mensaje original|mensaje reenviado)[-_=\s:]*$/iu,
  /^[-_=\s>]*(?:wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana|treść oryginalnej wiadomości|treść przekazanej wiadomości|wiadomość została przekazana)[-_=\s:]*$/iu,
  /^[-_=\s>]*(?:původní e-mail|původní zpráva|původní mail|přeposlaná zpráva|pôvodný e-mail|pôvodná správa|preposlaná správa)[-_=\s:]*$/iu,
  /^[-_=\s>]*(?:оригінальне повідомлення|вихідне повідомлення|початкове повідомлення|переслане повідомлення|исходное сообщение|пересылаемое сообщение)[-_=\s:]*$/iu,
]

/** Whether a line says in words that the original follows: `-----Original Message-----`. */
export const isSeparator = (line: string) =>
  line.length < 120 && /^[-_=>]/.test(line.trim()) && separators.some((one) => one.test(line.trim()))

/** A line that stands over a block of fields in Outlook. */
export const isRule = (line: string) => /^\s*(?:_{5,}|-{5,}|={5,})\s*$/.test(line)

const footers = [
  /^(?:sent|written) (?:from|via|with|using) .{2,80}$/iu,
  /^get outlook for .{2,80}$/iu,
  /^wysłan[oeay] (?:z|ze|za pomocą|przy użyciu) .{2,80}$/iu,
  /^(?:pobierz|uzyskaj) (?:aplikację )?outlook .{2,80}$/iu,
  /^(?:надіслано|відправлено|надіслане) (?:з|із|зі|через|за допомогою) .{2,80}$/iu,
  /^(?:отримайте|отримати|завантажте|завантажити) outlook .{2,80}$/iu,
  /^von (?:meinem |mein |samsung[- ]).{2,60} gesendet\.?$/iu,
  /^yahoo mail ?: .{2,80}$/iu,
  /^gesendet (?:von|mit|über) .{2,80}$/iu,
  /^(?:outlook für .{2,40} (?:beschaffen|herunterladen|holen)|holen sie sich outlook .{2,60}|diese nachricht wurde von .{2,60} gesendet\.?)$/iu,
  /^envoyé (?:de|depuis|à partir de|avec|par) .{2,80}$/iu,
  /^(?:obtenir|télécharger|obtenez|téléchargez) outlook .{2,80}$/iu,
  /^enviado (?:desde|con|por) .{2,80}$/iu,
  /^(?:obtener|descargar|obtén|descarga) outlook .{2,80}$/iu,
  /^odesláno (?:z|ze|pomocí|přes|prostřednictvím) .{2,80}$/iu,
  /^získejte outlook .{2,80}$/iu,
  /^(?:odoslané|odoslaná|poslané) (?:z|zo|pomocou|cez|prostredníctvom) .{2,80}$/iu,
  /^získajte outlook .{2,80}$/iu,
]

/** Whether a line is what a telephone or a program adds under every e-mail: `Sent from my iPhone`. */
export const isProgramFooter = (line: string) => {
  const bare = line
    .trim()
    .replace(/<https?:[^<>\s]{1,300}>|\[https?:[^\]\s]{1,300}\]/g, '')
    .trim()
  return bare.length < 120 && footers.some((one) => one.test(bare))
}
