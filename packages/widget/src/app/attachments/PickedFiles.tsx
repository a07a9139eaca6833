import { useLayoutEffect, useRef } from 'preact/hooks'
import { useAllTexts, useModel, useStore } from '../context.ts'
import { Icon } from '../ui/icons.tsx'
import type { PickedFile } from './files.ts'
import { Picture } from './Picture.tsx'
import { fileSize } from './sizes.ts'
import { fileError, removeFile, restoreFiles, retryFile, retryPassing } from './uploads.ts'

const none: readonly PickedFile[] = []

/** The files that will go with a message, each with what has become of it. */
export function PickedFiles({ place }: { place: string }) {
  const model = useModel()
  const { t } = useAllTexts()
  const files = useStore((state) => state.files[place] ?? none)
  const connection = useStore((state) => state.connection)
  const list = useRef<HTMLUListElement>(null)
  useLayoutEffect(() => restoreFiles(model, place), [model, place])
  useLayoutEffect(() => {
    if (connection === 'ok') retryPassing(model, place)
  }, [model, place, connection])
  const remove = (id: string) => {
    const index = files.findIndex((file) => file.id === id)
    const around = list.current?.parentElement
    const others = [...(list.current?.querySelectorAll<HTMLElement>('.remove') ?? [])].toSpliced(index, 1)
    removeFile(model, place, id)
    // What had the focus will be gone: the next file has it, or the way to attach another one.
    const next = others[index] ?? others.at(-1)
    ;(next ?? around?.querySelector<HTMLElement>('.attach') ?? around?.querySelector('textarea'))?.focus()
  }
  if (files.length === 0) return null
  return (
    <ul class="picked" ref={list} aria-label={t('files')}>
      {files.map((file) => (
        <Row key={file.id} file={file} place={place} onRemove={remove} />
      ))}
    </ul>
  )
}

interface RowProps {
  file: PickedFile
  place: string
  onRemove: (id: string) => void
}

function Row({ file, place, onRemove }: RowProps) {
  const model = useModel()
  const { t } = useAllTexts()
  const { id, name, state, preview, progress = 0 } = file
  const isRunning = state === 'uploading' || state === 'waiting'
  return (
    <li class={state}>
      <Picture src={preview} />
      <span class="file-text">
        <b>{name}</b>
        <State file={file} />
        {isRunning && <progress value={progress} aria-label={name} />}
      </span>
      {state === 'failed' && (
        <button
          class="link"
          type="button"
          aria-label={t('retryFile', { name })}
          onClick={() => retryFile(model, place, id)}
        >
          {t('retry')}
        </button>
      )}
      <button
        class="round remove"
        type="button"
        aria-label={t(isRunning ? 'cancelFile' : 'removeFile', { name })}
        onClick={() => onRemove(id)}
      >
        <Icon name="close" />
      </button>
    </li>
  )
}

function State({ file: { state, error, bytes, progress = 0 } }: { file: PickedFile }) {
  const texts = useAllTexts()
  const { t, locale } = texts
  if (error !== undefined) {
    return (
      <span class="bad">
        <Icon name="alert" />
        {fileError(texts, error)}
      </span>
    )
  }
  const percent = progress.toLocaleString(locale, { style: 'percent' })
  return (
    <span class="hint">
      {state === 'waiting' && t('fileWaiting')}
      {state === 'uploading' && t('fileUploading', { percent })}
      {state === 'done' && fileSize(bytes, locale)}
    </span>
  )
}
