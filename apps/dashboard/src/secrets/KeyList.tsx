import type { SecretKey } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { client, errorText } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { Section } from '../desks/SettingsPage.tsx'
import type { Answer } from '../ui/answer.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Icon } from '../ui/Icon.tsx'
import { formatAgo, formatFull, formatMoment } from '../ui/time.ts'
import { say } from '../ui/toasts.ts'
import { NewKey, type NewSecret } from './NewKey.tsx'
import { RetireLater } from './RetireLater.tsx'
import { words } from './words.ts'

const w = words.keys

/** The desk's keys: make one, say when one retires, retire one now. */
export function KeyList({ answer }: { answer: Answer<{ secrets: SecretKey[] }> }) {
  const desk = useDesk()
  const [made, setMade] = useState<NewSecret | null>(null)
  const [busy, setBusy] = useState(false)
  const create = async () => {
    setBusy(true)
    try {
      setMade(await withSession(() => client.secrets.create(desk.id)))
      answer.reload()
    } catch (error) {
      say(errorText(error), { tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }
  const keys = answer.value?.secrets
  return (
    <div class="settings-form">
      <Section title={w.title} text={w.text}>
        {answer.error !== null && <Failure error={answer.error} text={w.failed} onRetry={answer.reload} />}
        {keys?.length === 0 && <p class="notice">{w.none}</p>}
        {keys && keys.length > 0 && <Keys keys={keys} onChanged={answer.reload} />}
        <div>
          <button type="button" class="button outline" disabled={busy} onClick={() => void create()}>
            <Icon name="key" />
            {w.create}
          </button>
        </div>
        <details class="rotation">
          <summary>{w.rotation}</summary>
          <ol>
            {w.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p>{w.leaked}</p>
        </details>
      </Section>
      {made && <NewKey made={made} onDone={() => setMade(null)} />}
    </div>
  )
}

function Keys({ keys, onChanged }: { keys: readonly SecretKey[]; onChanged: () => void }) {
  const desk = useDesk()
  const [asked, setAsked] = useState<{ key: SecretKey; what: 'now' | 'later' } | null>(null)
  const close = () => setAsked(null)
  const retireAt = async (key: SecretKey, retiresAt: string | null) => {
    await withSession(() => client.secrets.update(desk.id, key.id, { retiresAt }))
    say(retiresAt ? w.planned(key.id, formatMoment(retiresAt)) : w.kept(key.id))
    onChanged()
  }
  const keep = (key: SecretKey) =>
    retireAt(key, null).catch((error: unknown) => say(errorText(error), { tone: 'danger' }))
  return (
    <>
      <ul class="keys" aria-label={w.list}>
        {keys.map((key) => (
          <KeyRow
            key={key.id}
            secret={key}
            onAsk={(what) => setAsked({ key, what })}
            onKeep={() => void keep(key)}
          />
        ))}
      </ul>
      {asked?.what === 'now' && (
        <Confirm
          title={w.nowTitle(asked.key.id)}
          text={w.nowText}
          action={w.retireNow.replace('…', '')}
          danger
          onClose={close}
          onConfirm={async () => {
            await withSession(() => client.secrets.remove(desk.id, asked.key.id))
            say(w.nowDone(asked.key.id))
            onChanged()
          }}
        />
      )}
      {asked?.what === 'later' && (
        <RetireLater secret={asked.key} onClose={close} onRetire={(at) => retireAt(asked.key, at)} />
      )}
    </>
  )
}

interface RowProps {
  secret: SecretKey
  onAsk: (what: 'now' | 'later') => void
  onKeep: () => void
}

function KeyRow({ secret, onAsk, onKeep }: RowProps) {
  const { id, live, retiresAt, createdAt, createdBy, lastUsedAt } = secret
  return (
    <li class={live ? 'key' : 'key retired'}>
      <div class="key-head">
        <Icon name="key" />
        <code>{id}</code>
        <CopyButton icon text={id} label={w.copyId} class="fact-copy" />
        <span class={live ? 'mark good' : 'mark'} title={retiresAt ? formatFull(retiresAt) : undefined}>
          {live ? (retiresAt ? w.retires(formatMoment(retiresAt)) : w.live) : w.retired}
        </span>
      </div>
      <p class="soft">
        <span title={formatFull(createdAt)}>{w.created(formatMoment(createdAt), createdBy)}</span>
        {' · '}
        <span title={lastUsedAt ? formatFull(lastUsedAt) : undefined}>
          {lastUsedAt ? w.used(formatAgo(lastUsedAt)) : w.unused}
        </span>
      </p>
      {live && (
        <div class="key-actions">
          {retiresAt && (
            <button type="button" class="link-button" onClick={onKeep}>
              {w.keep}
            </button>
          )}
          <button type="button" class="link-button" onClick={() => onAsk('later')}>
            {w.retireAt}
          </button>
          <button type="button" class="link-button" onClick={() => onAsk('now')}>
            {w.retireNow}
          </button>
        </div>
      )}
    </li>
  )
}
