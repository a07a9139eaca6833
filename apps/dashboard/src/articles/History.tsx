import type { ArticleRevision } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { client, errorText } from '../client.ts'
import { mayAnswer } from '../conversations/actions.ts'
import { useDesk } from '../desks/open-desk.ts'
import { languages } from '../desks/words.ts'
import { useAnswer } from '../ui/answer.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Failure } from '../ui/Failure.tsx'
import { Icon } from '../ui/Icon.tsx'
import { formatFull, formatMoment } from '../ui/time.ts'
import { say } from '../ui/toasts.ts'
import { words as uiWords } from '../ui/words.ts'
import { DiffView } from './DiffView.tsx'
import { words } from './editor-words.ts'
import { countLines, diffLines } from './line-diff.ts'
import { toVersions, type Version } from './revisions.ts'
import type { TextDraft } from './text-draft.ts'

const w = words.history
const pageSize = 50

interface HistoryProps {
  articleId: string
  draft: TextDraft
  onClose: () => void
}

interface Pages {
  revisions: ArticleRevision[]
  nextCursor: string | null
}

/** The earlier states of a text: what came and went in each, and the way back to it. */
export function History({ articleId, draft, onClose }: HistoryProps) {
  const desk = useDesk()
  const page = (cursor?: string) =>
    client.articles.revisions(desk.id, articleId, draft.locale, {
      limit: pageSize,
      ...(cursor ? { cursor } : {}),
    })
  const answer = useAnswer<Pages>(`${articleId}/${draft.locale}`, () => page())
  const older = async () => {
    const known = answer.value
    if (!known?.nextCursor) return
    const cursor = known.nextCursor
    try {
      const next = await withSession(() => page(cursor))
      answer.put({ ...next, revisions: [...known.revisions, ...next.revisions] })
    } catch (error) {
      say(errorText(error), { tone: 'danger' })
    }
  }
  const title = w.title(languages[draft.locale])
  return (
    <Dialog label={title} onClose={onClose} class="history">
      <header class="dialog-head">
        <h2>{title}</h2>
        <button type="button" class="button quiet icon" aria-label={uiWords.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {answer.error !== null && <Failure error={answer.error} text={w.failed} onRetry={answer.reload} />}
      {answer.value && (
        <Versions
          versions={toVersions(answer.value.revisions)}
          draft={draft}
          onOlder={answer.value.nextCursor ? () => void older() : null}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

interface VersionsProps {
  versions: readonly Version[]
  draft: TextDraft
  onOlder: (() => void) | null
  onClose: () => void
}

function Versions({ versions, draft, onOlder, onClose }: VersionsProps) {
  const desk = useDesk()
  const [picked, setPicked] = useState(0)
  const version = versions[picked]
  const restore = async ({ newest }: Version) => {
    draft.set({ title: newest.title, markdown: newest.markdown })
    onClose()
    const done = await draft.save()
    say(done ? w.restored : w.notRestored, done ? {} : { tone: 'danger' })
  }
  return (
    <div class="history-columns">
      <div class="history-list">
        <p class="soft">{w.text}</p>
        <ol aria-label={w.versions}>
          {versions.map((one, index) => (
            <li key={one.newest.revision}>
              <VersionButton version={one} current={index === picked} onPick={() => setPicked(index)} />
            </li>
          ))}
        </ol>
        {onOlder && (
          <button type="button" class="button quiet" onClick={onOlder}>
            {w.older}
          </button>
        )}
      </div>
      {version && (
        <div class="history-one">
          {version.before && version.before.title !== version.newest.title && (
            <p>{w.titled(version.newest.title)}</p>
          )}
          <DiffView lines={linesOf(version)} label={w.difference} />
          {picked > 0 && mayAnswer(desk.settings.value?.role) && (
            <button type="button" class="button outline" onClick={() => void restore(version)}>
              <Icon name="history" />
              {w.restore}
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function linesOf({ newest, before }: Version) {
  return before
    ? diffLines(before.markdown, newest.markdown)
    : newest.markdown.split('\n').map((text) => ({ kind: 'added' as const, text }))
}

interface ButtonProps {
  version: Version
  current: boolean
  onPick: () => void
}

function VersionButton({ version, current, onPick }: ButtonProps) {
  const { newest, saves, published } = version
  const { added, removed } = countLines(linesOf(version))
  return (
    <button type="button" class="version" aria-pressed={current} onClick={onPick}>
      <span class="version-when" title={formatFull(newest.at)}>
        {formatMoment(newest.at)}
        {published && <span class="article-state published">{w.published}</span>}
      </span>
      <span class="soft">
        {newest.author ?? w.somebody}
        {saves > 1 && ` · ${w.saves(saves)}`}
      </span>
      <span class="version-lines numeric">
        {added > 0 && (
          <span class="added" title={w.added(added)}>
            <span aria-hidden="true">+{added}</span>
            <span class="hidden-visually">{w.added(added)}</span>
          </span>
        )}
        {removed > 0 && (
          <span class="removed" title={w.removed(removed)}>
            <span aria-hidden="true">−{removed}</span>
            <span class="hidden-visually">{w.removed(removed)}</span>
          </span>
        )}
        {added + removed === 0 && <span class="soft">{w.same}</span>}
      </span>
    </button>
  )
}
