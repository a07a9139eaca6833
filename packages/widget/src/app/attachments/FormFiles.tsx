import { useAllTexts } from '../context.ts'
import { FormProblem } from '../ui/FormProblem.tsx'
import { AttachButton } from './AttachButton.tsx'
import { DropHint } from './DropHint.tsx'
import { PickedFiles } from './PickedFiles.tsx'
import { useFileDrop } from './use-file-drop.ts'

interface FormFilesProps {
  /** The name of the form. */
  place: string
  form: { current: HTMLElement | null }
  error?: string
}

/** The files of a form: those that have been picked, and the way to pick, drop or paste more. */
export function FormFiles({ place, form, error }: FormFilesProps) {
  const { t } = useAllTexts()
  const isOver = useFileDrop(form, place)
  return (
    <div class="form-files">
      <PickedFiles place={place} />
      <AttachButton place={place} withText />
      <p class="hint">{t('attachHint')}</p>
      <FormProblem text={error} />
      {isOver && <DropHint />}
    </div>
  )
}
