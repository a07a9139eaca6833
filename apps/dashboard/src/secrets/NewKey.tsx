import type { SecretKey } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Fact } from '../ui/Fact.tsx'
import { words } from './words.ts'

const w = words.keys

/** A key that was just made, with its secret. */
export interface NewSecret {
  key: SecretKey
  secret: string
}

/** The one time that a secret is seen: it does not go away before somebody says that it is stored. */
export function NewKey({ made, onDone }: { made: NewSecret; onDone: () => void }) {
  const [stored, setStored] = useState(false)
  return (
    <Dialog label={w.madeTitle} class="new-key">
      <h2>{w.madeTitle}</h2>
      <p>{w.madeText}</p>
      <dl class="facts">
        <Fact name={w.keyId}>
          <code>{made.key.id}</code>
          <CopyButton icon text={made.key.id} label={w.copyId} class="fact-copy" />
        </Fact>
        <Fact name={w.secret}>
          <code class="secret">{made.secret}</code>
        </Fact>
      </dl>
      <div>
        <CopyButton text={made.secret} label={w.copySecret} />
      </div>
      <label class="stored">
        <input
          type="checkbox"
          checked={stored}
          onChange={(event) => setStored(event.currentTarget.checked)}
        />
        {w.stored}
      </label>
      <div class="dialog-buttons">
        <button type="button" class="button primary" disabled={!stored} onClick={onDone}>
          {w.done}
        </button>
      </div>
    </Dialog>
  )
}
