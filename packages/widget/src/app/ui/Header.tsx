import { useModel, useStore, useTexts } from '../context.ts'
import type { Screen } from '../screen.ts'
import { Icon } from './icons.tsx'

interface HeaderProps {
  title: string
  line?: string
  /** Where the way back leads. (Default: home) */
  back?: Screen['name'] & ('home' | 'tickets')
}

/** The bar above a screen: back, a title with a line below it, close. */
export function Header({ title, line, back = 'home' }: HeaderProps) {
  const { store } = useModel()
  const { t } = useTexts()
  return (
    <header class="head">
      <button
        class="round"
        type="button"
        aria-label={t('back')}
        onClick={() => store.set({ screen: { name: back } })}
      >
        <Icon name="back" />
      </button>
      <div class="head-text">
        <h2 dir="auto">{title}</h2>
        {line && <p>{line}</p>}
      </div>
      <CloseButton />
    </header>
  )
}

/** Closes the panel; an inline widget has nothing to close. */
export function CloseButton() {
  const { shell } = useModel()
  const { t } = useTexts()
  if (useStore((state) => state.isInline)) return null
  return (
    <button class="round" type="button" aria-label={t('close')} onClick={shell.close}>
      <Icon name="close" />
    </button>
  )
}
