import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Dialog } from './Dialog.tsx'
import { Icon } from './Icon.tsx'
import { closeOverlay } from './overlay.ts'
import { words } from './words.ts'

/** Something that can be done by name. */
export interface Command {
  key: string
  group: keyof typeof words.palette.groups
  label: string
  /** Found by these words too. */
  also?: string
  icon: ComponentChildren
  hint?: string
  run: () => void
}

const mostShown = 50

/** The commands that every word of a text is found in; those that begin with it first. */
export function findCommands(commands: readonly Command[], text: string): readonly Command[] {
  const wanted = text.toLowerCase().replace(/^#/, '').split(/\s+/).filter(Boolean)
  const found = commands.filter((command) => {
    const hay = `${command.label} ${command.also ?? ''}`.toLowerCase()
    return wanted.every((word) => hay.includes(word))
  })
  // Without a text the conversations would bury everything else.
  return (wanted.length > 0 ? found : found.filter((one) => one.group !== 'conversations')).slice(
    0,
    mostShown,
  )
}

/** Ctrl+K: anything by its name, without leaving the keyboard. */
export function CommandPalette({ commands }: { commands: readonly Command[] }) {
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const shown = findCommands(commands, text)
  const active = Math.min(at, shown.length - 1)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' })
  }, [active, text])
  const run = (command: Command | undefined) => {
    if (!command) return
    closeOverlay()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Enter') run(shown[active])
    else if (step && shown.length > 0) setAt((active + step + shown.length) % shown.length)
    else return
    event.preventDefault()
  }
  return (
    <Dialog label={words.palette.title} onClose={closeOverlay} class="palette">
      <div class="palette-input">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-label={words.palette.title}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={shown[active] ? `${id}-${active}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellcheck={false}
          placeholder={words.palette.placeholder}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={`${id}-list`} class="palette-list" role="listbox" aria-label={words.palette.title}>
        {shown.map((command, index) => (
          <Option
            key={command.key}
            id={`${id}-${index}`}
            command={command}
            heading={shown[index - 1]?.group !== command.group}
            selected={index === active}
            onPick={() => run(command)}
          />
        ))}
      </div>
      {shown.length === 0 && (
        <p class="palette-empty soft" role="status">
          {words.palette.empty}
        </p>
      )}
    </Dialog>
  )
}

interface OptionProps {
  id: string
  command: Command
  heading: boolean
  selected: boolean
  onPick: () => void
}

function Option({ id, command, heading, selected, onPick }: OptionProps) {
  return (
    <>
      {heading && (
        <p class="palette-group" role="presentation">
          {words.palette.groups[command.group]}
        </p>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the text field, which has the focus */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text field (aria-activedescendant) */}
      <div id={id} class="palette-option" role="option" aria-selected={selected} onClick={onPick}>
        {command.icon}
        <span class="ellipsis">{command.label}</span>
        {command.hint && <span class="soft ellipsis palette-hint">{command.hint}</span>}
      </div>
    </>
  )
}
