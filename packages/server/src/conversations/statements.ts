import type { Statement } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { writeTexts } from './writes.ts'

/** The hot statements of an installation. */
export interface WriteStatements {
  start: Statement
  contactReply: Statement
  agentReply: Statement
}

const statementsOf = new WeakMap<Jobs, WriteStatements>()

/** The hot statements; their text has pg-boss's own SQL in it, which is known only at run time. */
export function writeStatements(deps: Pick<Deps, 'jobs'>): WriteStatements {
  const known = statementsOf.get(deps.jobs)
  if (known) return known
  const texts = writeTexts(deps.jobs)
  const made = {
    start: { name: 'conversation_start', text: texts.start },
    contactReply: { name: 'conversation_contact_reply', text: texts.contactReply },
    agentReply: { name: 'conversation_agent_reply', text: texts.agentReply },
  }
  statementsOf.set(deps.jobs, made)
  return made
}
