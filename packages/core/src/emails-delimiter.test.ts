import { describe, expect, test } from 'vitest'
import { locales, replyDelimiter, replyDelimiters } from './index.ts'

describe('the line above which an answer is written', () => {
  test.each(locales)('is found in %s, quoted, indented, broken and in bold', (locale) => {
    const line = replyDelimiters[locale]
    const broken = line.replace(/ (\S+ -##)$/, '\n> > $1')
    const ways = [line, `> ${line}`, ` > > ${line}`, `| ${line}`, `*${line}*`, broken, `> ${broken}`]
    for (const way of ways) {
      const text = `My answer\n\nOn Monday, Anna wrote:\n${way}\nThe old text`
      const found = replyDelimiter.exec(text.normalize('NFC'))
      expect(text.slice(0, found?.index), way).toBe('My answer\n\nOn Monday, Anna wrote:\n')
    }
  })

  test('is not found in what people write', () => {
    for (const text of ['##- -##', 'a ##- Please type your reply above this line -##', '## heading', '##-'])
      expect(replyDelimiter.test(text)).toBe(false)
  })

  test('is found at once in a text of any shape', () => {
    const begun = Date.now()
    for (const piece of ['> ', '##- ', '##- Please type your ', '\n> ##-'])
      replyDelimiter.test(piece.repeat(50_000))
    expect(Date.now() - begun).toBeLessThan(2_000)
  })
})
