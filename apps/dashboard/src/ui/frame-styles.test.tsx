import { describe, expect, test } from 'vitest'
import { setStylesAside } from './frame-styles.ts'

const parsed = (html: string) => new DOMParser().parseFromString(setStylesAside(html), 'text/html')

describe('the styles of an e-mail, set aside', () => {
  test('are all kept, and none is left that a policy would refuse', () => {
    const page = parsed(
      '<style media="all">a[href="x"]{color:red}</style><p class="a" style="color:blue"><b STYLE="top:0">x</b></p>',
    )
    expect(page.querySelectorAll('style, [style]')).toHaveLength(0)
    expect(page.querySelector<HTMLMetaElement>('meta')?.content).toBe('a[href="x"]{color:red}')
    expect([...page.querySelectorAll<HTMLElement>('[data-style]')].map((one) => one.dataset.style)).toEqual([
      'color:blue',
      'top:0',
    ])
  })

  test('leave the words alone', () => {
    expect(parsed('<p>Write style="x" &lt;b style="y"&gt;</p>').body.textContent).toBe(
      'Write style="x" <b style="y">',
    )
  })
})
