import { words } from './editor-words.ts'
import { type DiffLine, withContext } from './line-diff.ts'

const signs = { same: ' ', added: '+', removed: '−' } as const

/** The lines that came and went, with a few around them. */
export function DiffView({ lines, label }: { lines: readonly DiffLine[]; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="diff" tabIndex={0} aria-label={label}>
      {withContext(lines).map((one, index) =>
        typeof one === 'number' ? (
          <p key={index} class="diff-gap soft">
            {words.history.unchanged(one)}
          </p>
        ) : (
          <p key={index} class={`diff-line ${one.kind}`}>
            <span class="diff-sign" aria-hidden="true">
              {signs[one.kind]}
            </span>
            {one.kind === 'added' ? (
              <ins>{one.text || '\u00a0'}</ins>
            ) : one.kind === 'removed' ? (
              <del>{one.text || '\u00a0'}</del>
            ) : (
              <span>{one.text || '\u00a0'}</span>
            )}
          </p>
        ),
      )}
    </section>
  )
}
