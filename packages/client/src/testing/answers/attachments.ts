import { HelpdeskError } from '@helpdesk/core'
import type { Upload } from '@helpdesk/core/api'
import { type Answers, mustTakeFiles } from '../ask.ts'
import { addFile } from '../files.ts'
import type { FileRecord } from '../records.ts'

/** Files. Their addresses are `data:` URLs; the address of the contract works as well. */
export const attachments: Answers['attachments'] = {
  upload({ world, desk, query, bytes }) {
    mustTakeFiles(desk)
    return toUpload(addFile(world, desk, { name: query.name, bytes }))
  },
  agentUpload: ({ world, desk, query, bytes }) => toUpload(addFile(world, desk, { name: query.name, bytes })),
  download({ world, params, query }) {
    // Without the id that the desk has in its database: the file's own is enough here.
    const files = world.desks.flatMap((desk) => desk.files)
    const file = files.find(({ id, isAttached }) => id === params.attachmentId && isAttached)
    const isOver = Number(query.expires) * 1000 < world.now().getTime()
    if (!file || isOver) throw new HelpdeskError('not_found')
    return file
  },
}

function toUpload({ key, name, type, bytes }: FileRecord): Upload {
  return { key, name, type, bytes: bytes.length }
}
