import { describe, expect, test } from 'vitest'
import { mailDocument } from './mail-document.ts'

const mail = `<html lang="pl"><head><title>T</title><style>a{color:red}@media ( prefers-color-scheme : dark ){a{color:blue}}</style></head><body><p>prefers-color-scheme: dark</p><a href="https://example.com">x</a></body></html>`

describe('an e-mail that is looked at', () => {
  test('stands in the colours that were asked for, whatever the system says', () => {
    expect(mailDocument(mail, 'dark')).toContain('@media (min-width: 0){a{color:blue}}')
    expect(mailDocument(mail, 'light')).toContain('@media (max-width: 0){a{color:blue}}')
    expect(mailDocument(mail, 'dark')).toContain('color-scheme: dark')
  })

  test('keeps its words and its language', () => {
    const page = new DOMParser().parseFromString(mailDocument(mail, 'dark'), 'text/html')
    expect(page.querySelector('p')?.textContent).toBe('prefers-color-scheme: dark')
    expect(page.documentElement.lang).toBe('pl')
  })

  test('loads nothing, and its rules come before anything that could', () => {
    const page = new DOMParser().parseFromString(mailDocument(mail, 'light'), 'text/html')
    const [first, second] = page.head.children
    expect(first?.getAttribute('content')).toContain("default-src 'none'")
    expect(second?.getAttribute('target')).toBe('_blank')
  })
})
