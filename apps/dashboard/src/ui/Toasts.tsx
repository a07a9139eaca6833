import { Icon } from './Icon.tsx'
import { announcement, dismiss, toasts } from './toasts.ts'
import { words } from './words.ts'

/** The messages in the corner and the live region for screen readers. */
export function Toasts() {
  return (
    <>
      <div class="toasts" role="status" aria-live="polite">
        {toasts.value.map((toast) => (
          <div key={toast.id} class={`toast ${toast.tone}`}>
            <span>{toast.text}</span>
            {toast.action && (
              <button
                type="button"
                class="toast-action"
                onClick={() => {
                  toast.action?.run()
                  dismiss(toast.id)
                }}
              >
                {toast.action.label}
              </button>
            )}
            <button
              type="button"
              class="toast-close"
              aria-label={words.dismiss}
              onClick={() => dismiss(toast.id)}
            >
              <Icon name="close" />
            </button>
          </div>
        ))}
      </div>
      <div class="hidden-visually" role="log" aria-live="polite">
        {announcement.value}
      </div>
    </>
  )
}
