import { Icon } from '../ui/Icon.tsx'
import type { FolderImport, ImportFile } from './folder-import.ts'
import { words } from './words.ts'

const w = words.files

interface ListProps {
  work: FolderImport
  onStart: () => void
  onAgain: () => void
}

/** What will be imported from where to where, and then how it went, file by file. */
export function ImportList({ work, onStart, onAgain }: ListProps) {
  const files = work.files.value
  const [todo, done, running] = [work.todo.value, work.done.value, work.running.value]
  const left = files.filter(({ state }) => state === 'ready' || state === 'failed').length
  return (
    <div class="import">
      <div class="import-bar">
        <p role="status">{running || done > 0 ? w.progress(done, todo) : w.chosen(todo, files.length)}</p>
        {running ? (
          <button type="button" class="button outline" onClick={work.stop}>
            {w.stop}
          </button>
        ) : (
          <>
            <button type="button" class="button quiet" onClick={onAgain}>
              {w.again}
            </button>
            {left > 0 && (
              <button type="button" class="button primary" onClick={onStart}>
                {w.start(left)}
              </button>
            )}
          </>
        )}
      </div>
      {(running || done > 0) && <progress aria-label={w.importTitle} value={done} max={todo} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="import-scroll" tabIndex={0} aria-label={w.importTitle}>
        <table class="insight-table">
          <thead>
            <tr>
              <th scope="col">{w.file}</th>
              <th scope="col">{w.goesTo}</th>
              <th scope="col">{w.state}</th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <FileRow key={file.from} file={file} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

const marks = { made: 'check', changed: 'check', failed: 'warning' } as const

function FileRow({ file: { from, path, state, problem } }: { file: ImportFile }) {
  const mark = marks[state as keyof typeof marks]
  return (
    <tr class={`import-file ${state}`}>
      <th scope="row">{from}</th>
      <td>{path ? <code>{path}</code> : '—'}</td>
      <td>
        <span class="import-state">
          {mark && <Icon name={mark} size={14} />}
          {w.states[state]}
        </span>
        {problem && <span class="import-problem">{problem}</span>}
      </td>
    </tr>
  )
}
