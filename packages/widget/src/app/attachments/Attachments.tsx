import { isInlineImage } from '@helpdesk/core'
import type { Attachment } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { useAllTexts, useModel } from '../context.ts'
import { LaterIcon } from '../ui/later-icons.tsx'
import type { SentFile } from './files.ts'
import { freshAddress, isStale } from './fresh.ts'
import { Picture } from './Picture.tsx'
import { fileSize } from './sizes.ts'

interface AttachmentsProps {
  files: readonly (Attachment | SentFile)[]
  conversationId: string | undefined
}

/** The files of a message: pictures in place, everything else to download. */
export function Attachments({ files, conversationId }: AttachmentsProps) {
  if (files.length === 0) return null
  return (
    <div class="files">
      {files.map((file) =>
        'url' in file ? (
          <File key={file.id} file={file} conversationId={conversationId ?? ''} />
        ) : (
          <div class="file" key={file.key}>
            <Picture src={file.preview} />
            <Name name={file.name} bytes={file.bytes} />
          </div>
        ),
      )}
    </div>
  )
}

function File({ file, conversationId }: { file: Attachment; conversationId: string }) {
  const model = useModel()
  const { t } = useAllTexts()
  const [failed, setFailed] = useState<string>()
  const { id, name, type, bytes, url, previewUrl, width, height } = file
  const src = previewUrl ?? url
  const isShown = isInlineImage(type) && failed !== src
  const onClick = async (event: MouseEvent) => {
    if (!isStale(url)) return
    event.preventDefault()
    const address = await freshAddress(model, conversationId, id)
    if (address) open(address, '_blank', 'noopener')
  }
  const onError = () => {
    setFailed(src)
    if (isStale(src)) void freshAddress(model, conversationId, id)
  }
  const link = { target: '_blank', rel: 'noopener noreferrer', onClick }
  if (isShown) {
    return (
      <a {...link} href={url} class="picture" aria-label={t('openPicture', { name })}>
        <img
          src={src}
          alt={name}
          width={width ?? undefined}
          height={height ?? undefined}
          loading="lazy"
          decoding="async"
          onError={onError}
        />
      </a>
    )
  }
  return (
    <a {...link} href={url} class="file" download={name}>
      <span class="spoken">{t('download')} </span>
      <Picture src={undefined} />
      <Name name={name} bytes={bytes} />
      <LaterIcon name="download" />
    </a>
  )
}

function Name({ name, bytes }: { name: string; bytes: number }) {
  const { locale } = useAllTexts()
  return (
    <span class="file-text">
      <b>{name}</b> <span class="hint">{fileSize(bytes, locale)}</span>
    </span>
  )
}
