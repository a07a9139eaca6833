import type { Contact } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { client, errorText } from '../client.ts'
import { contactName } from '../conversations/words.ts'
import { useDesk } from '../desks/open-desk.ts'
import { Icon } from '../ui/Icon.tsx'
import { Switch } from '../ui/Switch.tsx'
import { formatFull, formatMoment } from '../ui/time.ts'
import { say } from '../ui/toasts.ts'
import { words } from './words.ts'

interface PreferencesProps {
  contact: Contact
  /** Whether the agent may change anything. */
  may: boolean
  onChanged: () => void
}

/** Whether e-mails reach the contact, and whether the contact wants any. */
export function MailPreferences({ contact, may, onChanged }: PreferencesProps) {
  const desk = useDesk()
  const [busy, setBusy] = useState(false)
  const change = async (what: Parameters<typeof client.contacts.update>[2], done: string) => {
    setBusy(true)
    try {
      await withSession(() => client.contacts.update(desk.id, contact.id, what))
      say(done)
      onChanged()
    } catch (error) {
      say(words.notChanged(errorText(error)), { tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }
  const name = contactName(contact)
  const { emailBounce: bounce, emailOptedOut: isOut } = contact
  return (
    <section class="mail-wishes" aria-label={words.mails}>
      {bounce && (
        <div class="notice danger bounce">
          <Icon name="warning" />
          <div>
            <strong>{words.bounced}</strong>
            <p title={formatFull(bounce.at)}>{words.bouncedWhy(formatMoment(bounce.at))}</p>
            <p class="bounce-detail">{bounce.detail}</p>
            {may && (
              <button
                type="button"
                class="link-button"
                disabled={busy}
                onClick={() => void change({ emailBounce: null }, words.tryAgainDone)}
              >
                {words.tryAgain}
              </button>
            )}
          </div>
        </div>
      )}
      <Switch
        small
        label={words.mails}
        hint={isOut ? words.mailsOff : words.mailsOn}
        checked={!isOut}
        disabled={!may || busy}
        onChange={(wanted) =>
          void change({ emailOptedOut: !wanted }, wanted ? words.optedIn(name) : words.optedOut(name))
        }
      />
    </section>
  )
}
