import { useState } from 'preact/hooks'
import { Icon } from '../ui/Icon.tsx'
import { DiffView } from './DiffView.tsx'
import { words } from './editor-words.ts'
import { diffLines } from './line-diff.ts'
import type { TextDraft, Theirs } from './text-draft.ts'

const w = words.conflict

interface NoticeProps {
  draft: TextDraft
  theirs: Theirs
}

/** Somebody else has saved the same text: who and when, and whose goes on. */
export function ConflictNotice({ draft, theirs }: NoticeProps) {
  const [compared, setCompared] = useState(false)
  const whole = (title: string, markdown: string) => `# ${title}\n\n${markdown}`
  return (
    <div class="conflict" role="alert">
      <p class="conflict-title">
        <Icon name="warning" />
        <strong>{w.title(theirs.author ?? w.somebody, theirs.draft.updatedAt)}</strong>
      </p>
      <p>{w.text}</p>
      <div class="conflict-buttons">
        <button type="button" class="button primary" onClick={() => void draft.keepMine()}>
          {w.mine}
        </button>
        <button type="button" class="button outline" onClick={() => draft.takeTheirs()}>
          {w.theirs}
        </button>
        <button
          type="button"
          class="button quiet"
          aria-expanded={compared}
          onClick={() => setCompared(!compared)}
        >
          {compared ? w.hide : w.compare}
        </button>
      </div>
      {compared && (
        <>
          <p class="conflict-key soft">
            <span class="diff-line added">+ {w.added}</span>
            <span class="diff-line removed">− {w.removed}</span>
          </p>
          <DiffView
            label={w.compare}
            lines={diffLines(
              whole(theirs.draft.title, theirs.draft.markdown),
              whole(draft.title.value, draft.markdown.value),
            )}
          />
        </>
      )}
    </div>
  )
}
