import type { Desk } from '@helpdesk/core/api'
import type { ComponentChildren } from 'preact'
import { href } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { mayChange, setMessaging } from './MessagingSwitch.tsx'
import { useDesk } from './open-desk.ts'
import { words } from './words.ts'

const w = words.messaging

/** Says which switch keeps visitors from writing, and how to turn it on; nothing when they can. */
export function MessagingNotice() {
  const desk = useDesk()
  const settings = desk.settings.value
  if (!settings) return null
  const may = mayChange(settings.role)
  const link = (section: 'widget' | 'general', text: string) =>
    may && <a href={href({ page: 'settings', deskId: desk.id, section })}>{text}</a>
  const block = blockedBy(settings)
  if (block === 'messaging') {
    return (
      <Notice title={w.off} text={w.offText}>
        {may && (
          <button type="button" class="link-button" onClick={() => setMessaging(desk, true)}>
            {w.turnOn}
          </button>
        )}
      </Notice>
    )
  }
  if (block === 'widget') {
    return (
      <Notice title={w.widgetOff} text={w.widgetOffText}>
        {link('widget', w.toWidget)}
      </Notice>
    )
  }
  if (block === 'feature') return <Notice title={w.featureOff} text={w.featureOffText} />
  if (block === 'inactive') {
    return (
      <Notice title={w.inactive} text={w.inactiveText}>
        {link('general', w.toGeneral)}
      </Notice>
    )
  }
  return null
}

type Block = 'feature' | 'inactive' | 'messaging' | 'widget'

/** What keeps visitors from writing, the widest reason first. */
function blockedBy({ active, features, messaging, widget }: Desk): Block | null {
  if (!features.messaging) return 'feature'
  if (!active) return 'inactive'
  if (!messaging.enabled) return 'messaging'
  return widget.messagingEnabled ? null : 'widget'
}

function Notice({ title, text, children }: { title: string; text: string; children?: ComponentChildren }) {
  return (
    <div class="notice warm list-notice">
      <Icon name="warning" />
      <div>
        <strong>{title}</strong> {text} {children}
      </div>
    </div>
  )
}
