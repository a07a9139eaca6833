import { useModel, useStore, useTexts } from '../context.ts'
import { offersWriting } from '../home/offers.ts'
import { useWay } from '../home/Ways.tsx'
import type { Screen } from '../screen.ts'

/** The way to conversations that are not in this browser, for whom no page and no mailbox has vouched yet. */
export function RestoreEntry({ text, from }: { text?: string; from?: Screen }) {
  const { shell } = useModel()
  const { t } = useTexts()
  const way = useWay({ name: 'restore', from })
  const isOffered = useStore(
    ({ desk, contact, history }) =>
      history !== 'loading' &&
      desk.securityLevel !== 'signature' &&
      offersWriting(desk) &&
      !contact?.emailVerified,
  )
  if (!isOffered || shell.visitor?.isIdentified) return null
  return (
    <button {...way} class="aside">
      {text || t('restore')}
    </button>
  )
}
