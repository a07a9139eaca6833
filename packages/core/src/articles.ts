import { limits } from './limits.ts'

/** Whether an article is seen by agents only or by everybody. */
export const articleStates = ['draft', 'published'] as const

/** One of the states of an article. */
export type ArticleState = (typeof articleStates)[number]

/** The last part of an article's or collection's address: lower-case words joined by single hyphens. */
export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

// Letters that do not come apart into a Latin letter and its marks, each followed by how it is spelled;
// Ukrainian as in passports.
const spelling =
  ' łl ßss æae œoe øo đd ðd þth ıi аa бb вv гh ґg дd еe єie жzh зz иy іi їi йi кk лl мm нn оo пp рr сs тt ' +
  'уu фf хkh цts чch шsh щshch ь юiu яia ёe ъ ыy эe '

function spell(letter: string): string {
  const at = spelling.indexOf(` ${letter}`)
  return at < 0 ? letter : spelling.slice(at + 2, spelling.indexOf(' ', at + 1))
}

/**
 * The address of a title: `Jak zmienić hasło?` becomes `jak-zmienic-haslo`; Latin and Cyrillic letters are
 * spelled in ASCII, at most 80 characters, `article` when nothing is left.
 */
export function slugify(title: string): string {
  const spelled = title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’'ʼ]/g, '')
    .replace(/[^\p{ASCII}]/gu, spell)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
  const words = spelled.match(/[a-z0-9]+/g) ?? []
  let slug = ''
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, limits.slug) : `${slug}-${word}`
    if (longer.length > limits.slug) break
    slug = longer
  }
  return slug === '' ? 'article' : slug
}

/** The slug itself, or with the first of `-2`, `-3` … that is not taken. */
export function uniqueSlug(slug: string, isTaken: (slug: string) => boolean): string {
  if (!isTaken(slug)) return slug
  for (let n = 2; ; n++) {
    const ending = `-${n}`
    const next = slug.slice(0, limits.slug - ending.length).replace(/-$/, '') + ending
    if (!isTaken(next)) return next
  }
}
