import { useAllTexts } from '../context.ts'
import { Icon } from '../ui/icons.tsx'

/** Covers the panel while files are held over it. */
export function DropHint() {
  const { t } = useAllTexts()
  return (
    <p class="drop">
      <Icon name="clip" />
      {t('drop')}
    </p>
  )
}
