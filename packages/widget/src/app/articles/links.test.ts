import { describe, expect, test } from 'vitest'
import { linkTarget, pictureAddress } from './links.ts'

const page = 'https://desk.example/support/help/acme/en/grinder'

describe('a link in an article', () => {
  test.each(['#settings', 'grinder#settings', `${page}#settings`])('%s leads to a heading of it', (href) => {
    expect(linkTarget(href, page)).toEqual({ to: 'anchor', anchor: 'settings' })
  })

  test.each([
    ['kettle', { slug: 'kettle', locale: 'en' }],
    ['/support/help/acme/en/kettle', { slug: 'kettle', locale: 'en' }],
    [`${page}/../kettle#lime`, { slug: 'kettle', locale: 'en', anchor: 'lime' }],
    ['https://desk.example/support/help/acme/pl/czajnik', { slug: 'czajnik', locale: 'pl' }],
  ])('%s leads to another one', (href, target) => {
    expect(linkTarget(href, page)).toMatchObject({ to: 'article', ...target })
  })

  test.each([
    'https://shop.example/',
    'https://other.example/support/help/acme/en/kettle',
    'https://desk.example/support/help/rival/en/kettle',
    'https://desk.example/support/help/acme/en/collections/tools',
    'https://desk.example/support/help/acme/en/search?q=x',
    'https://desk.example/support/help/acme/en',
    'mailto:help@shop.example',
  ])('%s leads elsewhere', (href) => {
    expect(linkTarget(href, page)).toEqual({ to: 'elsewhere', href })
  })

  test('an article of a help centre at the root is one as well', () => {
    const target = linkTarget('/de/kocher', 'https://help.example/en/kettle')
    expect(target).toMatchObject({ to: 'article', slug: 'kocher', locale: 'de' })
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'java\nscript:alert(1)', 'https://['])(
    '%s leads nowhere',
    (href) => expect(linkTarget(href, page)).toBeUndefined(),
  )
})

test('a picture is shown from the web or from the article itself, and never an image that can hold scripts', () => {
  expect(pictureAddress('/i/1.png', page)).toBe('https://desk.example/i/1.png')
  expect(pictureAddress('data:image/png;base64,AA==', page)).toBe('data:image/png;base64,AA==')
  expect(pictureAddress('data:image/svg+xml;base64,AA==', page)).toBeUndefined()
  expect(pictureAddress('javascript:alert(1)', page)).toBeUndefined()
})
