import { attachmentEndings } from '@helpdesk/core'
import { useRef } from 'preact/hooks'
import { useAllTexts, useModel } from '../context.ts'
import { LaterIcon } from '../ui/later-icons.tsx'
import { pickFiles } from './uploads.ts'

const accept = Object.keys(attachmentEndings)
  .map((ending) => `.${ending}`)
  .join()

/** Opens the file picker: an icon beside a line to write in, with words in a form. */
export function AttachButton({ place, withText }: { place: string; withText?: boolean }) {
  const model = useModel()
  const { t } = useAllTexts()
  const input = useRef<HTMLInputElement>(null)
  const onPicked = (field: HTMLInputElement) => {
    pickFiles(model, place, [...(field.files ?? [])])
    // The same file may be picked again after it was removed.
    field.value = ''
  }
  return (
    <>
      <input
        ref={input}
        class="picker"
        type="file"
        multiple
        accept={accept}
        hidden
        tabIndex={-1}
        aria-label={t('attach')}
        onChange={(event) => onPicked(event.currentTarget)}
      />
      <button
        class={withText ? 'attach' : 'round attach'}
        type="button"
        aria-label={withText ? undefined : t('attach')}
        title={withText ? undefined : t('attach')}
        onClick={() => input.current?.click()}
      >
        <LaterIcon name="clip" />
        {withText && t('attach')}
      </button>
    </>
  )
}
