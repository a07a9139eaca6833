import { tidyArticles } from '../articles/tidying.ts'
import { forgetOldLinks } from '../contacts/email-links.ts'
import { forgetEndedSessions } from '../contacts/service.ts'
import type { Deps } from '../deps.ts'
import { forgetOldKeys } from '../idempotency/service.ts'

const everyMs = 3_600_000

/**
 * Removes what nobody can use any more: old idempotency keys, contact sessions that have ended, one-time links, searches and
 * revisions of articles beyond what is kept.
 */
export async function tidyUp(deps: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await forgetOldKeys(deps)
  await forgetEndedSessions(deps)
  await forgetOldLinks(deps)
  await tidyArticles(deps)
}

/** Tidies up every hour; an error is logged and the next hour comes. @returns a function that ends it */
export function startHousekeeping(deps: Pick<Deps, 'db' | 'now' | 'log'>): () => Promise<void> {
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= tidyUp(deps)
      .catch((error: unknown) => deps.log.error({ err: error }, 'Tidying up failed'))
      .finally(() => {
        running = undefined
      })
  }, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
