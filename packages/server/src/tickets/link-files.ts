import { attachmentViews } from '../attachments/service.ts'
import type { AttachmentFacts } from '../conversations/tables.ts'
import type { Statement } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { resolveLink } from './links.ts'

// Of replies only: files of notes are for agents.
const select: Statement = {
  name: 'public_link_file',
  text: `select f.value as facts from helpdesk.messages m, jsonb_array_elements(m.attachments) f
    where m.desk_id = $1 and m.conversation_id = $2 and m.kind = 'reply' and f.value ->> 'id' = $3`,
}

/** The address of a file of the conversation that a public link opens, freshly signed; null when there is no such file. */
export async function linkedFile(deps: Deps, token: string, id: string): Promise<string | null> {
  const opened = await resolveLink(deps, token)
  if (!opened || !/^[0-9a-f-]{36}$/.test(id)) return null
  const { deskId } = opened.desk
  const values = [deskId, opened.link.conversationId, id]
  const [row] = await deps.db.run<{ facts: AttachmentFacts }>(select, values)
  return row ? (attachmentViews(deps, deskId, [row.facts])[0]?.url ?? null) : null
}
