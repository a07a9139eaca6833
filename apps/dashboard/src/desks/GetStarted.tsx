import { contactName } from '../conversations/words.ts'
import { href } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { EmbedCode } from './EmbedCode.tsx'
import { MessagingNotice } from './MessagingNotice.tsx'
import { useDesk } from './open-desk.ts'
import { words } from './words.ts'

const w = words.start

/** After the set-up: the embed code, and a light that turns green with the first message. */
export function GetStarted() {
  const desk = useDesk()
  return (
    <main class="page start" id="content" tabIndex={-1}>
      <p class="soft">{w.lead(desk.settings.value?.name ?? '')}</p>
      <h1 class="page-title">{w.title}</h1>
      <MessagingNotice />
      <ol class="steps">
        <li>
          <h2>{w.paste}</h2>
          <p class="soft">{words.embed.hint}</p>
          <EmbedCode deskId={desk.id} />
          <p>
            <a href={href({ page: 'settings', deskId: desk.id, section: 'widget' })}>{w.adjust}</a>
          </p>
        </li>
        <li>
          <h2>{w.write}</h2>
          <p class="soft">{w.writeText}</p>
          <FirstMessage />
        </li>
      </ol>
      <p class="start-foot">
        <a href={href({ page: 'messages', deskId: desk.id, view: 'all', conversationId: null })}>{w.skip}</a>
      </p>
    </main>
  )
}

function FirstMessage() {
  const desk = useDesk()
  const first = desk.inbox.rows('all')[0]
  if (!first) {
    return (
      <div class="light" role="status">
        <i aria-hidden="true" />
        <div>
          <strong>{w.waiting}</strong>
          <p class="soft">{w.waitingText}</p>
        </div>
      </div>
    )
  }
  const to = { page: 'messages', deskId: desk.id, view: 'all', conversationId: first.id } as const
  return (
    <div class="light green" role="status">
      <i aria-hidden="true">
        <Icon name="check" size={12} />
      </i>
      <div>
        <strong>{w.here}</strong>
        <p class="soft">{w.from(contactName(first.contact))}</p>
      </div>
      <a class="button primary" href={href(to)}>
        {w.open}
      </a>
    </div>
  )
}
