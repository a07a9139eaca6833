import { useLayoutEffect, useRef } from 'preact/hooks'
import { useModel, useStore, useTexts } from './context.ts'
import { Home } from './home/Home.tsx'
import { partOf } from './parts.ts'
import { LaterScreen } from './ui/LaterScreen.tsx'
import { ConnectionStrip } from './ui/Notice.tsx'
import { useKeyboardRoom } from './ui/use-page.ts'

/** Where the panel fills the screen; the style sheet has the same condition. */
const sheetQuery = '(max-width: 480px), (max-height: 480px)'

const focusable = 'button, input:not([hidden]), select, textarea, a[href], [tabindex="0"]'

/** The panel and the screen in it. */
export function App() {
  const { shell } = useModel()
  const { t, locale } = useTexts()
  const isOpen = useStore((state) => state.isOpen)
  const isInline = useStore((state) => state.isInline)
  const screen = useStore((state) => state.screen)
  const desk = useStore((state) => state.desk)
  const announcement = useStore((state) => state.announcement)
  const isSheet = !isInline && matchMedia(sheetQuery).matches
  const panel = useRef<HTMLDivElement>(null)
  const part = partOf(screen)
  const isThere = useStore(
    ({ parts, allTexts, history }) => !part || Boolean(parts[part] && allTexts && history !== 'loading'),
  )
  const id =
    'id' in screen ? screen.id : 'number' in screen ? screen.number : 'slug' in screen ? screen.slug : ''
  useScreenFocus(panel, isOpen, `${screen.name} ${id}`, isThere)
  useKeyboardRoom(panel, isSheet && isOpen)

  const onKeyDown = (event: KeyboardEvent) => {
    // The page's shortcuts are not meant for what is typed here: it cannot see that it comes from a field.
    event.stopPropagation()
    if (event.isComposing) return
    if (event.key === 'Escape' && !isInline) shell.close()
    if (event.key === 'Tab' && isSheet && panel.current) keepTabInside(event, panel.current)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has a role, a dialog's or a region's.
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a region is never a sheet.
    <div
      role={isInline ? 'region' : 'dialog'}
      aria-modal={isSheet || undefined}
      ref={panel}
      class={isOpen ? 'panel open' : 'panel'}
      lang={locale}
      dir="ltr"
      tabIndex={-1}
      aria-label={t('panel', { desk: desk.name })}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.stopPropagation()}
      onKeyPress={(event) => event.stopPropagation()}
    >
      <ConnectionStrip />
      {part ? <LaterScreen key={part} part={part} screen={screen} /> : <Home />}
      <p class="spoken" role="status">
        {announcement}
      </p>
    </div>
  )
}

/**
 * Moves the focus to the panel, or to the field that waits for text, when it opens and on every new screen; to the
 * field of a screen that had to be loaded only if the focus has not been moved meanwhile.
 */
function useScreenFocus(
  panel: { current: HTMLElement | null },
  isOpen: boolean,
  screen: string,
  isThere: boolean,
): void {
  const shown = useRef<string | undefined>(undefined)
  const isInline = useStore((state) => state.isInline)
  useLayoutEffect(() => {
    const before = shown.current
    shown.current = isOpen ? screen : undefined
    // An inline widget is simply there: it takes the focus only from one screen to the next.
    if (!isOpen || (isInline && before === undefined)) return
    const root = panel.current?.getRootNode() as ShadowRoot | undefined
    if (before === screen && root?.activeElement !== panel.current) return
    // On a touch screen a focused field would bring the keyboard up over what is to be read.
    const field =
      matchMedia('(pointer: fine)').matches && panel.current?.querySelector<HTMLElement>('[data-focus=true]')
    ;(field || panel.current)?.focus({ preventScroll: true })
  }, [panel, isOpen, isInline, screen, isThere])
}

function keepTabInside(event: KeyboardEvent, panel: HTMLElement): void {
  const all = [...panel.querySelectorAll<HTMLElement>(focusable)]
  const active = (panel.getRootNode() as ShadowRoot).activeElement
  const edge = event.shiftKey ? all[0] : all.at(-1)
  if (active !== edge && active !== panel) return
  event.preventDefault()
  ;(event.shiftKey ? all.at(-1) : all[0])?.focus()
}
