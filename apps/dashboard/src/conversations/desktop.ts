import type { AgentEvent } from '@helpdesk/core/api'
import { signal } from '@preact/signals'
import { navigate } from '../router.ts'
import { remember, remembered } from '../ui/storage.ts'
import { pageVisible } from '../ui/visibility.ts'
import { contactName } from './words.ts'

const available = () => typeof Notification !== 'undefined'

/** Whether the agent wants to be called from another tab or window. */
export const desktopNotifications = signal(
  available() && Notification.permission === 'granted' && (remembered<boolean>('desktop') ?? false),
)

/** Turns the calls on or off; `false` when the browser does not allow them. */
export async function setDesktopNotifications(on: boolean): Promise<boolean> {
  const allowed = !on || (available() && (await Notification.requestPermission()) === 'granted')
  desktopNotifications.value = on && allowed
  remember('desktop', desktopNotifications.value)
  return allowed
}

/** Calls the agent when a visitor has written while the page is in the background. */
export function callAgent(deskId: string, event: Extract<AgentEvent, { type: 'message.created' }>): void {
  if (!desktopNotifications.peek() || pageVisible.peek()) return
  const { conversation, message } = event
  const call = new Notification(`${contactName(conversation.contact)} · #${conversation.number}`, {
    body: message.body.slice(0, 140),
    tag: conversation.id,
  })
  call.onclick = () => {
    window.focus()
    navigate({ page: 'messages', deskId, view: 'all', conversationId: conversation.id })
    call.close()
  }
}
