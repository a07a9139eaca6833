import type { AgentMessage } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { Icon } from '../ui/Icon.tsx'
import { EmailDialog } from './EmailDialog.tsx'
import { words } from './words.ts'

const w = words.original

type Original = NonNullable<AgentMessage['original']>

/** From which address a message came by e-mail, and whether that is proved. */
export function OriginalMark({ original }: { original: Original }) {
  return (
    <>
      <span class="entry-via soft">
        <Icon name="mail" size={12} />
        <span class="original-from">{w.by(original.from)}</span>
      </span>
      {!original.proved && (
        <span class="mark warm" title={w.unprovedWhy}>
          <Icon name="warning" size={12} />
          {w.unproved}
          <span class="hidden-visually">. {w.unprovedWhy}</span>
        </span>
      )}
    </>
  )
}

/** Opens the e-mail that a message was. */
export function ViewOriginal({ original }: { original: Original }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <p class="entry-foot">
        <button type="button" class="link-button" onClick={() => setOpen(true)}>
          {w.view}
        </button>
      </p>
      {open && <EmailDialog id={original.emailId} onClose={() => setOpen(false)} />}
    </>
  )
}
