import type { ArticleRevision } from '@helpdesk/core/api'

/** Saves of one person that came soon after one another, shown as one version: the newest of them. */
export interface Version {
  newest: ArticleRevision
  saves: number
  /** What the version before looked like; `null` when it is not known. */
  before: ArticleRevision | null
  published: boolean
}

const togetherMs = 10 * 60_000

/** Groups revisions, newest first: whoever writes saves every few seconds, and nobody wants to read all that. */
export function toVersions(revisions: readonly ArticleRevision[]): Version[] {
  const versions: Version[] = []
  for (const revision of revisions) {
    const last = versions.at(-1)
    const soon = last && Date.parse(last.newest.at) - Date.parse(revision.at) < togetherMs
    // What readers have seen stands for itself.
    if (last && soon && last.newest.author === revision.author && !revision.published) {
      last.saves++
      continue
    }
    if (last) last.before = revision
    versions.push({ newest: revision, saves: 1, before: null, published: revision.published })
  }
  return versions
}
