import { useModel, useStore, useTexts } from '../context.ts'
import { Icon } from './icons.tsx'

/** The bar above a screen: back to the home screen, a title with a line below it, close. */
export function Header({ title, line }: { title: string; line?: string }) {
  const { store } = useModel()
  const { t } = useTexts()
  return (
    <header class="head">
      <button
        class="round"
        type="button"
        aria-label={t('back')}
        onClick={() => store.set({ screen: { name: 'home' } })}
      >
        <Icon name="back" />
      </button>
      <div class="head-text">
        <h2>{title}</h2>
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
