import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { renderArticle } from './rendering.ts'

const images = 'https://desk.example/api/article-images/shop/'
const html = (markdown: string) => renderArticle(markdown, images).html

describe('an article', () => {
  it('has tables, task lists, code, anchors that differ, and no second first heading', () => {
    const page = html(
      '# Grind\n\n## Grind\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] done\n\n```js\nconst a = 1 < 2\n```',
    )
    expect(page).toContain('<h2 id="grind">Grind</h2>')
    expect(page).toContain('<h2 id="grind-2">Grind</h2>')
    expect(page).toContain('<th scope="col">a</th>')
    expect(page).toContain('<input type="checkbox" disabled checked />')
    expect(page).toContain('<code class="language-js">const a = 1 &lt; 2')
  })

  it('has call-outs and links to videos', () => {
    expect(html('> [!WARNING]\n> Hot water.')).toContain(
      '<aside class="call-out warning">\n<p>Hot water.</p>',
    )
    expect(html('> Just said.')).toContain('<blockquote>')
    expect(html('[How to bloom](https://youtu.be/abc-123)')).toContain(
      '<p class="video"><a href="https://youtu.be/abc-123" rel="noopener noreferrer">How to bloom</a></p>',
    )
  })

  it("shows the desk's own images and makes links of others, which would tell who reads what", () => {
    expect(html(`![Cup](${images}1/cup.png)`)).toContain(
      `<img src="${images}1/cup.png" alt="Cup" loading="lazy" />`,
    )
    const other = html('![Cup](https://evil.example/pixel.gif)')
    expect(other).not.toContain('<img')
    expect(other).toContain('>Cup</a>')
  })

  it('has its words without their dress, and begins with the first of them', () => {
    const { text, description } = renderArticle(
      '## Grind *size*\n\nUse `V60` & a **kettle**.\n\n- one\n- two',
      images,
    )
    expect(text).toBe('Grind size\nUse V60 & a kettle.\none\ntwo')
    expect(description).toBe('Grind size Use V60 & a kettle. one two')
    expect(renderArticle('word '.repeat(200), images).description.length).toBeLessThanOrEqual(160)
  })

  it('A34: is cut for the search, never for the reader', () => {
    const long = Array.from({ length: 300_000 }, (_, i) => `w${i}`).join(' ')
    const { html: page, text } = renderArticle(long, images)
    expect(text.length).toBe(100_000)
    expect(page).toContain('w299999')
  })
})

describe('A20: hostile Markdown and HTML', () => {
  const cases = JSON.parse(
    readFileSync(new URL('./hostile-markdown.json', import.meta.url), 'utf8'),
  ) as string[]
  const allowed =
    /^<\/?(?:h[2-6]|p|a|ul|ol|li|blockquote|aside|pre|code|hr|br|strong|em|del|sub|sup|kbd|img|table|thead|tbody|tr|th|td|details|summary|input)(?:\s|\/?>)/

  it.each(cases)('%s', (markdown) => {
    const page = html(markdown)
    for (const [tag] of page.matchAll(/<[^>]*>/g)) {
      expect(tag).toMatch(allowed)
      expect(tag.replace(/"[^"]*"/g, '')).not.toMatch(/\son\w+\s*=|style=|srcdoc|formaction|xlink/i)
      const address = /\s(?:href|src)="([^"]*)"/.exec(tag)?.[1]
      if (address !== undefined && address !== '')
        expect(address).toMatch(/^(?:https?:|mailto:|tel:|[/#?.]|[^:]*$)/i)
    }
    expect(page).not.toMatch(/<script|<iframe|<svg|<math|<style/i)
  })

  it('is never refused, and never slow', () => {
    for (const bomb of [
      '>'.repeat(5_000),
      '*'.repeat(20_000),
      '['.repeat(20_000),
      '<div>'.repeat(5_000),
      '- '.repeat(3_000),
      '`'.repeat(20_000),
    ]) {
      const begin = performance.now()
      expect(typeof html(bomb)).toBe('string')
      expect(performance.now() - begin).toBeLessThan(5_000)
    }
  })
})
