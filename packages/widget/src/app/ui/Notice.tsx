import type { ComponentChildren } from 'preact'
import { useStore, useTexts } from '../context.ts'
import { Icon } from './icons.tsx'

/** A calm block of explanation. */
export function Notice({ children }: { children: ComponentChildren }) {
  return <p class="notice">{children}</p>
}

/** Something that failed as a whole, with a way to try again. */
export function Failure({ text, onRetry }: { text: string; onRetry: () => void }) {
  const { t } = useTexts()
  return (
    <div class="failure" role="alert">
      <Icon name="alert" />
      <p>{text}</p>
      <button class="quiet" type="button" onClick={onRetry}>
        {t('retry')}
      </button>
    </div>
  )
}

/** Grey lines in the place of what is being loaded. */
export function Loading() {
  const { t } = useTexts()
  return (
    <div class="loading" role="status" aria-label={t('loading')}>
      <i />
      <i />
      <i />
    </div>
  )
}

/** The strip that says that there is no connection. */
export function ConnectionStrip() {
  const connection = useStore((state) => state.connection)
  const { t } = useTexts()
  return (
    <p class="strip" role="status">
      {connection === 'offline' && t('offline')}
      {connection === 'unreachable' && t('unreachable')}
    </p>
  )
}
