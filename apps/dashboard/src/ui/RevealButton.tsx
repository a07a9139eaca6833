import { Icon } from './Icon.tsx'

interface RevealProps {
  shown: boolean
  /** What it says while the secret is hidden, and while it is shown. */
  show: string
  hide: string
  onToggle: () => void
}

/** Shows a secret, or hides it again. */
export function RevealButton({ shown, show, hide, onToggle }: RevealProps) {
  const label = shown ? hide : show
  return (
    <button type="button" class="button quiet icon" aria-label={label} title={label} onClick={onToggle}>
      <Icon name={shown ? 'eyeOff' : 'eye'} />
    </button>
  )
}
