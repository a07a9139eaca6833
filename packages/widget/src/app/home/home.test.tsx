import { fireEvent } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { inside, open, setUp } from '../../testing.ts'

describe('a desk whose articles are neither chosen nor collected', () => {
  setUp({
    desk: { name: 'Acme Support' },
    articles: [{ texts: { en: { title: 'Clean the grinder', markdown: 'Brush the burrs.' } } }],
  })

  test('has its search and its articles', async () => {
    await open()
    const field = await inside().findByRole('textbox', { name: 'Search for help' })
    inside().getByRole('button', { name: 'Clean the grinder' })
    fireEvent.input(field, { target: { value: 'burrs' } })
    await inside().findByText('burrs', { selector: 'mark' })
  })
})

describe('a desk with nothing published', () => {
  const state = setUp({
    desk: { name: 'Acme Support' },
    articles: [{ texts: { en: { title: 'Not yet', markdown: 'To be written.', draft: true } } }],
  })

  test('has no search', async () => {
    await open()
    await inside().findByRole('button', { name: /Send us a message/ })
    expect(state.requests.map(({ id }) => id)).toContain('articles.home')
    expect(inside().queryByRole('search')).toBeNull()
  })
})
