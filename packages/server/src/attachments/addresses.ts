import { cutText, isInlineImage } from '@helpdesk/core'
import type { Attachment } from '@helpdesk/core/api'
import type { AttachmentFacts } from '../conversations/tables.ts'
import type { Deps } from '../deps.ts'

const hourMs = 60 * 60 * 1000

/** A router refuses path parameters of more than 100 characters; the name in an address is for people only. */
const addressNameLength = 90

/** What an address opens. */
export interface AddressedFile {
  deskId: string
  id: string
  variant: 'preview' | undefined
  /** Seconds since 1970, as text. */
  expires: string
}

/**
 * A message's files as everybody sees them, with addresses that need no credentials. An address stays the same until
 * the end of the hour, so that browsers need not load a file again, and opens the file for one to two hours.
 */
export function attachmentViews(
  deps: Pick<Deps, 'vault' | 'config' | 'now'>,
  deskId: string,
  facts: readonly AttachmentFacts[] | null,
): Attachment[] {
  if (facts === null) return []
  const expires = String((Math.floor(deps.now().getTime() / hourMs) + 2) * (hourMs / 1000))
  return facts.map(({ preview, ...file }) => {
    const address = (variant?: 'preview') =>
      `${deps.config.publicUrl}/api/attachments/${file.id}/${addressName(file.name)}?desk=${deskId}&expires=${expires}` +
      `${variant ? `&variant=${variant}` : ''}&signature=${deps.vault.mac('file-addresses', signed({ deskId, id: file.id, variant, expires }))}`
    const url = address()
    const own = isInlineImage(file.type) ? url : null
    return { ...file, url, previewUrl: preview ? address('preview') : own }
  })
}

/** Whether an address is one of ours and still good. */
export function opensFile(
  deps: Pick<Deps, 'vault' | 'now'>,
  file: AddressedFile,
  signature: string,
): boolean {
  const isRight = deps.vault.verify('file-addresses', signed(file), signature)
  return isRight && Number(file.expires) * 1000 > deps.now().getTime()
}

const signed = ({ deskId, id, variant, expires }: AddressedFile) =>
  `${deskId} ${id} ${variant ?? 'file'} ${expires}`

function addressName(name: string): string {
  if (name.length <= addressNameLength) return encodeURIComponent(name)
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : ''
  const stem = name.slice(0, name.length - ending.length)
  return encodeURIComponent(cutText(stem, addressNameLength - ending.length) + ending)
}
