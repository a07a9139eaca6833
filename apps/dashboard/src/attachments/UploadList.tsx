import { Icon } from '../ui/Icon.tsx'
import type { UploadItem, Uploads } from './uploads.ts'
import { sizeText, words } from './words.ts'

/** The files of what is being written, each with how far it is and what can be done about it. */
export function UploadList({ uploads, items }: { uploads: Uploads; items: readonly UploadItem[] }) {
  if (items.length === 0) return null
  return (
    <ul class="uploads" aria-label={words.list}>
      {items.map((item) => (
        <UploadRow key={item.id} item={item} uploads={uploads} />
      ))}
    </ul>
  )
}

function UploadRow({ item, uploads }: { item: UploadItem; uploads: Uploads }) {
  const { id, name, bytes, state, sent, problem, retriable } = item
  const busy = state === 'sending' || state === 'waiting'
  return (
    <li class={`upload ${state}`}>
      <Icon name={state === 'failed' ? 'warning' : 'file'} />
      <span class="upload-name ellipsis" title={name}>
        {name}
      </span>
      <span class="upload-state soft numeric" role={problem ? 'alert' : undefined}>
        {problem ?? (busy ? progressText(item) : sizeText(bytes))}
      </span>
      {state === 'failed' && retriable && (
        <button type="button" class="link-button" onClick={() => uploads.retry(id)}>
          <span aria-hidden="true">Try again</span>
          <span class="hidden-visually">{words.retry(name)}</span>
        </button>
      )}
      <button
        type="button"
        class="fact-copy"
        aria-label={busy ? words.cancel(name) : words.remove(name)}
        title={busy ? words.cancel(name) : words.remove(name)}
        onClick={() => uploads.remove(id)}
      >
        <Icon name="close" />
      </button>
      {busy && <progress value={sent} max={1} aria-label={words.progress(name)} />}
      {state === 'ready' && (
        <span class="hidden-visually" role="status">
          {words.ready(name)}
        </span>
      )}
    </li>
  )
}

function progressText({ state, sent }: UploadItem): string {
  return state === 'waiting' ? words.waiting : words.sending(Math.round(sent * 100))
}
