import type { Locale } from '@helpdesk/core'
import { useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { client, errorText } from '../client.ts'
import { mayChange } from '../desks/MessagingSwitch.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { languages } from '../desks/words.ts'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { say } from '../ui/toasts.ts'
import { type FolderImport, importFolder } from './folder-import.ts'
import { ImportList } from './ImportList.tsx'
import { libraryOf } from './library.ts'
import { PageFrame } from './PageFrame.tsx'
import { words } from './words.ts'
import { makeZip, type ZipFile } from './zip.ts'

const w = words.files
/** The directory of an archive counts with two bytes. */
const mostInZip = 65_000

/** Articles from and to Markdown files. */
export function FilesPage() {
  const desk = useDesk()
  const may = mayChange(desk.settings.value?.role)
  const parent = { to: { page: 'articles', deskId: desk.id } as const, label: words.articles }
  return (
    <PageFrame title={w.title} lead={w.lead} parent={parent}>
      {may ? (
        <>
          <Import />
          <Export />
        </>
      ) : (
        <p class="notice">
          <Icon name="info" />
          {w.adminOnly}
        </p>
      )}
    </PageFrame>
  )
}

function Import() {
  const desk = useDesk()
  const [locale, setLocale] = useState<Locale>(desk.settings.value?.locale ?? 'en')
  const [work, setWork] = useState<FolderImport | null>(null)
  const choose = (files: File[]) => {
    if (files.length > 0) setWork(importFolder(desk.id, files, locale))
  }
  const start = async (folder: FolderImport) => {
    await folder.start()
    const count = (state: string) => folder.files.peek().filter((one) => one.state === state).length
    say(w.done(count('made'), count('changed'), count('failed')))
    void libraryOf(desk).load()
  }
  return (
    <section class="files-part" aria-labelledby="files-import">
      <h2 id="files-import">{w.importTitle}</h2>
      <p class="soft">{w.importText}</p>
      <p class="soft">{w.matter}</p>
      {work ? (
        <ImportList work={work} onStart={() => void start(work)} onAgain={() => setWork(null)} />
      ) : (
        <>
          <Field label={w.intoLanguage}>
            {(control) => (
              <select
                {...control}
                class="input files-language"
                value={locale}
                onChange={(event) => setLocale(event.currentTarget.value as Locale)}
              >
                {Object.entries(languages).map(([key, name]) => (
                  <option key={key} value={key} lang={key}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <div class="files-pick">
            <FilePick label={w.pickFolder} icon="folder" folder onFiles={choose} />
            <FilePick label={w.pickFiles} icon="file" onFiles={choose} />
          </div>
        </>
      )}
    </section>
  )
}

interface PickProps {
  label: string
  icon: 'folder' | 'file'
  folder?: boolean
  onFiles: (files: File[]) => void
}

function FilePick({ label, icon, folder = false, onFiles }: PickProps) {
  return (
    <label class="button outline file-pick">
      <Icon name={icon} />
      {label}
      <input
        type="file"
        class="hidden-visually"
        multiple
        {...(folder ? { webkitdirectory: true } : { accept: '.md,.markdown,text/markdown' })}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </label>
  )
}

function Export() {
  const desk = useDesk()
  const [count, setCount] = useState<number | null>(null)
  const run = async () => {
    setCount(0)
    try {
      const files = await collect(desk.id, setCount)
      if (files.length === 0) say(w.nothing)
      for (let at = 0; at < files.length; at += mostInZip) {
        const part = at === 0 ? '' : `-${at / mostInZip + 1}`
        download(`${desk.id}-articles${part}.zip`, makeZip(files.slice(at, at + mostInZip)))
      }
    } catch (error) {
      say(w.exportFailed(errorText(error)), { tone: 'danger' })
    } finally {
      setCount(null)
    }
  }
  return (
    <section class="files-part" aria-labelledby="files-export">
      <h2 id="files-export">{w.exportTitle}</h2>
      <p class="soft">{w.exportText}</p>
      <button type="button" class="button outline" disabled={count !== null} onClick={() => void run()}>
        <Icon name="download" />
        {count === null ? w.export : w.exporting(count)}
      </button>
    </section>
  )
}

async function collect(deskId: string, onCount: (n: number) => void): Promise<ZipFile[]> {
  const files: ZipFile[] = []
  let cursor: string | null = null
  do {
    const query: { limit: number; cursor?: string } = { limit: 100, ...(cursor ? { cursor } : {}) }
    const page: Awaited<ReturnType<typeof client.articles.exportFiles>> = await withSession(() =>
      client.articles.exportFiles(deskId, query),
    )
    files.push(...page.files)
    onCount(files.length)
    cursor = page.nextCursor
  } while (cursor)
  return files
}

function download(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Browsers have taken the address by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
