import { describe, expect, test } from 'vitest'
import {
  applied,
  block,
  callOut,
  code,
  type Edit,
  type EditMaker,
  heading,
  link,
  list,
  nextLine,
  table,
  wrap,
} from './markdown-edits.ts'

/** A text in which `[` and `]` stand around what is selected, `|` for a caret. */
function run(make: EditMaker | typeof nextLine, marked: string): string | null {
  const text = marked.replace(/[«»|]/g, '')
  const caret = marked.indexOf('|')
  const start = caret >= 0 ? caret : marked.indexOf('«')
  const end = caret >= 0 ? caret : marked.indexOf('»') - 1
  const edit: Edit | null = make(text, start, end)
  if (!edit) return null
  const after = applied(text, edit)
  if (edit.start === edit.end) return `${after.slice(0, edit.start)}|${after.slice(edit.start)}`
  return `${after.slice(0, edit.start)}«${after.slice(edit.start, edit.end)}»${after.slice(edit.end)}`
}

const bold = wrap('**', 'bold')

describe('marks', () => {
  test.each([
    ['a «word» here', 'a **«word»** here'],
    ['a **«word»** here', 'a «word» here'],
    ['a «**word**» here', 'a «word» here'],
    ['a | here', 'a **«bold»** here'],
  ])('%s becomes %s', (before, after) => {
    expect(run(bold, before)).toBe(after)
  })

  test('code of several lines is a block', () => {
    expect(run(code, '«let a\nlet b»')).toBe('```\n«let a\nlet b»\n```\n')
    expect(run(code, 'say «a» now')).toBe('say `«a»` now')
  })
})

describe('links', () => {
  test.each([
    ['see «the page» now', 'see [the page](«https://») now'],
    ['see «https://a.test/b» now', 'see [|](https://a.test/b) now'],
    ['see | now', 'see [|](https://) now'],
  ])('%s becomes %s', (before, after) => {
    expect(run(link, before)).toBe(after)
  })
})

describe('lines', () => {
  test('go from heading to smaller heading to none', () => {
    expect(run(heading, 'one\nSi|ze\ntwo')).toBe('one\n## Size|\ntwo')
    expect(run(heading, '## Si|ze')).toBe('### Size|')
    expect(run(heading, '### Si|ze')).toBe('Size|')
  })

  test('become a list and back', () => {
    const numbers = list('numbers')
    expect(run(numbers, '«one\ntwo\n»three')).toBe('«1. one\n2. two»\nthree')
    expect(run(numbers, '«1. one\n2. two»')).toBe('«one\ntwo»')
    expect(run(list('bullets'), '«1. one\n2. two»')).toBe('«- one\n- two»')
  })

  test('become a call-out, with an empty line before it', () => {
    expect(run(callOut('tip', 'Text'), 'before\n|')).toBe('before\n\n> [!TIP]\n> «Text»')
    expect(run(callOut('note', 'Text'), '«a\n\nb»')).toBe('> [!NOTE]\n> a\n>\n> b|')
  })

  test('get a table below them', () => {
    expect(run(table('Head', 'Cell'), 'bef|ore')).toBe(
      'before\n\n| «Head» | Head |\n| --- | --- |\n| Cell | Cell |\n| Cell | Cell |\n',
    )
  })

  test('get a block of their own between others', () => {
    expect(run(block('![](x)'), 'one|two')).toBe('one\n\n![](x)\n\n|two')
    expect(run(block('![](x)'), '|')).toBe('![](x)\n\n|')
    expect(run(block('![](x)'), 'one|\n\ntwo')).toBe('one\n\n![](x)|\n\ntwo')
  })
})

describe('a new line', () => {
  test.each([
    ['- one|', '- one\n- |'],
    ['9. one|', '9. one\n10. |'],
    ['  * one|', '  * one\n  * |'],
    ['- [x] one|', '- [x] one\n- [ ] |'],
    ['> one|', '> one\n> |'],
    ['- one\n- |', '- one\n|'],
  ])('after %s goes on with the list', (before, after) => {
    expect(run(nextLine, before)).toBe(after)
  })

  test.each(['plain|', '**bold**|', '- «one»'])('after %s is nothing special', (before) => {
    expect(run(nextLine, before)).toBeNull()
  })
})
