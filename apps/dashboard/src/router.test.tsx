import { describe, expect, test } from 'vitest'
import { deskUrl } from './client.ts'
import { href, parseRoute } from './router.ts'

describe('addresses', () => {
  test.each([
    '#/desks/demo/messages',
    '#/desks/demo/messages/in_progress',
    '#/desks/demo/messages/all/01900000-0000-7000-8000-000000000001',
    '#/desks/demo/settings/widget',
    '#/desks/demo/settings/general',
    '#/desks/demo/settings/categories/new',
    '#/desks/demo/settings/security/debug',
    '#/desks/demo/settings/email/receiving',
    '#/desks/demo/settings/tickets',
    '#/desks/demo/articles',
    '#/desks/demo/articles/insights',
    '#/desks/demo/articles/01900000-0000-7000-8000-000000000001/pl',
    '#/desks/demo/emails/sent',
    '#/desks/demo/emails/sent/01900000-0000-7000-8000-000000000001',
    '#/desks/demo/emails/received',
    '#/desks/demo/emails/received/01900000-0000-7000-8000-000000000002',
    '#/desks/demo/start',
    '#/desks/demo/profile',
  ])('%s leads to a place and back', (hash) => {
    expect(href(parseRoute(hash))).toBe(hash)
  })

  test('the short way to a conversation leads to it among all', () => {
    expect(parseRoute('#/desks/demo/conversations/42')).toEqual({
      page: 'messages',
      deskId: 'demo',
      view: 'all',
      conversationId: '42',
    })
  })

  test.each(['#/nowhere', '#/desks/demo/nowhere', '#/desks/demo/messages/nowhere', '#/%E0%A4%A'])(
    '%s is no place',
    (hash) => {
      expect(parseRoute(hash)).toEqual({ page: 'unknown' })
    },
  )

  test('no address leads home', () => {
    expect(parseRoute('')).toEqual({ page: 'home' })
    expect(parseRoute('#/')).toEqual({ page: 'home' })
    expect(parseRoute('#/setup?token=abc')).toEqual({ page: 'home' })
  })
})

test.each([
  ['https://shop.test/desk/dashboard/', 'https://shop.test/desk/'],
  ['https://shop.test/desk/dashboard/index.html?token=1#/x', 'https://shop.test/desk/'],
  ['https://shop.test/dashboard/#/desks/a/b', 'https://shop.test/'],
])('the desk of %s is at %s', (page, url) => {
  expect(deskUrl(page)).toBe(url)
})
