import type { PublicArticle } from '@helpdesk/core/api'
import { cleanup, fireEvent, render } from '@testing-library/preact'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { ModelProvider } from '../context.ts'
import { loadAllTexts } from '../i18n/index.ts'
import type { AllTexts } from '../i18n/texts.ts'
import type { Model } from '../model.ts'
import { createStore } from '../state.ts'
import { ArticleBody } from './ArticleBody.tsx'

let texts: AllTexts
beforeAll(async () => {
  texts = await loadAllTexts('en')
})
afterEach(cleanup)

function show(html: string) {
  const store = createStore({ texts, allTexts: texts })
  const article = { html, locale: 'en', url: 'https://desk.example/help/acme/en/here' } as PublicArticle
  const onLink = vi.fn()
  const { container } = render(
    <ModelProvider value={{ store } as unknown as Model}>
      <ArticleBody article={article} onLink={onLink} />
    </ModelProvider>,
  )
  const body = container.querySelector<HTMLElement>('.article')
  if (!body) throw new Error('There is no article')
  return { body, onLink }
}

describe('an article', () => {
  test('keeps its lists, tables, call-outs and boxes', () => {
    const { body } = show(
      '<h2 id="a">A</h2><ol start="3"><li>x</li></ol><aside class="call-out warning"><p>Hot</p></aside>' +
        '<table><thead><tr><th scope="col" align="right">n</th></tr></thead></table>' +
        '<ul><li><input type="checkbox" disabled checked /> done</li></ul>',
    )
    expect(body.querySelector('h3')?.id).toBe('at-a')
    expect(body.querySelector('ol')?.start).toBe(3)
    expect(body.querySelector('.call-out.warning')?.textContent).toBe('WarningHot')
    const table = body.querySelector<HTMLElement>('.table')
    expect([table?.tabIndex, table?.querySelector('th')?.className]).toEqual([0, 'at-right'])
    expect(body.querySelector('.box.done')).not.toBeNull()
    expect(body.querySelector('input')).toBeNull()
  })

  test('says where a link in the panel leads', () => {
    const { body, onLink } = show('<p><a href="there#part">There</a></p>')
    fireEvent.click(body.querySelector('a') as HTMLElement)
    expect(onLink).toHaveBeenCalledWith(
      expect.objectContaining({ to: 'article', slug: 'there', locale: 'en', anchor: 'part' }),
    )
  })
})

describe('HTML that no desk should ever answer with', () => {
  const allowed =
    /^(?:H[3-6]|P|A|UL|OL|LI|BLOCKQUOTE|DIV|PRE|CODE|HR|BR|STRONG|EM|DEL|SUB|SUP|KBD|BUTTON|IMG|TABLE|THEAD|TBODY|TR|TH|TD|DETAILS|SUMMARY|I|B|SPAN)$/
  const attributes =
    /^(?:class|id|href|target|rel|start|scope|tabindex|role|aria-label|type|src|alt|loading|width|height)$/

  test.each([
    '<img src=x onerror=alert(1)>',
    '<img src="x" onerror="alert(1)">',
    '<p onclick="alert(1)" style="position:fixed">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<script>alert(1)</script><style>*{display:none}</style>',
    '<iframe src="https://evil.example"></iframe><object data="x"></object><embed src="x">',
    '<svg onload="alert(1)"><script>alert(1)</script></svg><math><mi href="x">y</mi></math>',
    '<form action="https://evil.example"><input name="password"><button formaction="x">go</button></form>',
    '<h2 id="x" class="launcher" dangerouslySetInnerHTML="x">x</h2>',
    '<a href="x" ref="x" key="x" children="x">x</a>',
    '<img src="data:image/svg+xml;base64,AA==" alt="a">',
    '<p class="panel open">x</p><template><p>y</p></template>',
    '<<p>p>x</<p>p>',
  ])('%s', (html) => {
    const { body } = show(html)
    for (const element of body.querySelectorAll('*')) {
      expect(element.tagName).toMatch(allowed)
      for (const { name, value } of element.attributes) {
        expect(name).toMatch(attributes)
        if (name === 'href' || name === 'src') expect(value).toMatch(/^(?:https?:|#|data:image\/png)/)
        if (name === 'class') expect(value).not.toMatch(/launcher|panel/)
      }
    }
  })
})
