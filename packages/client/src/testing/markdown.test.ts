import { expect, test } from 'vitest'
import { plainText, renderMarkdown } from './markdown.ts'

test.each([
  ['## A *plain* title', '<h2 id="a-plain-title">A *plain* title</h2>\n'],
  ['# Title', '<h2 id="title">Title</h2>\n'],
  ['One\n\n\n\nTwo', '<p>One</p>\n<p>Two</p>\n'],
  ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n'],
  ['1. a\r\n2. b', '<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n'],
  ['**bold** and `code`', '<p><strong>bold</strong> and <code>code</code></p>\n'],
  [
    '[there](https://example.com/?a=1&b=2)',
    '<p><a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer">there</a></p>\n',
  ],
  ['', ''],
])('%j', (markdown, html) => {
  expect(renderMarkdown(markdown)).toBe(html)
})

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '![x](https://elsewhere.example/pixel.png)',
  '![x](data:image/svg+xml,<svg onload=alert(1)>)',
  '[x](https://example.com/"onmouseover="alert(1))',
  '## <b onclick=alert(1)>',
])('nothing of %j becomes an element or an attribute', (markdown) => {
  const html = renderMarkdown(markdown)
  expect(html).not.toMatch(/<(?!\/?(?:p|h2|a)\b)|javascript:.*">|<[^>]*\son\w+=/i)
})

test('the words of a text are what somebody would read', () => {
  expect(plainText(renderMarkdown('## A & B\n\n- **one** < two\n- "three"'))).toBe(
    'A & B\n\n\none < two\n\n"three"',
  )
})
