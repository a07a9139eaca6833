import { useLayoutEffect, useRef } from 'preact/hooks'
import { useTexts } from '../context.ts'
import { Icon } from '../ui/icons.tsx'

/** A picture that fills the screen. */
export interface ShownPicture {
  address: string
  alt: string
}

/** Shows a picture over everything; a click or Escape closes it, and the focus goes back to where it was. */
export function Zoom({ picture, onClose }: { picture: ShownPicture; onClose: () => void }) {
  const { t } = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element) return
    const opener = (element.getRootNode() as ShadowRoot).activeElement as HTMLElement | null
    if (element.showModal) element.showModal()
    else element.open = true
    return () => opener?.focus({ preventScroll: true })
  }, [])
  return (
    <dialog
      ref={dialog}
      class="zoom"
      aria-label={picture.alt || undefined}
      onClick={onClose}
      onCancel={onClose}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // It would close the panel as well.
        event.stopPropagation()
        event.preventDefault()
        onClose()
      }}
    >
      <img src={picture.address} alt={picture.alt} />
      <button class="round" type="button" aria-label={t('close')} onClick={onClose}>
        <Icon name="close" />
      </button>
    </dialog>
  )
}
