import type { InboxItem } from '@helpdesk/core/api'
import type { Ref } from 'preact'
import { useImperativeHandle, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { InsertArticle } from '../articles/InsertArticle.tsx'
import { insertLines } from '../articles/insertion.ts'
import { AttachButton, FilesHint } from '../attachments/AttachButton.tsx'
import { filesOf, useDrop } from '../attachments/picking.ts'
import { UploadList } from '../attachments/UploadList.tsx'
import { words as fileWords } from '../attachments/words.ts'
import { client } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { Icon } from '../ui/Icon.tsx'
import { Segments } from '../ui/Segments.tsx'
import { Switch } from '../ui/Switch.tsx'
import { type Draft, keepDraft, type Mode, readDraft } from './drafts.ts'
import type { Outgoing } from './outbox.ts'
import type { Thread } from './thread.ts'
import { contactName, words } from './words.ts'

/** What the rest of the conversation may ask of its composer. */
export interface ComposerHandle {
  /** Puts the cursor in the text field, in that mode. */
  write(mode: Mode): void
  /** Puts a message that was not sent back into the text field. */
  takeBack(one: Outgoing): void
}

interface ComposerProps {
  thread: Thread
  item: InboxItem
  ref: Ref<ComposerHandle>
}

const w = words.composer
const maxLength = 20_000
const typingEveryMs = 3_000

/** Where the answer is written: a reply, or a note for the team. What is begun is kept. */
export function Composer({ thread, item, ref }: ComposerProps) {
  const desk = useDesk()
  const field = useRef<HTMLTextAreaElement>(null)
  const [draft, setDraft] = useDraft(desk.id, item.id)
  const [instantly, setInstantly] = useState<boolean | null>(null)
  const [finding, setFinding] = useState(false)
  const tellTyping = useTyping(desk.id, item.id)
  const { mode } = draft
  const text = draft[mode]
  const sendInstantly = instantly ?? desk.settings.value?.messaging.sendInstantlyDefault ?? false
  const over = text.trim().length - maxLength
  const uploads = desk.uploads(item.id)
  const files = uploads.items.value.filter((one) => one.mode === mode)
  const arriving = files.some((one) => one.state !== 'ready')
  const maySend = (text.trim() !== '' || files.length > 0) && over <= 0 && !arriving
  const attach = (picked: File[]) => {
    if (picked.length > 0) uploads.add(mode, picked)
  }
  const dropping = useDrop(field, attach)

  const insert = (lines: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {}
    const next = insertLines(text, selectionStart, selectionEnd, lines)
    setDraft({ ...draft, [mode]: next.text })
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(next.caret, next.caret)
    })
  }

  const send = (resolve: boolean) => {
    if (!maySend) return
    desk.outbox(item.id).send({
      mode,
      body: text.trim(),
      files: uploads.take(mode),
      sendInstantly: mode === 'reply' && sendInstantly,
      resolve: mode === 'reply' && resolve,
      afterSeq: thread.messages.peek().at(-1)?.seq ?? 0,
    })
    setDraft({ ...draft, [mode]: '', mode: 'reply' })
    setInstantly(null)
    field.current?.focus()
  }
  useImperativeHandle(ref, () => ({
    write(next) {
      setDraft({ ...draft, mode: next })
      field.current?.focus()
    },
    takeBack(one) {
      const kept = [draft[one.mode], one.body].filter(Boolean).join('\n\n')
      setDraft({ ...draft, mode: one.mode, [one.mode]: kept })
      uploads.putBack(one.mode, one.files)
      field.current?.focus()
    },
  }))
  useLayoutEffect(() => grow(field.current), [text, mode])
  return (
    <div class={`composer ${mode}`}>
      <OthersTyping thread={thread} />
      <div class={dropping ? 'composer-box dropping' : 'composer-box'}>
        <textarea
          ref={field}
          class="composer-text"
          rows={2}
          dir="auto"
          aria-label={mode === 'note' ? w.noteLabel : w.replyTo(contactName(item.contact))}
          placeholder={mode === 'note' ? w.notePlaceholder : w.replyPlaceholder(contactName(item.contact))}
          value={text}
          onInput={(event) => {
            setDraft({ ...draft, [mode]: event.currentTarget.value })
            if (mode === 'reply') tellTyping()
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur()
            if (!(event.ctrlKey || event.metaKey)) return
            if (event.key === '/') {
              event.preventDefault()
              setFinding(true)
            }
            if (event.key !== 'Enter') return
            event.preventDefault()
            send(event.shiftKey)
          }}
          onPaste={(event) => {
            const pasted = filesOf(event.clipboardData)
            if (pasted.length > 0) event.preventDefault()
            attach(pasted)
          }}
        />
        {dropping && (
          <p class="drop-hint">
            <Icon name="clip" />
            {fileWords.drop}
          </p>
        )}
        <UploadList uploads={uploads} items={files} />
        <div class="composer-bar">
          <Segments
            label={w.mode}
            value={mode}
            onChange={(next) => setDraft({ ...draft, mode: next })}
            options={[
              { value: 'reply', label: w.reply },
              { value: 'note', label: w.note },
            ]}
          />
          {mode === 'reply' && (
            <Instantly
              hasEmail={item.contact.email !== null}
              checked={sendInstantly}
              onChange={setInstantly}
            />
          )}
          {over > -500 && (
            <span class={over > 0 ? 'composer-count over' : 'composer-count'}>{count(over)}</span>
          )}
          <AttachButton onFiles={attach} />
          <InsertArticle about={item.subject} open={finding} onOpen={setFinding} onInsert={insert} />
          <FilesHint files={files} />
          <SendButtons mode={mode} disabled={!maySend} onSend={send} />
        </div>
      </div>
    </div>
  )
}

function count(over: number): string {
  return over > 0 ? w.tooLong(over) : String(-over)
}

function useDraft(deskId: string, id: string): [Draft, (next: Draft) => void] {
  const [draft, setDraft] = useState(() => readDraft(deskId, id))
  const keep = (next: Draft) => {
    setDraft(next)
    keepDraft(deskId, id, next)
  }
  return [draft, keep]
}

/** Tells the contact and the other agents, at most every three seconds. */
function useTyping(deskId: string, id: string): () => void {
  const told = useRef(0)
  return () => {
    if (Date.now() - told.current < typingEveryMs) return
    told.current = Date.now()
    // Not worth an error, let alone a sign-in: that comes with the message.
    client.conversations.typing(deskId, id).catch(() => undefined)
  }
}

/** As tall as its text, within limits that the style sheet sets. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return
  field.style.height = 'auto'
  field.style.height = `${field.scrollHeight + 2}px`
}

function OthersTyping({ thread }: { thread: Thread }) {
  const desk = useDesk()
  const other = thread.typists.value.find((one) => one.by === 'agent' && one.agentId !== desk.agentId)
  return (
    <div role="status">
      {other && (
        <p class="collision">
          <Icon name="warning" size={14} />
          {words.conversation.agentTyping(other.name ?? '')}
        </p>
      )}
    </div>
  )
}

interface InstantlyProps {
  hasEmail: boolean
  checked: boolean
  onChange: (checked: boolean) => void
}

function Instantly({ hasEmail, checked, onChange }: InstantlyProps) {
  if (!hasEmail) return <span class="composer-hint soft">{w.noEmail}</span>
  return (
    <span title={w.instantlyHint}>
      <Switch small label={w.instantly} checked={checked} onChange={onChange} />
    </span>
  )
}

interface SendProps {
  mode: Mode
  disabled: boolean
  onSend: (resolve: boolean) => void
}

function SendButtons({ mode, disabled, onSend }: SendProps) {
  return (
    <div class="composer-send">
      {mode === 'reply' && (
        <button
          type="button"
          class="button quiet"
          title="Ctrl+Shift+Enter"
          disabled={disabled}
          onClick={() => onSend(true)}
        >
          {w.sendAndResolve}
        </button>
      )}
      <button
        type="button"
        class="button primary"
        title="Ctrl+Enter"
        disabled={disabled}
        onClick={() => onSend(false)}
      >
        {mode === 'note' ? w.addNote : w.send}
      </button>
    </div>
  )
}
