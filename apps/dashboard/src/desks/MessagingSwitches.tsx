import { href } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { useDesk } from './open-desk.ts'
import { words } from './words.ts'

const w = words.messaging

/** The three switches that decide together, and how each stands; `widget` is the one on this page. */
export function MessagingSwitches({ widget }: { widget: boolean }) {
  const desk = useDesk()
  const settings = desk.settings.value
  if (!settings) return null
  const inbox = { page: 'messages', deskId: desk.id, view: 'all', conversationId: null } as const
  const switches = [
    { on: settings.messaging.enabled, label: <a href={href(inbox)}>{w.one}</a> },
    { on: widget, label: w.two },
    { on: settings.features.messaging, label: w.three },
  ]
  const all = switches.every((one) => one.on)
  return (
    <div class={all ? 'notice good' : 'notice warm'}>
      <Icon name={all ? 'check' : 'warning'} />
      <div>
        {w.all}
        <ul class="switch-states">
          {switches.map((one, index) => (
            <li key={index}>
              <span>{one.label}</span>
              <strong class={one.on ? 'on' : 'off'}>{one.on ? w.on : w.offWord}</strong>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
