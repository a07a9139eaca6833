import { useModel, useStore, useTexts } from '../context.ts'
import { homeOf, type Screen } from '../screen.ts'
import { Icon } from './icons.tsx'

interface HeaderProps {
  /** Absent where the screen begins with a heading of its own. */
  title?: string
  line?: string
  /** Where the way back leads. (Default: home) */
  back?: Screen | 'tickets'
}

/** The bar above a screen: back, a title with a line below it, close. */
export function Header({ title, line, back }: HeaderProps) {
  const { shell, store, only } = useModel()
  const { t } = useTexts()
  const here = useStore((state) => state.screen.name)
  const target: Screen = back === 'tickets' ? { name: back } : (back ?? homeOf(shell.options))
  return (
    <header class="head">
      {only === undefined && (back || target.name !== here) && (
        <button
          class="round"
          type="button"
          aria-label={t('back')}
          onClick={() => store.set({ screen: target })}
        >
          <Icon name="back" />
        </button>
      )}
      <div class="head-text">
        {title && <h2 dir="auto">{title}</h2>}
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
