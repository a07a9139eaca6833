import { useState } from 'preact/hooks'
import { errorText } from '../client.ts'
import { Section } from '../desks/SettingsPage.tsx'
import { Confirm } from '../ui/Confirm.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Icon } from '../ui/Icon.tsx'
import { say } from '../ui/toasts.ts'
import type { DeskMail } from './desk-mail.ts'
import { words } from './words.ts'

const w = words.dkim

/** The key that signs a desk's e-mails: make it, publish its record, change it, do without. */
export function Dkim({ mail }: { mail: DeskMail }) {
  const [asked, setAsked] = useState<'rotate' | 'stop' | null>(null)
  const [busy, setBusy] = useState(false)
  const settings = mail.settings.value
  if (!settings) return null
  const { dkim, sender, installation } = settings
  const domain = (sender.address ?? installation.sender.address).replace(/^.*@/, '')
  const make = async () => {
    await mail.makeDkimKey()
    say(w.made)
  }
  const makeFirst = async () => {
    setBusy(true)
    try {
      await make()
    } catch (error) {
      say(errorText(error), { tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section id="settings-dkim" title={w.title} text={w.text}>
      {dkim === null ? (
        <div class="dkim-off">
          <span class="soft">{sender.address === null ? w.needsSender : w.off(domain)}</span>
          {sender.address !== null && (
            <button type="button" class="button outline" disabled={busy} onClick={() => void makeFirst()}>
              <Icon name="key" />
              {w.make}
            </button>
          )}
        </div>
      ) : (
        <>
          <p class={dkim.domain === domain ? 'notice good' : 'notice warm'}>
            <Icon name={dkim.domain === domain ? 'check' : 'warning'} />
            <span>
              {dkim.domain === domain ? w.on(domain) : w.foreign(dkim.domain, domain)} {w.publish}
            </span>
          </p>
          <Record record={dkim.record} />
          <div class="key-actions">
            <button type="button" class="link-button" onClick={() => setAsked('rotate')}>
              {w.rotate}
            </button>
            <button type="button" class="link-button" onClick={() => setAsked('stop')}>
              {w.stop}
            </button>
          </div>
        </>
      )}
      {asked === 'rotate' && (
        <Confirm
          title={w.rotateTitle}
          text={w.rotateText}
          action={w.rotateAction}
          onClose={() => setAsked(null)}
          onConfirm={make}
        />
      )}
      {asked === 'stop' && (
        <Confirm
          title={w.stopTitle}
          text={w.stopText}
          action={w.stopAction}
          danger
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            await mail.update({ dkim: null })
            say(w.stopped)
          }}
        />
      )}
    </Section>
  )
}

/** A record to publish in the DNS, part by part as its forms ask for it. */
function Record({ record }: { record: { name: string; value: string } }) {
  return (
    <dl class="dns-record">
      <div>
        <dt>{w.type}</dt>
        <dd>
          <code>TXT</code>
        </dd>
      </div>
      <div>
        <dt>{w.name}</dt>
        <dd>
          <code>{record.name}</code>
          <CopyButton icon text={record.name} label={w.copyName} class="fact-copy" />
        </dd>
      </div>
      <div>
        <dt>{w.value}</dt>
        <dd>
          <code>{record.value}</code>
          <CopyButton icon text={record.value} label={w.copyValue} class="fact-copy" />
        </dd>
      </div>
    </dl>
  )
}
