import { errorText } from '../client.ts'
import { Icon } from './Icon.tsx'
import { words } from './words.ts'

interface FailureProps {
  error: unknown
  /** What did not work. */
  text?: string
  /** Without it there is nothing to try again. */
  onRetry?: () => void
  class?: string
}

/** What did not work, and why. */
export function Failure({ error, text, onRetry, class: more }: FailureProps) {
  return (
    <p class={more ? `notice danger ${more}` : 'notice danger'} role="alert">
      <Icon name="warning" />
      <span>
        {text && `${text} `}
        {errorText(error)}
        {onRetry && (
          <>
            {' '}
            <button type="button" class="link-button" onClick={onRetry}>
              {words.tryAgain}
            </button>
          </>
        )}
      </span>
    </p>
  )
}
