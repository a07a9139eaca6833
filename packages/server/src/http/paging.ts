import { HelpdeskError } from '@helpdesk/core'

/** A page as a query asks for it: before a position, so many items. */
export interface Page {
  before: number
  limit: number
}

/**
 * Reads `limit` and `cursor` of a list. A cursor is the position where the last page ended.
 * @throws HelpdeskError validation_failed
 */
export function readPage(
  query: { limit?: number | string; cursor?: string },
  limits: { default: number; most: number },
): Page {
  const limit = query.limit === undefined ? limits.default : Math.min(Number(query.limit), limits.most)
  if (limit < 1) throw invalid('limit', 'must be at least 1')
  if (query.cursor === undefined) return { before: Number.MAX_SAFE_INTEGER, limit }
  if (!/^[0-9]{1,15}$/.test(query.cursor)) throw invalid('cursor', 'is not a cursor of this list')
  return { before: Number(query.cursor), limit }
}

/** Where a page ended, for the next one. */
export const cursorOf = (position: number | null) => (position === null ? null : String(position))

const invalid = (field: string, detail: string) =>
  new HelpdeskError('validation_failed', {
    detail: `Check ${field}`,
    errors: [{ pointer: `/query/${field}`, detail }],
  })
