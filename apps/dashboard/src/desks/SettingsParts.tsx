import { href, type SettingsPage } from '../router.ts'
import { useDesk } from './open-desk.ts'

interface PartsProps<P extends string> {
  section: SettingsPage
  label: string
  /** In their order; the first is what the section's own address shows. */
  parts: readonly P[]
  names: Readonly<Record<P, string>>
  at: P
}

/** The parts of a section of the settings, each with an address of its own. */
export function SettingsParts<P extends string>({ section, label, parts, names, at }: PartsProps<P>) {
  const desk = useDesk()
  return (
    <nav class="tab-list part-list" aria-label={label}>
      {parts.map((one, index) => (
        <a
          key={one}
          class="tab"
          href={href({ page: 'settings', deskId: desk.id, section, ...(index === 0 ? {} : { item: one }) })}
          aria-current={one === at ? 'page' : undefined}
        >
          {names[one]}
        </a>
      ))}
    </nav>
  )
}
