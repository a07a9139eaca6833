import { isApiError } from '@helpdesk/client'
import { checkAttachment, isInlineImage, limits, mediaTypeOf } from '@helpdesk/core'
import { keepDraft } from '../conversations/drafts.ts'
import { forgetIfRefused } from '../conversations/history.ts'
import type { AllTexts } from '../i18n/texts.ts'
import type { Model } from '../model.ts'
import { filesDraft, type PickedFile, type SentFile } from './files.ts'
import { freePreviews } from './previews.ts'

/** What a file has beside what is shown of it. */
interface Work {
  file: File
  controller?: AbortController
}

const works = new WeakMap<Model, Map<string, Work>>()

/** Browsers open six connections to one server; some are needed for messages. */
const uploadsAtOnce = 3
/** Uploads that no message names are deleted after a day. */
const keptForMs = 23 * 60 * 60_000
/** Errors of the file itself: the same file will never be taken. */
const final = ['attachment_refused', 'payload_too_large', 'unsupported_media_type', 'attachments_disabled']
/** Errors of the way there, which may be better when the connection is back. */
const passing = ['network', 'timeout', 'unavailable']

/** The files of a place: a conversation's id or the name of a form. */
export function filesAt({ store }: Model, place: string): readonly PickedFile[] {
  return store.get().files[place] ?? []
}

/** Takes files that somebody picked, dropped or pasted, and begins to upload those that may be attached. */
export function pickFiles(model: Model, place: string, picked: readonly File[]): void {
  const known = filesAt(model, place)
  const room = limits.attachmentsPerMessage - known.filter(({ state }) => state !== 'refused').length
  const taken = picked.slice(0, Math.max(0, room)).map((file) => take(model, file))
  const left = picked.slice(taken.length)
  if (left.length) {
    const name = left.map((file) => file.name).join(', ')
    taken.push({ id: newId(), name, type: '', bytes: 0, state: 'refused', error: 'too_many' })
  }
  setFiles(model, place, [...known, ...taken])
  const refused = taken.find(({ state }) => state === 'refused')
  if (refused) announce(model, (texts) => `${refused.name}: ${fileError(texts, refused.error)}`)
  uploadNext(model)
}

/** Takes a file away again and ends its upload. */
export function removeFile(model: Model, place: string, id: string): void {
  const file = filesAt(model, place).find((one) => one.id === id)
  if (!file) return
  const work = worksOf(model).get(id)
  worksOf(model).delete(id)
  work?.controller?.abort()
  freePreviews([file])
  setFiles(
    model,
    place,
    filesAt(model, place).filter((one) => one !== file),
  )
  announce(model, ({ t }) => t('fileRemoved', { name: file.name }))
  uploadNext(model)
}

/** Uploads a file again that could not be uploaded. */
export function retryFile(model: Model, place: string, id: string): void {
  change(model, place, id, { state: 'waiting', error: undefined, progress: 0 })
  uploadNext(model)
}

/** Uploads again what failed because of the connection. */
export function retryPassing(model: Model, place: string): void {
  for (const { id, state, error } of filesAt(model, place)) {
    if (state === 'failed' && passing.includes(error ?? '')) retryFile(model, place, id)
  }
}

/** The files of a place once all of them have arrived; `null` when some could not be uploaded. */
export function whenUploaded(model: Model, place: string): Promise<readonly SentFile[] | null> {
  return new Promise((resolve) => {
    const look = () => {
      const files = filesAt(model, place)
      if (files.some(({ state }) => state === 'waiting' || state === 'uploading')) return
      end()
      resolve(files.some(({ state }) => state === 'failed') ? null : files.flatMap(sentFile))
    }
    const end = model.store.subscribe(look)
    look()
  })
}

/** Brings back the files that an earlier page had uploaded for a place. */
export function restoreFiles(model: Model, place: string): void {
  const { files, drafts } = model.store.get()
  const text = drafts[filesDraft(place)]
  if (files[place] || !text) return
  const kept = readFiles(text)
  setFiles(
    model,
    place,
    kept.map((file) => ({ ...file, id: file.key, state: 'done' })),
  )
}

/** What is wrong with a file, in words. */
export function fileError({ t, error }: AllTexts, code = ''): string {
  if (code === 'empty' || code === 'too_large' || code === 'type_not_allowed' || code === 'too_many')
    return t(`file.${code}`)
  return error(code)
}

function take(model: Model, file: File): PickedFile {
  const type = mediaTypeOf(file.name) ?? file.type
  const error = checkAttachment({ bytes: file.size, type }) ?? undefined
  const id = newId()
  if (!error) worksOf(model).set(id, { file })
  return {
    id,
    name: file.name,
    type,
    bytes: file.size,
    state: error ? 'refused' : 'waiting',
    error,
    preview: !error && isInlineImage(type) ? URL.createObjectURL(file) : undefined,
  }
}

function uploadNext(model: Model): void {
  const all = Object.entries(model.store.get().files)
  const running = all.flatMap(([, files]) => files).filter(({ state }) => state === 'uploading').length
  const waiting = all.flatMap(([place, files]) =>
    files.filter(({ state }) => state === 'waiting').map(({ id }) => ({ place, id })),
  )
  for (const { place, id } of waiting.slice(0, uploadsAtOnce - running)) void upload(model, place, id)
}

async function upload(model: Model, place: string, id: string): Promise<void> {
  const { client, shell, signal } = model
  const work = worksOf(model).get(id)
  if (!work) return
  const controller = new AbortController()
  work.controller = controller
  signal.addEventListener('abort', () => controller.abort(), { signal: controller.signal })
  change(model, place, id, { state: 'uploading', progress: 0 })
  const onProgress = (progress: number) => {
    const shown = filesAt(model, place).find((one) => one.id === id)?.progress ?? 0
    if (progress - shown >= 0.01) change(model, place, id, { progress })
  }
  try {
    const { file } = work
    const { key } = await client.uploadAttachment(file, { onProgress, signal: controller.signal })
    worksOf(model).delete(id)
    change(model, place, id, { state: 'done', key })
    announce(model, ({ t }) => t('fileAttached', { name: file.name }))
  } catch (cause) {
    if (controller.signal.aborted) return
    const error = isApiError(cause) ? cause.code : 'unexpected'
    change(model, place, id, { state: final.includes(error) ? 'refused' : 'failed', error })
    announce(model, (texts) => `${work.file.name}: ${fileError(texts, error)}`)
    if (error === 'attachments_disabled') shell.refresh()
    forgetIfRefused(model, cause)
  } finally {
    uploadNext(model)
  }
}

function change(model: Model, place: string, id: string, change: Partial<PickedFile>): void {
  const files = filesAt(model, place)
  if (!files.some((file) => file.id === id)) return
  setFiles(
    model,
    place,
    files.map((file) => (file.id === id ? { ...file, ...change } : file)),
  )
}

function setFiles(model: Model, place: string, files: readonly PickedFile[]): void {
  model.store.set({ files: { ...model.store.get().files, [place]: files } })
  const kept = files.flatMap(sentFile).map(({ preview, ...file }) => ({ ...file, at: Date.now() }))
  const text = kept.length ? JSON.stringify(kept) : ''
  const draft = filesDraft(place)
  const before = model.store.get().drafts[draft] ?? ''
  const hasExpired = text === '' && before !== ''
  if (hasExpired || keysOf(text) !== keysOf(before)) keepDraft(model, draft, text)
}

function sentFile({ key, name, type, bytes, preview }: PickedFile): SentFile[] {
  return key === undefined ? [] : [{ key, name, type, bytes, preview }]
}

function readFiles(text: string): (SentFile & { at: number })[] {
  try {
    const kept: unknown = JSON.parse(text || '[]')
    return Array.isArray(kept)
      ? kept.filter(({ key, at }) => typeof key === 'string' && Date.now() - at < keptForMs)
      : []
  } catch {
    return []
  }
}

function keysOf(text: string): string {
  return readFiles(text)
    .map(({ key }) => key)
    .join()
}

function worksOf(model: Model): Map<string, Work> {
  const known = works.get(model)
  if (known) return known
  const made = new Map<string, Work>()
  works.set(model, made)
  model.signal.addEventListener('abort', () => {
    for (const files of Object.values(model.store.get().files)) freePreviews(files)
  })
  return made
}

function announce({ store }: Model, words: (texts: AllTexts) => string): void {
  const { allTexts } = store.get()
  if (allTexts) store.set({ announcement: words(allTexts) })
}

let lastId = 0
function newId(): string {
  return `file-${++lastId}`
}
