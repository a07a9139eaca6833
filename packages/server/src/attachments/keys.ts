import type { Deps } from '../deps.ts'

const form = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/

/** Names an uploaded file towards whoever uploaded it. */
export function attachmentKey(deps: Pick<Deps, 'vault'>, deskId: string, id: string): string {
  return `${id}.${deps.vault.mac('attachment-keys', `${deskId} ${id}`)}`
}

/** The id in a key; null when the desk has not made the key. */
export function readAttachmentKey(deps: Pick<Deps, 'vault'>, deskId: string, key: string): string | null {
  const [, id, mac] = form.exec(key) ?? []
  if (!id || !mac) return null
  return deps.vault.verify('attachment-keys', `${deskId} ${id}`, mac) ? id : null
}
