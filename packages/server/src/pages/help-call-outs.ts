import type { Locale } from '@helpdesk/core'

type Kind = 'note' | 'tip' | 'important' | 'warning' | 'caution'

/** What the kinds of call-outs are called in each language, so that it is not only their colour that tells them apart. */
const names: Record<Locale, Record<Kind, string>> = {
  pl: {
    note: 'Uwaga',
    tip: 'Wskazówka',
    important: 'Ważne',
    warning: 'Ostrzeżenie',
    caution: 'Ostrożnie',
  },
  en: {
    note: 'Note',
    tip: 'Tip',
    important: 'Important',
    warning: 'Warning',
    caution: 'Caution',
  },
  uk: {
    note: 'Примітка',
    tip: 'Порада',
    important: 'Важливо',
    warning: 'Попередження',
    caution: 'Обережно',
  },
  de: {
    note: 'Hinweis',
    tip: 'Tipp',
    important: 'Wichtig',
    warning: 'Warnung',
    caution: 'Vorsicht',
  },
  fr: {
    note: 'Remarque',
    tip: 'Astuce',
    important: 'À retenir',
    warning: 'Avertissement',
    caution: 'Prudence',
  },
  es: {
    note: 'Nota',
    tip: 'Consejo',
    important: 'Importante',
    warning: 'Advertencia',
    caution: 'Precaución',
  },
  cs: {
    note: 'Poznámka',
    tip: 'Rada',
    important: 'Důležité',
    warning: 'Varování',
    caution: 'Pozor',
  },
  sk: {
    note: 'Poznámka',
    tip: 'Rada',
    important: 'Dôležité',
    warning: 'Varovanie',
    caution: 'Pozor',
  },
}

/** Begins every call-out of an article with what it is, in the words of its language. */
export function nameCallOuts(html: string, locale: Locale): string {
  return html.replace(
    /<aside class="call-out (note|tip|important|warning|caution)">/g,
    (tag, kind: Kind) => `${tag}<p class="kind">${names[locale][kind]}</p>`,
  )
}
