import { useDesk } from '../desks/open-desk.ts'
import { Icon } from '../ui/Icon.tsx'
import { words } from './words.ts'

/** Says when what is on the screen may be a little old; silent while all is well. */
export function StreamMark() {
  const desk = useDesk()
  const state = desk.stream.value
  const started = desk.settings.value !== null
  if (!started || state === 'live') return null
  return (
    <p class={`stream-mark ${state}`} role="status" title={state === 'polling' ? words.polling : undefined}>
      {state === 'polling' ? <Icon name="info" /> : <span class="spinner" />}
      <span>{state === 'polling' ? words.pollingShort : words.reconnecting}</span>
    </p>
  )
}
