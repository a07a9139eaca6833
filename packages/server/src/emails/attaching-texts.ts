import { type Locale, locales, pickLocale } from '@helpdesk/core'

/** What a message says of a file that did not come along, and of text that was cut. */
export interface AttachingTexts {
  refused: (name: string, why: string) => string
  leftOut: (count: number) => string
  cut: string
  type: string
  size: string
  count: string
  quota: string
  off: string
}

const catalogs: Readonly<Record<Locale, AttachingTexts>> = {
  en: {
    refused: (name, why) => `[attachment ${name} refused: ${why}]`,
    leftOut: (count) => `[further attachments refused: ${count}]`,
    cut: '[shortened – the rest is in the original e-mail]',
    type: 'this type of file is not accepted',
    size: 'larger than 10 MiB',
    count: 'more than 10 files',
    quota: 'too much within a day',
    off: 'files are not accepted here',
  },
  pl: {
    refused: (name, why) => `[załącznik ${name} odrzucony: ${why}]`,
    leftOut: (count) => `[odrzucono kolejne załączniki: ${count}]`,
    cut: '[skrócono – reszta jest w oryginalnej wiadomości]',
    type: 'ten typ pliku nie jest przyjmowany',
    size: 'większy niż 10 MiB',
    count: 'więcej niż 10 plików',
    quota: 'za dużo w ciągu doby',
    off: 'pliki nie są tu przyjmowane',
  },
  uk: {
    refused: (name, why) => `[вкладення ${name} відхилено: ${why}]`,
    leftOut: (count) => `[відхилено ще вкладень: ${count}]`,
    cut: '[скорочено – решта в оригінальному листі]',
    type: 'такі файли не приймаються',
    size: 'більше за 10 МіБ',
    count: 'більш ніж 10 файлів',
    quota: 'забагато за добу',
    off: 'файли тут не приймаються',
  },
  de: {
    refused: (name, why) => `[Anhang ${name} abgelehnt: ${why}]`,
    leftOut: (count) => `[weitere Anhänge abgelehnt: ${count}]`,
    cut: '[gekürzt – der Rest steht in der ursprünglichen E-Mail]',
    type: 'diese Art von Datei wird nicht angenommen',
    size: 'größer als 10 MiB',
    count: 'mehr als 10 Dateien',
    quota: 'zu viel an einem Tag',
    off: 'Dateien werden hier nicht angenommen',
  },
  fr: {
    refused: (name, why) => `[pièce jointe ${name} refusée : ${why}]`,
    leftOut: (count) => `[autres pièces jointes refusées : ${count}]`,
    cut: "[abrégé – la suite se trouve dans l'e-mail d'origine]",
    type: "ce type de fichier n'est pas accepté",
    size: 'plus de 10 Mio',
    count: 'plus de 10 fichiers',
    quota: 'trop en une journée',
    off: 'les fichiers ne sont pas acceptés ici',
  },
  es: {
    refused: (name, why) => `[adjunto ${name} rechazado: ${why}]`,
    leftOut: (count) => `[otros adjuntos rechazados: ${count}]`,
    cut: '[abreviado: el resto está en el correo original]',
    type: 'este tipo de archivo no se acepta',
    size: 'más de 10 MiB',
    count: 'más de 10 archivos',
    quota: 'demasiado en un día',
    off: 'aquí no se aceptan archivos',
  },
  cs: {
    refused: (name, why) => `[příloha ${name} odmítnuta: ${why}]`,
    leftOut: (count) => `[další odmítnuté přílohy: ${count}]`,
    cut: '[zkráceno – zbytek je v původním e-mailu]',
    type: 'tento typ souboru se nepřijímá',
    size: 'větší než 10 MiB',
    count: 'více než 10 souborů',
    quota: 'příliš mnoho za jeden den',
    off: 'soubory se zde nepřijímají',
  },
  sk: {
    refused: (name, why) => `[príloha ${name} odmietnutá: ${why}]`,
    leftOut: (count) => `[ďalšie odmietnuté prílohy: ${count}]`,
    cut: '[skrátené – zvyšok je v pôvodnom e-maile]',
    type: 'tento typ súboru sa neprijíma',
    size: 'väčší ako 10 MiB',
    count: 'viac ako 10 súborov',
    quota: 'priveľa za jeden deň',
    off: 'súbory sa tu neprijímajú',
  },
}

/** Those words in a desk's language. */
export const attachingTexts = (locale: string): AttachingTexts =>
  catalogs[pickLocale([locale], locales, 'en')]
