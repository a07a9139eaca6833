import type { SettingsPage } from '../router.ts'
import type { IconName } from '../ui/Icon.tsx'

/** The drawing of each page of the settings. */
export const settingsIcons: Record<SettingsPage, IconName> = {
  widget: 'widget',
  tickets: 'ticket',
  categories: 'tag',
  email: 'mail',
  security: 'shield',
  general: 'settings',
}
