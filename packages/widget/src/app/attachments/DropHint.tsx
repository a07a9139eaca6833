import { useAllTexts } from '../context.ts'
import { LaterIcon } from '../ui/later-icons.tsx'

/** Covers the panel while files are held over it. */
export function DropHint() {
  const { t } = useAllTexts()
  return (
    <p class="drop">
      <LaterIcon name="clip" />
      {t('drop')}
    </p>
  )
}
