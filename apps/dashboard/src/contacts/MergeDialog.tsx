import type { Contact } from '@helpdesk/core/api'
import { useEffect, useId, useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { client, errorText } from '../client.ts'
import { contactName } from '../conversations/words.ts'
import { type OpenDesk, useDesk } from '../desks/open-desk.ts'
import { useAnswer } from '../ui/answer.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { say } from '../ui/toasts.ts'
import { words as uiWords } from '../ui/words.ts'
import { isVouchedFor, words } from './words.ts'

const w = words.merge
const searchDelayMs = 200

interface DialogProps {
  contact: Contact
  onClose: () => void
  onChanged: () => void
}

/** Finds another contact, says what a merge does, and does it. */
export function MergeDialog({ contact, onClose, onChanged }: DialogProps) {
  const desk = useDesk()
  const [into, setInto] = useState<Contact | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const name = contactName(contact)
  const merge = async (target: Contact) => {
    setBusy(true)
    setError(null)
    try {
      const done = await withSession(() => client.contacts.merge(desk.id, contact.id, target.id))
      const undo = () => void takeBack(desk, done.merge.id, onChanged)
      say(w.done(name, contactName(target)), { action: { label: w.undo, run: undo } })
      onClose()
      onChanged()
    } catch (caught) {
      setError(caught)
      setBusy(false)
    }
  }
  return (
    <Dialog label={w.title} onClose={onClose} class="merge">
      <header class="dialog-head">
        <h2>{w.title}</h2>
        <button type="button" class="button quiet icon" aria-label={uiWords.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <p class="soft">{w.lead(name)}</p>
      <ContactPicker except={contact.id} picked={into} onPick={setInto} />
      <div role="status">
        {into && (
          <ul class="merge-happens">
            {w.happens(name, contactName(into)).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </div>
      {error !== null && <Failure error={error} />}
      <div class="dialog-buttons">
        <button type="button" class="button quiet" onClick={onClose}>
          {uiWords.cancel}
        </button>
        <button
          type="button"
          class="button primary"
          disabled={!into || busy}
          onClick={() => into && void merge(into)}
        >
          <span class="ellipsis">{into ? w.confirm(contactName(into)) : w.choose}</span>
        </button>
      </div>
    </Dialog>
  )
}

async function takeBack(desk: OpenDesk, mergeId: string, onChanged: () => void): Promise<void> {
  try {
    await withSession(() => client.contacts.undoMerge(desk.id, mergeId))
    say(w.undone)
    onChanged()
  } catch (error) {
    say(errorText(error), { tone: 'danger' })
  }
}

interface PickerProps {
  except: string
  picked: Contact | null
  onPick: (contact: Contact | null) => void
}

/** Contacts by name, address or external id; radio buttons, so that the arrow keys work. */
function ContactPicker({ except, picked, onPick }: PickerProps) {
  const desk = useDesk()
  const group = useId()
  const [text, setText] = useState('')
  const search = useLate(text.trim())
  const found = useAnswer(`${desk.id}/${search}`, () =>
    client.contacts.list(desk.id, { limit: '20', ...(search ? { search } : {}) }),
  )
  const contacts = (found.value?.contacts ?? []).filter((one) => one.id !== except)
  return (
    <>
      <Field label={w.search}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="search"
            maxLength={200}
            placeholder={w.placeholder}
            value={text}
            onInput={(event) => {
              setText(event.currentTarget.value)
              onPick(null)
            }}
          />
        )}
      </Field>
      <div class="picker" role="radiogroup" aria-label={w.results} aria-busy={found.loading}>
        {contacts.map((one) => (
          <label key={one.id} class="picker-option">
            <input type="radio" name={group} checked={picked?.id === one.id} onChange={() => onPick(one)} />
            <span>
              <strong>{contactName(one)}</strong>
              {isVouchedFor(one) && <span class="mark good">{words.identity[one.identity].mark}</span>}
              <span class="soft">{describe(one)}</span>
            </span>
          </label>
        ))}
      </div>
      <p class="soft picker-none" role="status">
        {found.error ? w.failed : !found.loading && contacts.length === 0 ? w.nobody : ''}
      </p>
    </>
  )
}

function describe(contact: Contact): string {
  const { name, email, externalId, client: its } = contact
  return [name && email, externalId, its?.name].filter(Boolean).join(' · ')
}

/** A text as it stood when typing paused. */
function useLate(text: string): string {
  const [late, setLate] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setLate(text), searchDelayMs)
    return () => clearTimeout(timer)
  }, [text])
  return late
}
