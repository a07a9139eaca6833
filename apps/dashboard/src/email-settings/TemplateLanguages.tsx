import type { EmailTemplate } from '@helpdesk/core/api'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useDesk } from '../desks/open-desk.ts'
import { languages } from '../desks/words.ts'
import { href } from '../router.ts'
import { words } from './template-words.ts'
import { templateItem } from './templates.ts'

interface LanguagesProps {
  /** The templates of one kind. */
  all: readonly EmailTemplate[]
  /** The one that is open. */
  open?: EmailTemplate
}

/** The languages of a kind of e-mail as links, the desk's own first. */
export function TemplateLanguages({ all, open }: LanguagesProps) {
  const desk = useDesk()
  const own = desk.settings.value?.locale
  const current = useRef<HTMLAnchorElement>(null)
  useLayoutEffect(() => {
    // On a phone there is room for some of them only: the open one has to be among these.
    current.current?.scrollIntoView?.({ block: 'nearest', inline: 'center' })
  }, [open?.locale])
  const [first] = all
  if (!first) return null
  const ordered = [...all.filter((one) => one.locale === own), ...all.filter((one) => one.locale !== own)]
  return (
    <nav
      class={open ? 'tab-list template-tabs' : 'template-languages'}
      aria-label={words.languagesOf(words.kinds[first.kind].name)}
    >
      {ordered.map((one) => (
        <a
          key={one.locale}
          ref={one === open ? current : undefined}
          class={`${open ? 'tab' : 'template-language'}${one.isCustom ? ' filled' : ''}`}
          href={href({ page: 'settings', deskId: desk.id, section: 'email', item: templateItem(one) })}
          aria-current={one === open ? 'page' : undefined}
        >
          <span lang={one.locale}>{languages[one.locale]}</span>
          {one.isCustom && <span class="hidden-visually">, {words.custom}</span>}
        </a>
      ))}
    </nav>
  )
}
