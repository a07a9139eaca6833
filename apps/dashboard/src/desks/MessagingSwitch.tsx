import { errorText } from '../client.ts'
import { Switch } from '../ui/Switch.tsx'
import { say } from '../ui/toasts.ts'
import { type OpenDesk, useDesk } from './open-desk.ts'
import { words } from './words.ts'

const w = words.messaging

/** Turns messaging on or off for the whole desk, and says what that means; can be undone. */
export async function setMessaging(desk: OpenDesk, enabled: boolean, undoable = true): Promise<void> {
  try {
    await desk.update({ messaging: { enabled } })
    const undo = { label: w.undo, run: () => void setMessaging(desk, !enabled, false) }
    say(enabled ? w.turnedOn : w.turnedOff, { action: undoable ? undo : null })
  } catch (error) {
    say(w.failed(errorText(error)), { tone: 'danger' })
  }
}

/** Whether a role may change settings. */
export function mayChange(role: string | undefined): boolean {
  return role === 'owner' || role === 'admin'
}

/** The messaging switch of the desk, on the Messages page. */
export function MessagingSwitch() {
  const desk = useDesk()
  const settings = desk.settings.value
  if (!settings) return null
  return (
    <span class="messaging-switch" title={mayChange(settings.role) ? undefined : words.adminOnly}>
      <Switch
        small
        label={w.label}
        checked={settings.messaging.enabled}
        disabled={!mayChange(settings.role)}
        onChange={(enabled) => setMessaging(desk, enabled)}
      />
    </span>
  )
}
