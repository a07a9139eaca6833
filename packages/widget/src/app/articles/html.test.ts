import { describe, expect, test } from 'vitest'
import { type Piece, parseHtml } from './html.ts'

/** The tree in short: `p(Text strong(bold))`. */
const short = (pieces: Piece[]): string =>
  pieces
    .map((piece) => (typeof piece === 'string' ? piece : `${piece.tag}(${short(piece.children)})`))
    .join(' ')

describe('the HTML of an article', () => {
  test('becomes a tree of elements and texts', () => {
    expect(short(parseHtml('<p>One <strong>two</strong></p><hr /><ul><li>three</li></ul>'))).toBe(
      'p(One  strong(two)) hr() ul(li(three))',
    )
  })

  test('has its attributes and characters decoded, once', () => {
    const [link] = parseHtml('<a href="/x?a=1&amp;b=%22" title="&quot;&amp;lt;&#39;">&lt;b&gt; &amp;amp;</a>')
    expect(link).toEqual({
      tag: 'a',
      attributes: { href: '/x?a=1&b=%22', title: '"&lt;\'' },
      children: ['<b> &amp;'],
    })
  })

  test('has attributes without a value, and values with brackets', () => {
    expect(parseHtml('<input type="checkbox" disabled checked />')).toEqual([
      { tag: 'input', attributes: { type: 'checkbox', disabled: '', checked: '' }, children: [] },
    ])
    expect(short(parseHtml('<img alt="a > b" src="/x.png">after'))).toBe('img() after')
  })

  test('loses what was never meant to be read', () => {
    expect(short(parseHtml('<p>a<script>alert(1)</script>b</p><svg><a>c</a></svg>'))).toBe('p(a b)')
  })

  test('stays readable when it is broken', () => {
    expect(short(parseHtml('<p>a <em>b</p> c</em> 1 < 2 <unclosed <p>d'))).toBe(
      'p(a  em(b))  c  1 < 2 <unclosed  p(d)',
    )
    expect(short(parseHtml('<p onclick=alert(1)>x</p>'))).toBe('<p onclick=alert(1)>x')
  })
})
