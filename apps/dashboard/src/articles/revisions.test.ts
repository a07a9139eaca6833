import type { ArticleRevision } from '@helpdesk/core/api'
import { expect, test } from 'vitest'
import { toVersions } from './revisions.ts'

const revision = (number: number, minute: number, more: Partial<ArticleRevision> = {}): ArticleRevision => ({
  revision: number,
  title: 'Returns',
  markdown: `Text ${number}`,
  author: 'Ola',
  published: false,
  at: new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString(),
  ...more,
})

test('saves of one person soon after one another are one version', () => {
  const versions = toVersions([
    revision(5, 40),
    revision(4, 39),
    revision(3, 38, { author: 'Sam' }),
    revision(2, 37, { published: true, author: 'Sam' }),
    revision(1, 0, { author: 'Sam' }),
  ])
  expect(versions.map(({ newest, saves, before }) => [newest.revision, saves, before?.revision])).toEqual([
    [5, 2, 3],
    [3, 1, 2],
    [2, 1, 1],
    [1, 1, undefined],
  ])
  expect(versions[2]?.published).toBe(true)
})
