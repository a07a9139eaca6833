import { type EmailTemplateKind, emailVariables } from '@helpdesk/core'
import { useId } from 'preact/hooks'
import { words } from './template-words.ts'
import { absentIn, dependsOnProof, provedOnly, written } from './templates.ts'

const w = words.variables

interface VariablesProps {
  kind: EmailTemplateKind
  onInsert: (text: string) => void
}

/** What may stand in the words of an e-mail: a button for each, and what it means. */
export function Variables({ kind, onInsert }: VariablesProps) {
  const id = useId()
  const offered = emailVariables.filter((name) => !absentIn[kind].includes(name))
  const hasProved = dependsOnProof(kind) && offered.some((name) => provedOnly.has(name))
  return (
    <section class="variables" aria-label={w.title}>
      <h2>
        {w.title} <span class="soft">{w.hint}</span>
      </h2>
      <ul>
        {offered.map((name) => (
          <li key={name}>
            <button
              type="button"
              class="variable"
              aria-describedby={`${id}-${name}`}
              // The field keeps its cursor, also where a button takes the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onInsert(written(name))}
            >
              {written(name)}
            </button>
            <span class="soft" id={`${id}-${name}`}>
              {w.meanings[name]}
              {dependsOnProof(kind) && provedOnly.has(name) && <span class="mark">{w.proved}</span>}
            </span>
          </li>
        ))}
      </ul>
      {hasProved && <p class="hint">{w.provedHint}</p>}
    </section>
  )
}
