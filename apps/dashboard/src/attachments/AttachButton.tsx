import { useRef } from 'preact/hooks'
import { Icon } from '../ui/Icon.tsx'
import type { UploadItem } from './uploads.ts'
import { acceptedEndings, words } from './words.ts'

/** Opens the file dialog; several files at once. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        class="button quiet icon"
        aria-label={words.attach}
        title={`${words.attach}. ${words.attachHint}`}
        onClick={() => input.current?.click()}
      >
        <Icon name="clip" />
      </button>
      <input
        ref={input}
        type="file"
        class="hidden-visually"
        tabIndex={-1}
        aria-label={words.attach}
        multiple
        accept={acceptedEndings}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          // The same file picked again would be no change.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

/** Why sending has to wait for the files. */
export function FilesHint({ files }: { files: readonly UploadItem[] }) {
  const failed = files.some((one) => one.state === 'failed')
  const arriving = files.some((one) => one.state === 'waiting' || one.state === 'sending')
  if (!failed && !arriving) return null
  return (
    <span class="composer-hint soft" role="status">
      {failed ? words.hasFailed : words.stillSending}
    </span>
  )
}
