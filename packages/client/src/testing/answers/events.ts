import { type Answers, readPage } from '../ask.ts'
import type { DeskRecord } from '../records.ts'
import { toAgentEvent, toVisitorEvent } from '../views.ts'

/** The log, page by page, for whoever does not stream. */
export const events: Answers['events'] = {
  visitor({ desk, viewer, query }) {
    const { entries, ...page } = pageOfLog(desk, query)
    return { ...page, events: entries.flatMap((entry) => toVisitorEvent(desk, entry, viewer) ?? []) }
  },
  agent({ desk, agent, query }) {
    const { entries, ...page } = pageOfLog(desk, query)
    return { ...page, events: entries.flatMap((entry) => toAgentEvent(desk, entry, agent) ?? []) }
  },
}

function pageOfLog(desk: DeskRecord, { after, limit }: { after?: string; limit?: number | string }) {
  const most = readPage({ limit }, { default: 200, most: 500 }).limit
  const later = desk.log.filter(({ seq }) => seq > Number(after ?? desk.seq))
  const entries = later.slice(0, most)
  const more = entries.length < later.length
  return { entries, more, cursor: more ? (entries.at(-1)?.seq ?? desk.seq) : desk.seq }
}
