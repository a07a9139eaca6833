import { Dialog } from './Dialog.tsx'
import { Icon } from './Icon.tsx'
import { closeOverlay } from './overlay.ts'
import { singleKeys } from './shortcuts.ts'
import { words } from './words.ts'

/** All keys on one sheet. */
export function ShortcutList() {
  return (
    <Dialog label={words.shortcuts.title} onClose={closeOverlay} class="shortcuts">
      <header class="dialog-head">
        <h2>{words.shortcuts.title}</h2>
        <button type="button" class="button quiet icon" aria-label={words.close} onClick={closeOverlay}>
          <Icon name="close" />
        </button>
      </header>
      {!singleKeys.value && <p class="notice">{words.shortcuts.off}</p>}
      <div class="shortcut-groups">
        {words.shortcuts.groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(({ keys, or, does }) => (
                <div key={does}>
                  <dt>{does}</dt>
                  <dd>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                    {or?.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
