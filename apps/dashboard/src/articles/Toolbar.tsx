import { useRef, useState } from 'preact/hooks'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { words } from './editor-words.ts'
import {
  callOut,
  callOuts,
  code,
  type EditMaker,
  heading,
  link,
  list,
  table,
  wrap,
} from './markdown-edits.ts'

const w = words.toolbar
const p = w.placeholders

interface Tool {
  name: 'bold' | 'italic' | 'heading' | 'link' | 'bullets' | 'numbers' | 'code' | 'table'
  make: EditMaker
  /** With Ctrl or ⌘; a capital letter means Shift as well. */
  key?: string
}

const tools: readonly Tool[] = [
  { name: 'bold', make: wrap('**', p.bold), key: 'b' },
  { name: 'italic', make: wrap('_', p.italic), key: 'i' },
  { name: 'heading', make: heading, key: 'H' },
  { name: 'link', make: link, key: 'k' },
  { name: 'bullets', make: list('bullets'), key: '8' },
  { name: 'numbers', make: list('numbers'), key: '7' },
  { name: 'code', make: code, key: 'e' },
  { name: 'table', make: table(p.column, p.cell) },
]

const withShift = (key: string) => /[A-Z0-9]/.test(key)

function hintOf({ name, key }: Tool): string {
  if (!key) return w[name]
  return `${w[name]} (Ctrl+${withShift(key) ? 'Shift+' : ''}${key.toUpperCase()})`
}

/** What a key does in the text field, if it is one of the tools'. */
export function keyActions(event: KeyboardEvent): EditMaker | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  const found = tools.find(({ key }) => {
    if (!key || withShift(key) !== event.shiftKey) return false
    // With Shift a digit is another character on most keyboards; the key itself is the same.
    return event.key.toLowerCase() === key.toLowerCase() || event.code === `Digit${key}`
  })
  return found?.make ?? null
}

interface ToolbarProps {
  onAct: (make: EditMaker) => void
  onImages: (files: File[]) => void
}

/** The tools above the text: one stop for the Tab key, arrow keys go from tool to tool. */
export function Toolbar({ onAct, onImages }: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [at, setAt] = useState(0)
  const move = (event: KeyboardEvent) => {
    const items = [...(bar.current?.querySelectorAll<HTMLElement>('[data-tool]') ?? [])]
    const now = items.indexOf(document.activeElement as HTMLElement)
    const step = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: items.length - 1 }[event.key]
    if (step === undefined || now < 0) return
    event.preventDefault()
    const next = (step + items.length) % items.length
    setAt(next)
    items[next]?.focus()
  }
  const item = (index: number) => ({
    'data-tool': index,
    tabIndex: index === at ? 0 : -1,
    onFocus: () => setAt(index),
  })
  return (
    <div ref={bar} class="toolbar" role="toolbar" aria-label={w.label} onKeyDown={move}>
      {tools.map((tool, index) => (
        <button
          key={tool.name}
          type="button"
          class="button quiet icon"
          aria-label={w[tool.name]}
          title={hintOf(tool)}
          {...item(index)}
          // The selection in the text stays what it is.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onAct(tool.make)}
        >
          <Icon name={tool.name as IconName} />
        </button>
      ))}
      <span class="toolbar-pick">
        <Icon name="callOut" />
        <select
          aria-label={w.callOut}
          title={w.callOut}
          {...item(tools.length)}
          value=""
          onChange={(event) => {
            const kind = callOuts.find((one) => one === event.currentTarget.value)
            event.currentTarget.value = ''
            if (kind) onAct(callOut(kind, p.callOut))
          }}
        >
          <option value="" disabled hidden>
            {w.callOut}
          </option>
          {callOuts.map((kind) => (
            <option key={kind} value={kind}>
              {w.callOuts[kind]}
            </option>
          ))}
        </select>
      </span>
      <button
        type="button"
        class="button quiet icon"
        aria-label={w.image}
        title={w.image}
        {...item(tools.length + 1)}
        onClick={() => picker.current?.click()}
      >
        <Icon name="image" />
      </button>
      <input
        ref={picker}
        type="file"
        class="hidden-visually"
        tabIndex={-1}
        aria-label={w.image}
        multiple
        accept="image/png,image/jpeg,image/gif,image/webp,image/avif"
        onChange={(event) => {
          onImages([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}
