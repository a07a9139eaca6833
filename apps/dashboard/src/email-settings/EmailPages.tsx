import { useEffect, useMemo } from 'preact/hooks'
import { mayChange } from '../desks/MessagingSwitch.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { SettingsFrame } from '../desks/SettingsPage.tsx'
import { SettingsParts } from '../desks/SettingsParts.tsx'
import { href } from '../router.ts'
import { Failure } from '../ui/Failure.tsx'
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
  return <SettingsParts section="email" label={words.partsLabel} parts={parts} names={words.parts} at={at} />
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
      <Failure
        class="settings-form"
        error={mail.error.value}
        text={words.failed}
        onRetry={() => mail.load()}
      />
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
