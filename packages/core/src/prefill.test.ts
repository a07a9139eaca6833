import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from './limits.ts'
import { type Prefill, readPrefill } from './prefill.ts'

const page = 'https://your-site.example/help'

/** Any code points, lone surrogates included. */
const anyText = fc
  .array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff), fc.nat(0x10ffff)))
  .map((codes) => String.fromCodePoint(...codes))

describe('readPrefill', () => {
  const cases: [query: string, prefill: Prefill | null][] = [
    ['', null],
    ['?', null],
    ['?other=1&N=2616-2', null],
    ['?n=2616-2', { number: '2616-2' }],
    ['?n=%232616-2', { number: '#2616-2' }],
    ['?n=+2616-2+', { number: '2616-2' }],
    ['?n=2616-2&n=2616-3', { number: '2616-2' }],
    ['?n=2616-2&title=x&c=bugs', { number: '2616-2' }],
    ['?n=&title=x', { draft: { title: 'x' } }],
    [
      '?title=Login+problem&c=bugs&priority=high',
      { draft: { title: 'Login problem', category: 'bugs', priority: 'high' } },
    ],
    ['?c=billing', { draft: { category: 'billing' } }],
    ['?title=Question', { draft: { title: 'Question' } }],
    ['?content=a%0Ab', { draft: { content: 'a\nb' } }],
    ['?title=a%0A%20b', { draft: { title: 'a b' } }],
    ['?priority=urgent', { draft: { priority: 'urgent' } }],
    ['?priority=bogus', { draft: {} }],
    ['?priority=__proto__', { draft: {} }],
    ['?priority=bogus&title=x', { draft: { title: 'x' } }],
    ['?title=&content=&priority=&c=&n=', null],
    ['?title=+&n=%20', null],
    ['?title=%3Cscript%3Ealert(1)%3C/script%3E', { draft: { title: '<script>alert(1)</script>' } }],
    ['?title=a%00b', { draft: { title: 'ab' } }],
    ['?title=50%', { draft: { title: '50%' } }],
    ['?title=%FF', { draft: { title: '\ufffd' } }],
    ['?title=x#?n=1', { draft: { title: 'x' } }],
    ['#?n=1', null],
    ['?__proto__[title]=x&constructor.prototype=y', null],
  ]
  it.each(cases)('reads %j', (query, prefill) => {
    expect(readPrefill(page + query)).toEqual(prefill)
  })

  it('A22: cuts every value at the limit of its field', () => {
    const long = 'x'.repeat(1_000_000)
    expect(readPrefill(`${page}?n=${long}`)).toEqual({ number: 'x'.repeat(limits.number) })
    expect(readPrefill(`${page}?title=${long}&content=${long}&c=${long}&priority=${long}`)).toEqual({
      draft: {
        title: 'x'.repeat(limits.title),
        content: 'x'.repeat(limits.messageBody),
        category: 'x'.repeat(limits.categoryCode),
      },
    })
  })
  it('A22: never cuts a character in half', () => {
    const prefill = readPrefill(`${page}?title=x${'🐙'.repeat(200)}`)
    expect(prefill?.draft?.title).toBe(`x${'🐙'.repeat(99)}`)
  })
  it('A22: never throws and never answers with text that the server refuses', () => {
    const encoded = fc.array(fc.nat(255)).map((all) => all.map((byte) => `%${byte.toString(16)}`).join(''))
    const query = fc.oneof(anyText, encoded)
    fc.assert(
      fc.property(query, query, (one, other) => {
        const prefill = readPrefill(`${one}?title=${other}&content=${one}`)
        for (const text of Object.values(prefill?.draft ?? {}))
          expect(/\p{Cs}/u.test(text) || text.includes('\0')).toBe(false)
      }),
    )
  })
})
