import type { Attachment } from '@helpdesk/core/api'
import { deskUrl } from '../client.ts'
import { Icon } from '../ui/Icon.tsx'
import { sizeText, words } from './words.ts'

/** The largest size at which an image is shown in the thread, in pixels. */
const largest = { width: 320, height: 240 }

/** The files of a message: images to look at, everything else to download. */
export function MessageFiles({ files }: { files: readonly Attachment[] }) {
  if (files.length === 0) return null
  return (
    <ul class="files" aria-label={words.filesOf}>
      {files.map((file) => (
        <li key={file.id}>{file.previewUrl ? <Picture file={file} /> : <FileCard file={file} />}</li>
      ))}
    </ul>
  )
}

/** The address of a file, wherever the desk is mounted. */
export function fileUrl(url: string): string {
  return new URL(url, deskUrl()).href
}

function Picture({ file }: { file: Attachment }) {
  const size = sizeText(file.bytes)
  return (
    <figure class="picture">
      <a
        href={fileUrl(file.url)}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={words.open(file.name, size)}
      >
        <img src={fileUrl(file.previewUrl ?? file.url)} alt={file.name} loading="lazy" {...shownSize(file)} />
      </a>
      <figcaption class="soft">
        <span class="ellipsis">{file.name}</span>
        <span class="numeric">{size}</span>
      </figcaption>
    </figure>
  )
}

/** Room is kept for an image before it is there, so that nothing jumps. */
function shownSize({ width, height }: Attachment): { width?: number; height?: number } {
  if (!width || !height) return {}
  const scale = Math.min(1, largest.width / width, largest.height / height)
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}

function FileCard({ file }: { file: Attachment }) {
  const size = sizeText(file.bytes)
  return (
    <a class="file-card" href={fileUrl(file.url)} download={file.name} rel="noopener noreferrer">
      <Icon name="file" />
      <span class="ellipsis">
        <span class="hidden-visually">{words.download}</span> {file.name}
      </span>{' '}
      <span class="soft numeric">{size}</span>
      <Icon name="download" />
    </a>
  )
}
