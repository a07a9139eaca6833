import { useEffect, useMemo } from 'preact/hooks'
import { errorText } from '../client.ts'
import { mayChange } from '../desks/MessagingSwitch.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { SettingsFrame } from '../desks/SettingsPage.tsx'
import { href } from '../router.ts'
import { Icon } from '../ui/Icon.tsx'
import { words as uiWords } from '../ui/words.ts'
import { createDeskMail } from './desk-mail.ts'
import { Receiving } from './Receiving.tsx'
import { Sending } from './Sending.tsx'
import { TemplatePages } from './TemplatePages.tsx'
import { readTemplateItem } from './templates.ts'
import { words } from './words.ts'

const parts = ['sending', 'receiving', 'templates'] as const
type Part = (typeof parts)[number]

/** Settings > E-mail: what is sent with, how answers come back, and the words. */
export function EmailPages({ item }: { item: string | undefined }) {
  const desk = useDesk()
  if (!desk.settings.value) return null
  if (item === 'templates' || readTemplateItem(item))
    return <TemplatePages item={item} parts={<Parts at="templates" />} />
  const part = item === 'receiving' ? item : 'sending'
  return (
    <SettingsFrame title={words.title} saysForWhom>
      <Parts at={part} />
      {mayChange(desk.settings.value.role) ? <Part part={part} /> : <Locked />}
    </SettingsFrame>
  )
}

function Parts({ at }: { at: Part }) {
  const desk = useDesk()
  return (
    <nav class="tab-list part-list" aria-label={words.partsLabel}>
      {parts.map((one) => (
        <a
          key={one}
          class="tab"
          href={href({
            page: 'settings',
            deskId: desk.id,
            section: 'email',
            ...(one === 'sending' ? {} : { item: one }),
          })}
          aria-current={one === at ? 'page' : undefined}
        >
          {words.parts[one]}
        </a>
      ))}
    </nav>
  )
}

function Part({ part }: { part: 'sending' | 'receiving' }) {
  const desk = useDesk()
  const mail = useMemo(() => createDeskMail(desk.id), [desk])
  useEffect(() => {
    void mail.load()
    // Colleagues change settings, too; what is unsaved here stays.
    return desk.onEvent((event) => {
      if (event.type === 'desk.updated') void mail.renew()
    })
  }, [desk, mail])
  if (mail.error.value !== null) {
    return (
      <p class="notice danger settings-form" role="alert">
        <Icon name="warning" />
        <span>
          {words.failed} {errorText(mail.error.value)}{' '}
          <button type="button" class="link-button" onClick={() => mail.load()}>
            {uiWords.tryAgain}
          </button>
        </span>
      </p>
    )
  }
  if (!mail.settings.value) return <p class="soft">{uiWords.loading}</p>
  return part === 'sending' ? <Sending mail={mail} /> : <Receiving mail={mail} />
}

/** Who may not change settings is not shown these at all: there are servers and secrets in them. */
function Locked() {
  const desk = useDesk()
  return (
    <div class="empty">
      <span class="empty-mark">
        <Icon name="lock" size={20} />
      </span>
      <h2>{words.locked}</h2>
      <p>{words.lockedText}</p>
      <a
        class="button outline"
        href={href({ page: 'settings', deskId: desk.id, section: 'email', item: 'templates' })}
      >
        {words.toTemplates}
      </a>
    </div>
  )
}
