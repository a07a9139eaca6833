import type { ImapFlow, SearchObject } from 'imapflow'
import type { Deps } from '../deps.ts'
import { deskById } from '../desks/service.ts'
import { mostEmailBytes, takeIn } from '../emails/service.ts'
import type { ProgressKeeper } from './progress.ts'

const dayMs = 86_400_000
const chunkSize = 50

/** So often an e-mail may break the connection before those behind it are read. */
const mostBreaks = 10

/** The database or the file store did not take an e-mail; it stays where it is. */
export class EmailNotKept extends Error {}

/** How a folder's numbers stood when it was opened. */
export interface OpenFolder {
  uidValidity: string
  /** The number of the next e-mail to come; null where the server does not say. */
  uidNext: number | null
}

/** An open folder whose e-mails are taken in, one after another, oldest first. */
export interface FolderReader {
  /** Takes in what has come since the last time. @throws when the connection or the database does not carry it */
  readNew(client: ImapFlow, folder: OpenFolder): Promise<void>
}

/** Reads a desk's folder; what it remembers outlives the connection. */
export function folderReader(deps: Deps, deskId: string, progress: ProgressKeeper): FolderReader {
  const breaks = { uid: 0, times: 0 }

  /** One e-mail: kept for good, then noted, then marked as seen; a crash in between brings it again, which changes nothing. */
  const takeOne = async (client: ImapFlow, uid: number, bytes: number): Promise<void> => {
    if (bytes > mostEmailBytes) return skip(uid, `is larger than 25 MiB (${bytes} bytes)`)
    if (breaks.uid === uid && breaks.times >= mostBreaks) return skip(uid, 'could not be fetched')
    const raw = await fetchRaw(client, uid)
    // Deleted meanwhile.
    if (!raw) return
    const desk = await deskById(deps, deskId)
    if (!desk) throw new Error('The desk is gone')
    await takeIn(deps, desk, { source: 'imap', raw, envelope: { from: null, to: [] } }).catch(
      (cause: unknown) => {
        throw new EmailNotKept('E-mails cannot be kept at the moment; they are fetched later', { cause })
      },
    )
    await progress.save({ lastMailAt: deps.now().toISOString() })
    await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true })
  }

  const fetchRaw = async (client: ImapFlow, uid: number): Promise<Uint8Array | undefined> => {
    try {
      const found = await client.fetchOne(String(uid), { source: true }, { uid: true })
      return found ? found.source : undefined
    } catch (error) {
      breaks.times = breaks.uid === uid ? breaks.times + 1 : 1
      breaks.uid = uid
      throw error
    }
  }

  const skip = async (uid: number, why: string): Promise<void> => {
    deps.log.warn({ deskId, uid }, `An e-mail was left in the mailbox: it ${why}`)
    await progress.tell(progress.current.state, `An e-mail was left in the mailbox: it ${why}.`)
  }

  const takeAll = async (
    client: ImapFlow,
    uids: number[],
    options: { since?: Date; done?: (uid: number) => Promise<void> },
  ): Promise<void> => {
    for (let at = 0; at < uids.length; at += chunkSize) {
      const chunk = uids.slice(at, at + chunkSize)
      const found = await client.fetchAll(
        chunk.join(','),
        { uid: true, size: true, internalDate: true },
        { uid: true },
      )
      for (const { uid, size = 0, internalDate } of found.sort((a, b) => a.uid - b.uid)) {
        const isOlder = options.since && internalDate && new Date(internalDate) < options.since
        if (!isOlder) await takeOne(client, uid, size)
        await options.done?.(uid)
      }
    }
  }

  /**
   * A folder not read before begins with what comes from now on: nobody wants years of letters as conversations. What
   * came within the last day and nobody has looked at is new all the same. When a server numbers its e-mails anew,
   * those since the last one are looked at again; what was taken in is known.
   */
  const begin = async (client: ImapFlow, folder: OpenFolder): Promise<void> => {
    const { uidValidity, lastMailAt } = progress.current
    const isFirst = uidValidity === null || lastMailAt === null
    const last = isFirst ? deps.now().getTime() : new Date(lastMailAt).getTime()
    const since = new Date(last - dayMs)
    // Before anything is read: what comes meanwhile has a higher number.
    const lastUid = folder.uidNext === null ? await highestUid(client) : folder.uidNext - 1
    await takeAll(client, await searched(client, { since, ...(isFirst ? { seen: false } : {}) }), { since })
    await progress.save({ uidValidity: folder.uidValidity, lastUid })
  }

  return {
    async readNew(client, folder) {
      if (progress.current.uidValidity !== folder.uidValidity) await begin(client, folder)
      const { lastUid } = progress.current
      // `n:*` always names the last e-mail, also when its number is below n.
      const fresh = await searched(client, { uid: `${lastUid + 1}:*` })
      await takeAll(
        client,
        fresh.filter((uid) => uid > lastUid),
        {
          done: (uid) => progress.save({ lastUid: uid }),
        },
      )
    },
  }
}

/** `*` is the last e-mail of a folder; of an empty one there is none. */
const highestUid = async (client: ImapFlow) => (await searched(client, { uid: '*' })).at(-1) ?? 0

async function searched(client: ImapFlow, query: SearchObject): Promise<number[]> {
  const found = await client.search(query, { uid: true })
  if (!found) throw new Error('The server does not search the folder')
  return found.sort((a, b) => a - b)
}
