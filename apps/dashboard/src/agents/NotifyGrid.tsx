import { notifyModes } from '@helpdesk/core'
import type { Agent } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { Segments } from '../ui/Segments.tsx'
import { words } from './words.ts'

type Switches = Agent['notifications']
type Channel = keyof Switches

const w = words.profile.notify
const channels = Object.keys(w.channels) as Channel[]
const options = notifyModes.map((value) => ({ value, label: w.modes[value] }))

interface GridProps {
  switches: Switches
  /** Saves the channels that are to change; never fails. */
  onChange: (change: Partial<Switches>) => Promise<void>
}

/** Of which conversations the agent gets e-mails, channel by channel, and all channels at once. */
export function NotifyGrid({ switches: saved, onChange }: GridProps) {
  // What was chosen shows at once, and goes back when it could not be saved.
  const [chosen, setChosen] = useState<Partial<Switches>>({})
  const switches = { ...saved, ...chosen }
  const choose = async (change: Partial<Switches>) => {
    setChosen((before) => ({ ...before, ...change }))
    await onChange(change)
    // What was chosen meanwhile is still on its way.
    setChosen((before) =>
      Object.fromEntries(
        Object.entries(before).filter(([channel, mode]) => mode !== change[channel as Channel]),
      ),
    )
  }
  const [first] = channels
  const same = first !== undefined && channels.every((channel) => switches[channel] === switches[first])
  return (
    <div class="field">
      <span class="label">{w.title}</span>
      <p class="hint">{w.hint}</p>
      <div class="notify-grid">
        <div class="notify-row all">
          <span>
            <span>{w.all}</span>
            {!same && <span class="soft notify-mixed">{w.mixed}</span>}
          </span>
          <Segments
            label={w.all}
            value={same ? switches[first] : 'mixed'}
            options={options}
            onChange={(mode) => {
              if (mode === 'mixed') return
              void choose(Object.fromEntries(channels.map((channel) => [channel, mode])))
            }}
          />
        </div>
        {channels.map((channel) => (
          <div key={channel} class="notify-row">
            <span>{w.channels[channel]}</span>
            <Segments
              label={w.channels[channel]}
              value={switches[channel]}
              options={options}
              onChange={(mode) => void choose({ [channel]: mode })}
            />
          </div>
        ))}
      </div>
      <p class="hint">{w.when}</p>
    </div>
  )
}
