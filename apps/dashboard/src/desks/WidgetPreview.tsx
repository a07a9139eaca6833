import { contrastText } from '@helpdesk/core'
import { Icon } from '../ui/Icon.tsx'
import { useDesk } from './open-desk.ts'
import type { WidgetValues } from './WidgetSettings.tsx'
import { words } from './words.ts'

const w = words.widget

/** Launcher and panel as visitors will see them, while the settings are being changed. */
export function WidgetPreview({ values }: { values: WidgetValues }) {
  const desk = useDesk()
  const settings = desk.settings.value
  if (!settings) return null
  const color = /^#[0-9a-f]{6}$/i.test(values.color) ? values.color : settings.widget.color
  const note = values.welcomeNote[settings.locale] ?? Object.values(values.welcomeNote)[0]
  const offers = values.messagingEnabled && settings.messaging.enabled && settings.features.messaging
  const style = {
    '--desk': color,
    '--on-desk': contrastText(color),
    '--edge': `${Math.min(60, Math.max(8, (Number.isFinite(values.offset) ? values.offset : 0) / 2))}px`,
    colorScheme: values.theme === 'auto' ? 'inherit' : values.theme,
  }
  return (
    <figure class="preview" aria-label={w.preview}>
      <figcaption>{w.preview}</figcaption>
      <div class={`preview-page ${values.position}`} style={style}>
        <div class="preview-lines" aria-hidden="true">
          <i />
          <i />
          <i />
          <i />
        </div>
        <div class="preview-panel">
          <div class="preview-head">
            <strong class="ellipsis">{settings.name}</strong>
            <span>{w.previewHello}</span>
          </div>
          <div class="preview-body">
            {note && <p class="preview-note">{note}</p>}
            {offers ? (
              <span class="preview-send">{w.previewSend}</span>
            ) : (
              <span class="preview-none">{w.previewOff}</span>
            )}
          </div>
        </div>
        <div class={values.launcherLabel.trim() ? 'preview-launcher labelled' : 'preview-launcher'}>
          <Icon name="widget" size={20} />
          {values.launcherLabel.trim() && <span class="ellipsis">{values.launcherLabel}</span>}
        </div>
      </div>
    </figure>
  )
}
