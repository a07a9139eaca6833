import type { ComponentChildren } from 'preact'
import { useDesk } from '../desks/open-desk.ts'
import { words as deskWords } from '../desks/words.ts'
import { href, type Route } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'

interface FrameProps {
  title: string
  /** Under the title. */
  lead?: string
  /** Where the page is a part of another one: the way back to that. */
  parent?: { to: Route; label: string }
  actions?: ComponentChildren
  children: ComponentChildren
}

/** A page of the knowledge base. */
export function PageFrame({ title, lead, parent, actions, children }: FrameProps) {
  const desk = useDesk()
  const home = { page: 'messages', deskId: desk.id, view: null, conversationId: null } as const
  const back = parent && deskWords.backTo(parent.label)
  return (
    <main class="page library" id="content" tabIndex={-1}>
      <header class="page-header">
        <a
          class={parent ? 'button quiet icon' : 'button quiet icon only-narrow'}
          href={href(parent?.to ?? home)}
          aria-label={back ?? deskWords.navigation}
          title={back}
        >
          <Icon name="back" />
        </a>
        <h1 class="page-title">{title}</h1>
        {actions}
      </header>
      {lead && <p class="soft page-lead">{lead}</p>}
      {children}
    </main>
  )
}
