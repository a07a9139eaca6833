import { useState } from 'preact/hooks'
import { withSession } from '../agents/session.ts'
import { client, errorText } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { useAnswer } from '../ui/answer.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Icon } from '../ui/Icon.tsx'
import { say } from '../ui/toasts.ts'
import { words as uiWords } from '../ui/words.ts'
import { words } from './words.ts'

const w = words.publicLink

/** The link with which anybody reads and answers this one conversation: copy, replace, revoke. */
export function PublicLink({ conversationId, may }: { conversationId: string; may: boolean }) {
  const desk = useDesk()
  const link = useAnswer(`${desk.id}/${conversationId}`, () => client.publicLink.get(desk.id, conversationId))
  const [asked, setAsked] = useState<'replace' | 'revoke' | null>(null)
  const replace = async () => {
    link.put(await withSession(() => client.publicLink.replace(desk.id, conversationId)))
  }
  const make = () => replace().catch((error: unknown) => say(errorText(error), { tone: 'danger' }))
  return (
    <section class="public-link" aria-label={w.title}>
      <h3 class="details-heading">{w.title}</h3>
      {link.error !== null && (
        <p class="soft" role="alert">
          {w.failed}{' '}
          <button type="button" class="link-button" onClick={link.reload}>
            {uiWords.tryAgain}
          </button>
        </p>
      )}
      {link.value && <LinkState url={link.value.url} may={may} onAsk={setAsked} onMake={() => void make()} />}
      {asked === 'replace' && (
        <Confirm
          title={w.replaceTitle}
          text={w.replaceText}
          action={w.replace}
          danger
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            await replace()
            say(w.replaced)
          }}
        />
      )}
      {asked === 'revoke' && (
        <Confirm
          title={w.revokeTitle}
          text={w.revokeText}
          action={w.revoke}
          danger
          onClose={() => setAsked(null)}
          onConfirm={async () => {
            await withSession(() => client.publicLink.revoke(desk.id, conversationId))
            link.put({ url: null })
            say(w.revoked)
          }}
        />
      )}
    </section>
  )
}

interface StateProps {
  url: string | null
  may: boolean
  onAsk: (what: 'replace' | 'revoke') => void
  onMake: () => void
}

function LinkState({ url, may, onAsk, onMake }: StateProps) {
  if (url === null) {
    return (
      <>
        <p class="soft">{w.none}</p>
        {may && (
          <button type="button" class="button outline" onClick={onMake}>
            <Icon name="link" />
            {w.make}
          </button>
        )}
      </>
    )
  }
  return (
    <>
      <p class="soft">{w.hint}</p>
      <input
        class="input code"
        readOnly
        aria-label={w.label}
        value={url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="link-actions">
        <CopyButton text={url} label={w.copy} />
        <a class="button quiet" href={url} target="_blank" rel="noopener noreferrer">
          <Icon name="external" />
          {w.open}
        </a>
      </div>
      {may && (
        <div class="link-actions">
          <button type="button" class="link-button" onClick={() => onAsk('replace')}>
            {w.replace}
          </button>
          <button type="button" class="link-button" onClick={() => onAsk('revoke')}>
            {w.revoke}
          </button>
        </div>
      )}
    </>
  )
}
